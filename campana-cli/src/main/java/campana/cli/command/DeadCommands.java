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
import tools.jackson.databind.node.ObjectNode;

/// `campana relay dead …`
@Command(name = "dead", description = "Dead letters: what was given up, with the reason.")
final class DeadCommands {
  private static final String ENTRY = "its id, as `list` prints it: LANE.7";
  private static final String FROM = "the first of a range in one lane";
  private static final String TO = "the last of it";
  private static final String ALL = "every dead letter there is";

  private final Shell shell;

  DeadCommands(Shell shell) {
    this.shell = shell;
  }

  @Command(description = "Lists the dead letters, newest first.")
  void list(@Option(names = "--json", description = "as the API gives them") boolean json) {
    var letters = shell.api().all("/v1/relay/deadLetters", "deadLetters");
    shell.listing(
        json,
        "deadLetters",
        letters,
        List.of("ENTRY", "ACCEPTED", "ROUTE", "TO", "ATTEMPTS", "REASON", "TITLE"),
        letter ->
            List.of(
                id(letter),
                text(letter, "acceptTime"),
                text(letter, "route"),
                to(letter),
                String.valueOf(letter.path("attempts").asLong(0)),
                text(letter, "reason"),
                text(letter, "title")));
  }

  private static String id(JsonNode letter) {
    return text(letter, "name").replaceFirst("^relay/deadLetters/", "");
  }

  private static String to(JsonNode letter) {
    var destination = text(letter, "destination");
    return destination.isEmpty() ? text(letter, "target") : destination;
  }

  @Command(description = "Shows one entry whole: its body, its attempts and their answers.")
  void show(
      @Parameters(paramLabel = "ENTRY", description = ENTRY) String entry,
      @Option(names = "--json", description = "as the API gives it") boolean json) {
    var whole = shell.api().get("/v1/relay/deadLetters/" + plain(entry));
    if (json) {
      shell.json(whole);
      return;
    }
    whole
        .properties()
        .forEach(field -> {
          if (field.getValue().isValueNode()) {
            shell.say(field.getKey() + "\t" + field.getValue().asString());
          }
        });
    whole
        .path("attemptLog")
        .forEach(attempt ->
            shell.say(
                "attempt\t"
                    + text(attempt, "startTime")
                    + "\t"
                    + attempt.path("status").asInt(0)
                    + "\t"
                    + text(attempt, "reason")));
  }

  @Command(description = "Sends one again, a range of a lane, or all; the same requestId is kept.")
  void replay(
      @Parameters(paramLabel = "ENTRY", arity = "0..1", description = ENTRY) @Nullable String entry,
      @Option(names = "--from", paramLabel = "ENTRY", description = FROM) @Nullable String from,
      @Option(names = "--to", paramLabel = "ENTRY", description = TO) @Nullable String to,
      @Option(names = "--all", description = ALL) boolean all) {
    if (entry != null) {
      var answer =
          shell.api().post("/v1/relay/deadLetters/" + plain(entry) + ":replay", Api.object());
      warn(answer.path("mayRepeat").asBoolean(false) ? 1 : 0);
      shell.say(text(answer, "name"));
      return;
    }
    var answer = shell.api().post("/v1/relay/deadLetters:replay", wish(from, to, all));
    warn(answer.path("mayRepeat").asLong(0));
    shell.say(answer.path("replayed").asLong(0) + " replayed");
  }

  private void warn(long mayRepeat) {
    if (mayRepeat > 0) {
      shell.tell(
          mayRepeat
              + " of them were tried so long ago that the far side may have forgotten them: they"
              + " may be there twice");
    }
  }

  @Command(description = "Gives up one for good, a range of a lane, or all.")
  void discard(
      @Parameters(paramLabel = "ENTRY", arity = "0..1", description = ENTRY) @Nullable String entry,
      @Option(names = "--from", paramLabel = "ENTRY", description = FROM) @Nullable String from,
      @Option(names = "--to", paramLabel = "ENTRY", description = TO) @Nullable String to,
      @Option(names = "--all", description = ALL) boolean all) {
    if (entry != null) {
      shell.api().delete("/v1/relay/deadLetters/" + plain(entry));
      return;
    }
    var answer = shell.api().post("/v1/relay/deadLetters:discard", wish(from, to, all));
    shell.say(answer.path("discarded").asLong(0) + " discarded");
  }

  private static ObjectNode wish(@Nullable String from, @Nullable String to, boolean all) {
    var wish = Api.object();
    if (all && from == null && to == null) {
      wish.put("all", true);
    } else if (!all && from != null && to != null) {
      wish.put("from", plain(from)).put("to", plain(to));
    } else {
      throw Failure.usage("wanted ENTRY, or --from and --to, or --all");
    }
    return wish;
  }

  private static String plain(String entry) {
    return entry.replaceFirst("^relay/(deadLetters|entries)/", "");
  }
}
