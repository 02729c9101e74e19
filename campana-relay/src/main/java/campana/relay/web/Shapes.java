package campana.relay.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import campana.relay.outbox.Attempt;
import campana.relay.outbox.Entry;
import campana.relay.outbox.LaneStatus;
import campana.relay.outbox.OpenEpisode;
import campana.relay.outbox.Sums;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The relay's resources as JSON: names in camel case, times in RFC 3339, what is absent left out.
/// No secret is in any of them.
final class Shapes {
  private Shapes() {}

  static Map<String, Object> sums(Sums sums) {
    var triggers = new LinkedHashMap<String, Object>();
    triggers.put("received", sums.triggers().received());
    triggers.put("duplicate", sums.triggers().duplicate());
    triggers.put("filtered", sums.triggers().filtered());
    triggers.put("muted", sums.triggers().muted());
    triggers.put("planned", sums.triggers().planned());
    var shape = new LinkedHashMap<String, Object>();
    shape.put("triggers", triggers);
    shape.put("entries", entries(sums.entries()));
    return shape;
  }

  private static Map<String, Object> entries(Sums.Entries sums) {
    var shape = new LinkedHashMap<String, Object>();
    shape.put("accepted", sums.accepted());
    shape.put("delivered", sums.delivered());
    shape.put("folded", sums.folded());
    shape.put("expired", sums.expired());
    shape.put("dead", sums.dead());
    shape.put("discarded", sums.discarded());
    shape.put("waiting", sums.waiting());
    return shape;
  }

  static Map<String, Object> lane(LaneStatus status) {
    var shape = new LinkedHashMap<String, Object>();
    shape.put("name", "relay/lanes/" + status.lane().id());
    shape.put("target", status.lane().name());
    shape.put("paused", status.paused());
    shape.put("entries", entries(status.entries()));
    shape.put("late", status.late());
    time(shape, "untoldSince", status.untoldSince());
    time(shape, "lastAnswerTime", status.answeredAt());
    shape.put("credentials", status.credentials().stream().map(Shapes::key).toList());
    return shape;
  }

  private static Map<String, Object> key(LaneStatus.Key key) {
    var shape = new LinkedHashMap<String, Object>();
    shape.put("id", key.id());
    text(shape, "destination", key.destination());
    shape.put("trust", key.trust().name());
    time(shape, "since", key.since());
    text(shape, "reason", key.reason());
    time(shape, "probeTime", key.probeAt());
    return shape;
  }

  /// @param collection `entries` or `deadLetters`
  static Map<String, Object> entry(String collection, Entry entry) {
    var shape = new LinkedHashMap<String, Object>();
    shape.put("name", "relay/" + collection + "/" + entry.id());
    shape.put("lane", "relay/lanes/" + entry.id().lane());
    shape.put("target", entry.laneName());
    shape.put("state", entry.state().name());
    shape.put("priority", entry.priority().name());
    text(shape, "destination", entry.destination());
    text(shape, "route", entry.route());
    shape.put("title", entry.title());
    shape.put("requestId", entry.requestId());
    time(shape, "acceptTime", entry.acceptedAt());
    time(shape, "expireTime", entry.expiresAt());
    time(shape, "doneTime", entry.doneAt());
    shape.put("attempts", entry.attempts());
    text(shape, "reason", entry.reason());
    text(shape, "message", entry.messageName());
    text(shape, "thread", entry.threadName());
    return shape;
  }

  static Map<String, Object> whole(String collection, Entry.Whole whole) {
    var shape = entry(collection, whole.entry());
    text(shape, "body", new String(whole.body(), UTF_8));
    shape.put("attemptLog", whole.attempts().stream().map(Shapes::attempt).toList());
    return shape;
  }

  static Map<String, Object> incident(OpenEpisode incident) {
    var shape = new LinkedHashMap<String, Object>();
    shape.put("lane", "relay/lanes/" + incident.lane().id());
    shape.put("target", incident.lane().name());
    shape.put("route", incident.route());
    shape.put("severity", incident.worst().name());
    shape.put("title", incident.title());
    time(shape, "openTime", incident.openedAt());
    time(shape, "lastTime", incident.heardAt());
    return shape;
  }

  private static Map<String, Object> attempt(Attempt attempt) {
    var shape = new LinkedHashMap<String, Object>();
    time(shape, "startTime", attempt.startedAt());
    time(shape, "endTime", attempt.endedAt());
    if (attempt.answer().status() != 0) {
      shape.put("status", attempt.answer().status());
    }
    text(shape, "reason", attempt.answer().reason());
    text(shape, "answer", new String(attempt.answer().body(), UTF_8));
    return shape;
  }

  private static void time(Map<String, Object> shape, String name, @Nullable Instant time) {
    if (time != null) {
      shape.put(name, time.toString());
    }
  }

  private static void text(Map<String, Object> shape, String name, String text) {
    if (!text.isEmpty()) {
      shape.put(name, text);
    }
  }
}
