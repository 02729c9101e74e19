package campana.cli.command;

import static campana.cli.command.Names.text;

import campana.cli.api.Api;
import campana.server.draw.MessageDrawing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `campana tail`
@Command(name = "tail", description = "Follows a space, one message a line, until it is stopped.")
final class TailCommand implements Runnable {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final long PAUSE_MILLIS = 500;

  private final Shell shell;

  @Parameters(paramLabel = "SPACE", description = "spaces/ID, ID or a name that only one space has")
  private String space = "";

  @Option(
      names = {"-n", "--last"},
      paramLabel = "COUNT",
      description = "how many to begin with (default: ${DEFAULT-VALUE})")
  private int last = 10;

  @Option(names = "--json", description = "each message as the API gives it, one a line")
  private boolean json;

  @Option(names = "--no-follow", description = "ends after those that are there")
  private boolean noFollow;

  TailCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    var api = shell.api();
    var messages = "/v1/" + new Names(api).space(space) + "/messages";
    var from = new Follow(first(api, messages));
    try {
      while (!noFollow) {
        Thread.sleep(PAUSE_MILLIS);
        from.more(api, messages);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Prints the newest ones, oldest first.
  private Set<JsonNode> first(Api api, String messages) {
    var path =
        Api.withQuery(
            messages,
            "pageSize",
            String.valueOf(Math.clamp(last, 1, 1000)),
            "orderBy",
            "createTime DESC");
    var newest = api.get(path).path("messages").valueStream().toList();
    newest.stream().limit(last).toList().reversed().forEach(this::print);
    return new HashSet<>(newest);
  }

  /// Where the terminal is: the newest time seen, and the names seen at it, as several messages may
  /// be of one instant.
  private final class Follow {
    private Instant newest = Instant.EPOCH;
    private final Set<String> atNewest = new HashSet<>();

    Follow(Set<JsonNode> seen) {
      seen.forEach(this::fresh);
    }

    void more(Api api, String messages) {
      // Google's filter is exclusive, so it starts a little before the newest time.
      var filter = "createTime > \"" + newest.minusMillis(1) + "\"";
      var path =
          Api.withQuery(
              messages, "pageSize", "1000", "orderBy", "createTime ASC", "filter", filter);
      api.get(path)
          .path("messages")
          .forEach(message -> {
            if (fresh(message)) {
              print(message);
            }
          });
    }

    private boolean fresh(JsonNode message) {
      var time = Instant.parse(text(message, "createTime"));
      if (time.isBefore(newest)) {
        return false;
      }
      if (time.isAfter(newest)) {
        newest = time;
        atNewest.clear();
      }
      return atNewest.add(text(message, "name"));
    }
  }

  private void print(JsonNode message) {
    if (json) {
      shell.out().println(message);
      return;
    }
    var time = Instant.parse(text(message, "createTime")).atZone(ZoneId.systemDefault());
    shell.say(
        TIME.format(time)
            + "  "
            + text(message.path("sender"), "displayName")
            + ": "
            + plain(message));
  }

  /// One line of what the pages show.
  static String plain(JsonNode message) {
    return message.has("deletionMetadata")
        ? "(removed)"
        : MessageDrawing.plain(message.toString().getBytes(StandardCharsets.UTF_8));
  }
}
