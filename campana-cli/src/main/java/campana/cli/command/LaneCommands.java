package campana.cli.command;

import static campana.cli.command.Names.text;

import campana.cli.api.Api;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `campana relay lane …`
@Command(name = "lane", description = "Lanes: one for each space that is delivered to.")
final class LaneCommands {
  private static final String LANE = "its id, as `list` prints it";

  private final Shell shell;

  LaneCommands(Shell shell) {
    this.shell = shell;
  }

  @Command(description = "Lists the lanes with what waits in them.")
  void list(@Option(names = "--json", description = "as the API gives them") boolean json) {
    var lanes = shell.api().all("/v1/relay/lanes", "lanes");
    shell.listing(
        json,
        "lanes",
        lanes,
        List.of("LANE", "TARGET", "STATE", "WAITING", "LATE", "DELIVERED", "DEAD"),
        lane ->
            List.of(
                id(lane),
                text(lane, "target"),
                state(lane),
                count(lane.path("entries"), "waiting"),
                count(lane, "late"),
                count(lane.path("entries"), "delivered"),
                count(lane.path("entries"), "dead")));
  }

  private static String id(JsonNode lane) {
    return text(lane, "name").replaceFirst("^relay/lanes/", "");
  }

  private static String state(JsonNode lane) {
    return lane.path("paused").asBoolean(false)
        ? "paused"
        : lane.has("untoldSince") ? "late" : "open";
  }

  private static String count(JsonNode of, String name) {
    return String.valueOf(of.path(name).asLong(0));
  }

  @Command(description = "Sends nothing more to a space until it is resumed; what comes waits.")
  void pause(@Parameters(paramLabel = "LANE", description = LANE) String lane) {
    change(lane, "pause");
  }

  @Command(description = "Goes on with a paused lane.")
  void resume(@Parameters(paramLabel = "LANE", description = LANE) String lane) {
    change(lane, "resume");
  }

  private void change(String lane, String verb) {
    var id = lane.replaceFirst("^relay/lanes/", "");
    shell.say(text(shell.api().post("/v1/relay/lanes/" + id + ":" + verb, Api.object()), "name"));
  }
}
