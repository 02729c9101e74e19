package campana.cli.command;

import static campana.cli.command.Names.text;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `campana incidents`
@Command(name = "incidents", description = "Lists the episodes that are open, newest first.")
final class IncidentsCommand implements Runnable {
  private final Shell shell;

  @Option(names = "--json", description = "as the API gives them")
  private boolean json;

  IncidentsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    var answer = shell.api().get("/v1/relay/incidents");
    if (json) {
      shell.json(answer);
      return;
    }
    shell.table(
        List.of("SINCE", "LAST", "SEVERITY", "ROUTE", "TITLE"),
        answer
            .path("incidents")
            .valueStream()
            .map(i ->
                List.of(
                    text(i, "openTime"),
                    text(i, "lastTime"),
                    text(i, "severity"),
                    text(i, "route"),
                    text(i, "title")))
            .toList());
  }
}
