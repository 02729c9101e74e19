package campana.cli.command;

import static campana.cli.command.Names.text;

import campana.cli.api.Failure;
import campana.relay.Routes;
import campana.relay.outbox.Draft;
import campana.relay.outbox.Threading;
import campana.relay.route.Plan;
import campana.relay.source.Reading;
import campana.relay.source.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `campana relay …`
@Command(name = "relay", description = "What waits, what was delivered, what was given up.")
final class RelayCommands {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> TRIGGERS =
      List.of("received", "duplicate", "filtered", "muted", "planned");
  private static final List<String> ENTRIES =
      List.of("accepted", "delivered", "folded", "expired", "dead", "discarded", "waiting");
  private static final List<String> LANES = List.of("known", "waiting", "paused", "late", "untold");

  private final Shell shell;

  RelayCommands(Shell shell) {
    this.shell = shell;
  }

  /// The tree with its two branches.
  static picocli.CommandLine tree(Shell shell) {
    return new picocli.CommandLine(new RelayCommands(shell))
        .addSubcommand("lane", new LaneCommands(shell))
        .addSubcommand("dead", new DeadCommands(shell));
  }

  @Command(
      description =
          "The sums: triggers received = duplicate + filtered + muted + planned; entries accepted ="
              + " delivered + folded + expired + dead + discarded + waiting.")
  void status(@Option(names = "--json", description = "as the API gives them") boolean json) {
    var status = shell.api().get("/v1/relay/status");
    if (json) {
      shell.json(status);
      return;
    }
    var rows = new ArrayList<List<String>>();
    rows(rows, status, "triggers", TRIGGERS);
    rows(rows, status, "entries", ENTRIES);
    rows(rows, status, "lanes", LANES);
    shell.table(List.of("OF", "WHAT", "COUNT"), rows);
    if (!status.path("sumsHold").asBoolean(true)) {
      throw Failure.unexpected("the sums do not hold");
    }
  }

  private static void rows(
      List<List<String>> rows, JsonNode status, String of, List<String> names) {
    names.forEach(
        name -> rows.add(List.of(of, name, String.valueOf(status.path(of).path(name).asLong(0)))));
  }

  @Command(description = "Shows what a payload would become by a route; sends nothing.")
  void preview(
      @Parameters(paramLabel = "ROUTE", description = "its name in the config") String route,
      @Parameters(paramLabel = "FILE", description = "the request's body; - for standard input")
          Path file,
      @Option(
              names = "--header",
              paramLabel = "NAME:VALUE",
              description = "such as X-GitHub-Event:push; may be given repeatedly")
          @Nullable List<String> headers,
      @Option(names = "--json", description = "the messages as they would be sent") boolean json) {
    var settings = RelayConfig.read(shell).settings();
    if (!settings.routes().containsKey(route)) {
      throw Failure.usage(
          "no route «"
              + route
              + "»; the config has "
              + String.join(", ", settings.routes().keySet()));
    }
    var gate = Objects.requireNonNull(Routes.gates(settings, shell.clock()).get(route));
    var at = Instant.ofEpochMilli(shell.clock().millis());
    var received = new Received("POST", headers(headers), Map.of(), body(file), at);
    switch (gate.source().read(received)) {
      case Reading.Triggers(var triggers) -> {
        for (var trigger : triggers) {
          switch (gate.plan().apply(trigger)) {
            case Plan.Send(var drafts) -> drafts.forEach(draft -> show(draft, json));
            case Plan.Filtered(var why) -> shell.tell("filtered: " + why);
            case Plan.Muted(var why) -> shell.tell("muted: " + why);
          }
        }
      }
      case Reading.Nothing(var why) -> shell.tell("nothing to tell: " + why);
      case Reading.Unreadable(var field, var why) ->
          throw Failure.usage(field.isEmpty() ? why : field + ": " + why);
      case Reading.Unsupported(var type) ->
          throw Failure.usage("content type «" + type + "» is none that this source sends");
    }
  }

  private static Map<String, String> headers(@Nullable List<String> given) {
    var headers = new HashMap<String, String>();
    headers.put("content-type", "application/json");
    for (var header : given == null ? List.<String>of() : given) {
      int colon = header.indexOf(':');
      if (colon <= 0) {
        throw Failure.usage("--header: wanted NAME:VALUE, got " + header);
      }
      headers.put(
          header.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          header.substring(colon + 1).strip());
    }
    return headers;
  }

  private byte[] body(Path file) {
    try {
      return file.toString().equals("-") ? shell.in().readAllBytes() : Files.readAllBytes(file);
    } catch (IOException e) {
      throw Failure.usage(file + ": cannot be read");
    }
  }

  private void show(Draft draft, boolean json) {
    var message = JSON.readTree(draft.body().loud());
    if (json) {
      shell.json(message);
      return;
    }
    shell.tell("to " + draft.credential().destination() + ", thread " + thread(draft.threading()));
    var text = text(message, "text");
    (text.isEmpty() ? text(message, "fallbackText") : text).lines().forEach(shell::say);
    message
        .path("cardsV2")
        .findValuesAsString("text")
        .forEach(line -> line.lines().forEach(shell::say));
  }

  private static String thread(Threading threading) {
    return switch (threading) {
      case Threading.Incident(_, var subject, var state, var severity, _, _) ->
          "of " + subject + " (" + state + ", " + severity + ")";
      case Threading.Keyed(var key) -> key;
      case Threading.Apart _, Threading.InLine _ -> "of its own";
      case Threading.WireKey(var key, _) -> key;
      case Threading.WireName(var name, _) -> name;
      case Threading.WireReply _ -> "of another";
    };
  }
}
