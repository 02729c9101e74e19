package campana.cli.command;

import campana.cli.api.Api;
import campana.cli.api.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `campana backup`
@Command(
    name = "backup",
    description = "Has the running server write all it holds into one file; posts go on meanwhile.")
final class BackupCommand implements Runnable {
  private final Shell shell;

  @Parameters(paramLabel = "FILE", description = "a new file, on the server's machine")
  private Path file = Path.of("");

  @Option(
      names = "--without-key",
      description = "leaves the key out: safe to store anywhere, useless without the key")
  private boolean withoutKey;

  BackupCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    var target = file.toAbsolutePath().normalize();
    if (Files.exists(target)) {
      throw Failure.usage(file + ": is there already; wanted a new file");
    }
    var body = Api.object().put("path", target.toString()).put("withoutKey", withoutKey);
    var answer = shell.api().post("/v1/server:backup", body);
    answer.path("holds").forEach(line -> shell.tell(line.asString("")));
    shell.say(target.toString());
  }
}
