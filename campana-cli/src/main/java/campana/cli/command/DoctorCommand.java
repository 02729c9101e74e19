package campana.cli.command;

import static campana.cli.command.Names.text;

import campana.cli.api.Failure;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `campana doctor`
@Command(
    name = "doctor",
    description = "Says what is wrong with the running server, or soon will be; 1 if anything is.")
final class DoctorCommand implements Callable<Integer> {
  private final Shell shell;

  @Option(names = "--json", description = "as the API gives it")
  private boolean json;

  DoctorCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    var answer = shell.api().get("/v1/server:doctor");
    var findings = answer.path("findings").valueStream().toList();
    if (json) {
      shell.json(answer);
    } else if (findings.isEmpty()) {
      shell.tell("nothing found");
    } else {
      shell.table(
          List.of("LEVEL", "FINDING"),
          findings.stream().map(f -> List.of(text(f, "level"), text(f, "text"))).toList());
    }
    return findings.stream().allMatch(f -> text(f, "level").equals("ok")) ? 0 : Failure.UNEXPECTED;
  }
}
