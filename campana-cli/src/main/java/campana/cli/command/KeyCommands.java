package campana.cli.command;

import campana.cli.api.Failure;
import campana.cli.serve.NewKey;
import campana.store.CannotOpen;
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
    try {
      shell.say(NewKey.make(shell.data(), shell.environment(), shell::tell).toString());
    } catch (CannotOpen e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }
}
