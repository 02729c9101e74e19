package campana.cli.serve;

import campana.relay.store.Resealing;
import campana.server.store.ChatSchema;
import campana.server.store.KeyRotation;
import campana.store.CannotOpen;
import campana.store.DataFolder;
import campana.store.Database;
import campana.store.PostgresAddress;
import campana.store.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A new key for the stored secrets of a server that does not run.
public final class NewKey {
  private NewKey() {}

  /// Adds a key to the key file and seals everything with it.
  ///
  /// @param address empty: the data is in the folder
  /// @param tell takes lines about what was done
  /// @return the key file
  /// @throws CannotOpen when there is no database, or it is in use, or the key does not fit
  public static Path make(
      Path data,
      Optional<PostgresAddress> address,
      Map<String, String> environment,
      Consumer<String> tell) {
    if (address.isEmpty() && !Files.exists(data.resolve(ChatSchema.FILE))) {
      throw new CannotOpen(data + ": there is no " + ChatSchema.FILE + " in it");
    }
    try (var folder = DataFolder.hold(data)) {
      address.ifPresent(Database::demandIdle);
      var file = Serving.keyFile(folder.path(), environment);
      var vault = Vault.open(file, false, new SecureRandom());
      var databases = new Databases(folder, address, Database.Settings.of(tell, tell));
      try (var database = databases.chat()) {
        if (!Vault.wanted(database)) {
          throw new CannotOpen(database.place() + ": there is nothing in it yet");
        }
        vault.fit(database);
        if (databases.hasRelay()) {
          try (var relay = databases.relay()) {
            demandOpen(relay, vault);
            seal(database, Optional.of(relay), vault.rotated(), tell);
          }
        } else {
          seal(database, Optional.empty(), vault.rotated(), tell);
        }
      }
      return file;
    }
  }

  /// Before there is a new key: one that does not open would stay under its old one for ever.
  private static void demandOpen(Database relay, Vault vault) {
    vault.fit(relay);
    var unopened = Resealing.unopened(relay, vault);
    if (unopened > 0) {
      throw new CannotOpen(
          relay.place() + ": " + unopened + " addresses in it do not open with the key file");
    }
  }

  /// Each database in one transaction. If only one of them gets there, nothing is lost: the file
  /// has both keys, and the next rotation takes all.
  private static void seal(
      Database chat, Optional<Database> relay, Vault rotated, Consumer<String> tell) {
    rotated.fit(chat);
    relay.ifPresent(rotated::fit);
    var addresses = relay.map(database -> Resealing.run(database, rotated)).orElse(0);
    tell.accept((addresses + KeyRotation.run(chat, rotated)) + " secrets sealed anew");
  }
}
