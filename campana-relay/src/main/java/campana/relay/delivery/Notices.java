package campana.relay.delivery;

import campana.relay.outbox.Body;
import campana.relay.outbox.Dedup;
import campana.relay.outbox.Destination;
import campana.relay.outbox.Draft;
import campana.relay.outbox.Priority;
import campana.relay.outbox.Threading;
import campana.relay.outbox.Watch;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What Campana itself writes to a fallback, in the fallback's language.
final class Notices {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String FALLBACK = "messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  /// Lane or destinations, since when, how many.
  private static final Map<String, String> LATE =
      Map.of(
          "en", "*%s* has not been reached since %s; waiting: %d. Critical alerts follow here.",
          "it", "*%s* non è raggiungibile da %s; in attesa: %d. Gli avvisi critici seguono qui.",
          "es", "*%s* no responde desde %s; en espera: %d. Las alertas críticas siguen aquí.");

  private static final Map<String, String> PAUSED =
      Map.of(
          "en", "*%s* has been paused since %s; waiting: %d. Critical alerts follow here.",
          "it", "*%s* è in pausa da %s; in attesa: %d. Gli avvisi critici seguono qui.",
          "es", "*%s* está en pausa desde %s; en espera: %d. Las alertas críticas siguen aquí.");

  private Notices() {}

  static Draft untold(Watch.Untold untold, Destination to) {
    var names = untold.named().stream().filter(name -> !name.isEmpty()).toList();
    var who = names.isEmpty() ? untold.lane().name() : String.join(", ", names);
    var since = TIME.withZone(to.zone()).format(untold.since());
    var text = in(untold.paused() ? PAUSED : LATE, to).formatted(who, since, untold.waiting());
    var why = untold.why().isEmpty() ? "" : "\n" + String.join("\n", untold.why());
    var body = JSON.createObjectNode().put("text", text + why);
    return draft(to, untold.lane().id(), text, Priority.CRITICAL, body);
  }

  /// A critical trigger, with whose it is in front.
  static Draft copy(Watch.Critical entry, Destination to) {
    var who = entry.destination().isEmpty() ? entry.lane().name() : entry.destination();
    ObjectNode body;
    try {
      body = (ObjectNode) JSON.readTree(entry.body());
    } catch (JacksonException | ClassCastException e) {
      body = JSON.createObjectNode();
    }
    var text = body.path("text").asString(entry.title());
    body.put("text", "[" + who + "] " + text);
    body.remove("thread");
    return draft(to, entry.lane().id(), entry.title(), Priority.CRITICAL, body);
  }

  private static Draft draft(
      Destination to, String laneId, String title, Priority priority, ObjectNode body) {
    return new Draft(
        to.credential(),
        "",
        title,
        priority,
        Body.of(JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8)),
        new Threading.Keyed("campana-untold-" + laneId),
        FALLBACK,
        "",
        Dedup.NONE,
        to.keepTrying());
  }

  private static String in(Map<String, String> texts, Destination to) {
    return Objects.requireNonNull(
        texts.get(texts.containsKey(to.language()) ? to.language() : "en"));
  }
}
