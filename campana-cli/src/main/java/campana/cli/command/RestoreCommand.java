package campana.cli.command;

import campana.cli.api.Failure;
import campana.cli.serve.BackupNames;
import campana.store.Backup;
import campana.store.CannotOpen;
import campana.store.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `campana restore`
@Command(
    name = "restore",
    description = "Unpacks a backup into a data folder that is empty; then serve goes on from it.")
final class RestoreCommand implements Runnable {
  private final Shell shell;

  @Parameters(paramLabel = "FILE", description = "what backup wrote")
  private Path file = Path.of("");

  RestoreCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    if (!Files.isReadable(file)) {
      throw Failure.usage(file + ": cannot be read");
    }
    try (var folder = DataFolder.hold(shell.data())) {
      switch (Backup.restore(file, folder, BackupNames.ALL, BackupNames.NEEDED)) {
        case Backup.Result.Done(var names) -> {
          names.stream().map(BackupNames::told).forEach(shell::tell);
          shell.say(folder.path().toString());
        }
        case Backup.Result.Failed(var why) -> throw Failure.usage(why);
      }
    } catch (CannotOpen e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }
}
