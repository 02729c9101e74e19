package campana.cli.command;

import campana.cli.api.Failure;
import campana.cli.serve.Serving;
import campana.server.store.ChatSchema;
import campana.server.store.KeyRotation;
import campana.store.CannotOpen;
import campana.store.DataFolder;
import campana.store.Database;
import campana.store.Vault;
import java.security.SecureRandom;
import picocli.CommandLine.Command;

/// `campana key …`
@Command(name = "key", description = "The key that seals stored secrets.")
final class KeyCommands {
  private final Shell shell;

  KeyCommands(Shell shell) {
    this.shell = shell;
  }

  @Command(
      description = {
        "Makes a new key and seals every stored secret with it; the server must be stopped.",
        "Older keys stay in the file, as older backups need them."
      })
  void rotate() {
    try (var folder = DataFolder.hold(existing())) {
      var file = Serving.keyFile(folder.path(), shell.environment());
      var vault = Vault.open(file, false, new SecureRandom());
      var settings = Database.Settings.of(shell::tell, shell::tell);
      try (var database =
          Database.open(folder, ChatSchema.FILE, ChatSchema.migrations(), settings)) {
        vault.fit(database);
        var rotated = vault.rotated();
        rotated.fit(database);
        shell.tell(KeyRotation.run(database, rotated) + " secrets sealed anew");
      }
      shell.say(file.toString());
    } catch (CannotOpen e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }

  private java.nio.file.Path existing() {
    if (!java.nio.file.Files.exists(shell.data().resolve(ChatSchema.FILE))) {
      throw Failure.usage(shell.data() + ": there is no " + ChatSchema.FILE + " in it");
    }
    return shell.data();
  }
}
