package campana.relay.web;

import campana.http.Answers;
import campana.http.Bodies;
import campana.http.Body;
import campana.relay.outbox.Entry;
import campana.relay.outbox.EntryId;
import campana.relay.outbox.EntryState;
import campana.relay.outbox.Records;
import campana.wire.Limits;
import campana.wire.RpcCode;
import campana.wire.RpcStatus;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// `/v1/relay/…`: sums, lanes, entries, dead letters; for owners alone.
final class RelayApi {
  static final RpcStatus NO_RELAY =
      RpcStatus.of(
          RpcCode.FAILED_PRECONDITION,
          "no relay runs here: the config names neither relay.routes nor relay.upstream");
  private static final RpcStatus NOT_FOUND =
      RpcStatus.of(RpcCode.NOT_FOUND, "Requested entity was not found.");
  private static final int USUAL = 100;
  private static final int MOST = 1000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// An answer, or why there is none.
  private sealed interface Reply {
    record Json(Object value) implements Reply {}

    record Refused(RpcStatus status) implements Reply {}

    record NoSuchAddress() implements Reply {}
  }

  /// What was asked.
  private record Call(Parts parts, String method, WireQuery query, byte[] body) {
    Records records() {
      return parts.records();
    }

    Instant now() {
      return Instant.ofEpochMilli(parts.clock().millis());
    }
  }

  /// @param path what stands behind `/v1/relay/`, decoded
  void handle(Parts parts, List<String> path, ServerRequest request, ServerResponse response) {
    switch (Bodies.read(request, Limits.BODY_BYTES)) {
      case Body.Refused refused -> Answers.refused(response, refused);
      case Body.Complete(var bytes) -> {
        var query = WireQuery.parse(request.prologue().query().rawValue());
        var call = new Call(parts, request.prologue().method().text(), query, bytes);
        switch (reply(call, path)) {
          case Reply.Json(var value) -> Answers.json(response, value);
          case Reply.Refused(var status) -> Answers.rpc(response, status);
          case Reply.NoSuchAddress _ -> Answers.notFound(response);
        }
      }
    }
  }

  private static Reply reply(Call call, List<String> path) {
    var first = path.isEmpty() ? "" : path.getFirst();
    if (path.size() == 1) {
      return switch (call.method() + " " + first) {
        case "GET status" -> new Reply.Json(status(call));
        case "GET incidents" ->
            new Reply.Json(
                Map.of(
                    "incidents",
                    call.records().incidents(MOST).stream().map(Shapes::incident).toList()));
        case "GET lanes" -> lanes(call);
        case "GET entries" -> entries(call, first, state(call));
        case "GET deadLetters" -> entries(call, first, Optional.of(EntryState.DEAD));
        case "POST deadLetters:replay" -> many(call, true);
        case "POST deadLetters:discard" -> many(call, false);
        default -> new Reply.NoSuchAddress();
      };
    }
    if (path.size() != 2) {
      return new Reply.NoSuchAddress();
    }
    var id = before(path.get(1));
    var verb = path.get(1).substring(id.length());
    return switch (call.method() + " " + first + verb) {
      case "POST lanes:pause" -> pause(call, id, true);
      case "POST lanes:resume" -> pause(call, id, false);
      case "GET lanes" -> lane(call, id);
      case "GET entries", "GET deadLetters" -> entry(call, first, id);
      case "POST entries:replay", "POST deadLetters:replay" -> replay(call, id);
      case "DELETE entries", "DELETE deadLetters" -> discard(call, id);
      default -> new Reply.NoSuchAddress();
    };
  }

  private static String before(String segment) {
    int colon = segment.indexOf(':');
    return colon < 0 ? segment : segment.substring(0, colon);
  }

  private static Map<String, Object> status(Call call) {
    var sums = call.records().sums();
    var lanes = call.records().overview();
    var shape = Shapes.sums(sums);
    shape.put("sumsHold", sums.hold());
    var counts = new LinkedHashMap<String, Object>();
    counts.put("known", lanes.lanes());
    counts.put("waiting", lanes.waiting());
    counts.put("paused", lanes.paused());
    counts.put("late", lanes.late());
    counts.put("untold", lanes.untold());
    shape.put("lanes", counts);
    if (lanes.oldest() != null) {
      shape.put("oldestAcceptTime", lanes.oldest().toString());
    }
    return shape;
  }

  private static Reply lanes(Call call) {
    var all = call.records().lanes();
    int from = 0;
    var token = call.query().last("pageToken");
    if (!token.isEmpty()) {
      while (from < all.size() && !all.get(from).lane().id().equals(token)) {
        from++;
      }
      from++;
    }
    int to = Math.min(all.size(), from + size(call));
    var page = from >= to ? List.<campana.relay.outbox.LaneStatus>of() : all.subList(from, to);
    var shape = new LinkedHashMap<String, Object>();
    shape.put("lanes", page.stream().map(Shapes::lane).toList());
    if (!page.isEmpty() && to < all.size()) {
      shape.put("nextPageToken", page.getLast().lane().id());
    }
    return new Reply.Json(shape);
  }

  private static Reply lane(Call call, String id) {
    return call.records().lanes().stream()
        .filter(lane -> lane.lane().id().equals(id))
        .findFirst()
        .<Reply>map(lane -> new Reply.Json(Shapes.lane(lane)))
        .orElseGet(() -> new Reply.Refused(NOT_FOUND));
  }

  private static Reply pause(Call call, String id, boolean paused) {
    return call.records().pause(id, paused) ? lane(call, id) : new Reply.Refused(NOT_FOUND);
  }

  private static Optional<EntryState> state(Call call) {
    var wanted = call.query().last("state").toUpperCase(Locale.ROOT);
    if (wanted.isEmpty()) {
      return Optional.of(EntryState.WAITING);
    }
    for (var state : EntryState.values()) {
      if (state.name().equals(wanted)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  private static Reply entries(Call call, String collection, Optional<EntryState> state) {
    if (state.isEmpty()) {
      return wrong("state", "wanted one of " + List.of(EntryState.values()));
    }
    var token = call.query().last("pageToken");
    var after = EntryId.parse(token);
    if (!token.isEmpty() && after.isEmpty()) {
      return wrong("page_token", "wanted the nextPageToken of the page before");
    }
    int size = size(call);
    var found = call.records().entries(state.get(), after, size + 1);
    var page = found.subList(0, Math.min(size, found.size()));
    var shape = new LinkedHashMap<String, Object>();
    shape.put(collection, page.stream().map(entry -> Shapes.entry(collection, entry)).toList());
    if (found.size() > size) {
      shape.put("nextPageToken", page.getLast().id().toString());
    }
    return new Reply.Json(shape);
  }

  private static int size(Call call) {
    try {
      int size = Integer.parseInt(call.query().last("pageSize"));
      return size <= 0 ? USUAL : Math.min(size, MOST);
    } catch (NumberFormatException e) {
      return USUAL;
    }
  }

  private static Reply entry(Call call, String collection, String id) {
    return EntryId.parse(id)
        .flatMap(call.records()::entry)
        .<Reply>map(whole -> new Reply.Json(Shapes.whole(collection, whole)))
        .orElseGet(() -> new Reply.Refused(NOT_FOUND));
  }

  private static Reply replay(Call call, String id) {
    var parsed = EntryId.parse(id);
    if (parsed.isEmpty()) {
      return new Reply.Refused(NOT_FOUND);
    }
    return switch (call.records().replay(parsed.get(), call.now())) {
      case Records.Replayed.Waiting(var mayRepeat) ->
          new Reply.Json(Map.of("name", "relay/entries/" + id, "mayRepeat", mayRepeat));
      case Records.Replayed.Gone _ -> new Reply.Refused(NOT_FOUND);
      case Records.Replayed.NotDead(var state) ->
          new Reply.Refused(
              RpcStatus.of(
                  RpcCode.FAILED_PRECONDITION,
                  id + " is " + state + "; wanted a dead, expired or discarded entry"));
    };
  }

  private static Reply discard(Call call, String id) {
    return EntryId.parse(id).filter(entry -> call.records().discard(entry, call.now())).isPresent()
        ? new Reply.Json(Map.of())
        : new Reply.Refused(NOT_FOUND);
  }

  /// `{"names": […]}`, or `{"from": ID, "to": ID}` of one lane, or `{"all": true}`.
  private static Reply many(Call call, boolean replay) {
    try {
      var wish = JSON.readTree(call.body());
      List<EntryId> ids = new ArrayList<>();
      if (wish.path("all").asBoolean(false)) {
        ids.addAll(dead(call));
      } else if (wish.has("from") || wish.has("to")) {
        var from = EntryId.parse(wish.path("from").asString(""));
        var to = EntryId.parse(wish.path("to").asString(""));
        if (from.isEmpty() || to.isEmpty() || !from.get().lane().equals(to.get().lane())) {
          return wrong("from, to", "wanted two ids of one lane such as LANE.7");
        }
        dead(call).stream()
            .filter(id -> id.lane().equals(from.get().lane()))
            .filter(id -> id.seq() >= from.get().seq() && id.seq() <= to.get().seq())
            .forEach(ids::add);
      } else if (wish.path("names").isArray()) {
        wish.path("names").forEach(name -> EntryId.parse(name.asString("")).ifPresent(ids::add));
      } else {
        return wrong("body", "wanted names, from and to, or all");
      }
      return new Reply.Json(done(call, ids, replay));
    } catch (JacksonException e) {
      return wrong("body", "wanted JSON");
    }
  }

  /// Oldest first in each lane, as that is the order in which they go out again.
  private static List<EntryId> dead(Call call) {
    var ids = new ArrayList<EntryId>();
    Optional<EntryId> after = Optional.empty();
    List<Entry> page;
    do {
      page = call.records().entries(EntryState.DEAD, after, MOST);
      page.forEach(entry -> ids.add(entry.id()));
      after = page.isEmpty() ? after : Optional.of(page.getLast().id());
    } while (page.size() == MOST);
    return ids.reversed();
  }

  private static Map<String, Object> done(Call call, List<EntryId> ids, boolean replay) {
    int done = 0;
    int mayRepeat = 0;
    for (var id : ids) {
      if (!replay) {
        done += call.records().discard(id, call.now()) ? 1 : 0;
      } else if (call.records().replay(id, call.now()) instanceof Records.Replayed.Waiting again) {
        done++;
        mayRepeat += again.mayRepeat() ? 1 : 0;
      }
    }
    var shape = new LinkedHashMap<String, Object>();
    shape.put(replay ? "replayed" : "discarded", done);
    shape.put("left", ids.size() - done);
    if (replay) {
      shape.put("mayRepeat", mayRepeat);
    }
    return shape;
  }

  private static Reply wrong(String field, String why) {
    return new Reply.Refused(RpcStatus.invalid(field, field + ": " + why));
  }
}
