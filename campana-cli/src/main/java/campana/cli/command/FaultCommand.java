package campana.cli.command;

import static campana.cli.command.Names.text;

import campana.cli.api.Api;
import campana.cli.api.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `campana fault`
@Command(
    name = "fault",
    description = {
      "Rehearsal: the webhooks of a space fail on purpose, so that a sender's handling of errors"
          + " can be tried. Nothing is stored; whoever reads the space sees a banner.",
      "Without options: says what goes on. Bounds may be combined; without one it goes on until"
          + " --off, or until the server starts anew."
    })
final class FaultCommand implements Runnable {
  private final Shell shell;

  @Parameters(paramLabel = "SPACE", description = "spaces/ID, ID or a name that only one space has")
  private String space = "";

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description =
          "what posts get: 503, 429, 500, 400, 403, 404; hang (no answer), reset (of the"
              + " connection) or html (a gateway's 502)")
  private @Nullable String status;

  @Option(names = "--count", paramLabel = "COUNT", description = "how many posts: 1 to 1000000")
  private @Nullable Integer count;

  @Option(names = "--for", paramLabel = "TIME", description = "how long: 30s, 5m, 1h; at most 24h")
  private @Nullable String duration;

  @Option(
      names = "--rate",
      paramLabel = "PERCENT",
      description = "how many of a hundred posts, by chance: 20%%")
  private @Nullable String rate;

  @Option(names = "--off", description = "ends the rehearsal")
  private boolean off;

  @Option(names = "--json", description = "as the API gives it")
  private boolean json;

  FaultCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    var wish = wish();
    var api = shell.api();
    var path = "/v1/" + new Names(api).space(space) + "/fault";
    if (off) {
      api.delete(path);
    } else {
      show(wish == null ? api.get(path) : api.post(path, wish));
    }
  }

  private @Nullable JsonNode wish() {
    if (status == null) {
      if (count != null || duration != null || rate != null) {
        throw Failure.usage("--count, --for and --rate go with --status");
      }
      return null;
    }
    if (off) {
      throw Failure.usage("wanted --status or --off, got both");
    }
    var wish = Api.object().put("status", status);
    if (count != null) {
      wish.put("count", count);
    }
    if (duration != null) {
      wish.put("duration", duration);
    }
    if (rate != null) {
      wish.put("rate", percent(rate));
    }
    return wish;
  }

  private static int percent(String typed) {
    try {
      return Integer.parseInt(typed.endsWith("%") ? typed.substring(0, typed.length() - 1) : typed);
    } catch (NumberFormatException e) {
      throw Failure.usage("--rate: wanted how many of a hundred posts such as 20%, got " + typed);
    }
  }

  private void show(JsonNode fault) {
    if (json) {
      shell.json(fault);
      return;
    }
    if (text(fault, "status").isEmpty()) {
      shell.say("off");
      return;
    }
    shell.table(
        List.of("STATUS", "RATE", "LEFT", "UNTIL"),
        List.of(
            List.of(
                text(fault, "status"),
                fault.path("rate").asInt(100) + "%",
                fault.has("left") ? String.valueOf(fault.path("left").asInt()) : "",
                text(fault, "endTime"))));
  }
}
