package campana.cli.serve;

import campana.server.store.ChatSchema;
import campana.server.store.KeyRotation;
import campana.store.CannotOpen;
import campana.store.DataFolder;
import campana.store.Database;
import campana.store.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.function.Consumer;

/// A new key for the stored secrets of a server that does not run.
public final class NewKey {
  private NewKey() {}

  /// Adds a key to the key file and seals everything with it.
  ///
  /// @param tell takes lines about what was done
  /// @return the key file
  /// @throws CannotOpen when there is no database, or it is in use, or the key does not fit
  public static Path make(Path data, Map<String, String> environment, Consumer<String> tell) {
    if (!Files.exists(data.resolve(ChatSchema.FILE))) {
      throw new CannotOpen(data + ": there is no " + ChatSchema.FILE + " in it");
    }
    try (var folder = DataFolder.hold(data)) {
      var file = Serving.keyFile(folder.path(), environment);
      var vault = Vault.open(file, false, new SecureRandom());
      var settings = Database.Settings.of(tell, tell);
      try (var database =
          Database.open(folder, ChatSchema.FILE, ChatSchema.migrations(), settings)) {
        vault.fit(database);
        var rotated = vault.rotated();
        rotated.fit(database);
        tell.accept(KeyRotation.run(database, rotated) + " secrets sealed anew");
      }
      return file;
    }
  }
}
