package campana.server.web;

import campana.http.Answers;
import campana.http.Bodies;
import campana.http.Body;
import campana.http.Percent;
import campana.wire.Limits;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Everything under `/v1/`: takes the path apart and says who answers. Addresses that are none get
/// the HTML of Google's front end; GET without a token gets its 401.
final class V1 {
  private static final HeaderName OVERRIDE = HeaderNames.create("X-HTTP-Method-Override");
  private static final String BEARER = "bearer ";

  private final Rooms rooms;
  private final WireEndpoint wire;
  private final SpacesApi spaces;
  private final MessagesApi messages;
  private final WebhooksApi webhooks;
  private final FaultApi fault;
  private final PeopleApi people;
  private final ServerApi server;

  V1(Rooms rooms, WireEndpoint wire, PeopleApi people) {
    this.rooms = rooms;
    this.wire = wire;
    this.people = people;
    this.spaces = new SpacesApi(rooms);
    this.messages = new MessagesApi(rooms);
    this.webhooks = new WebhooksApi(rooms);
    this.fault = new FaultApi(rooms);
    this.server = new ServerApi(rooms);
  }

  void handle(ServerRequest request, ServerResponse response) {
    var path = segments(request.prologue().uriPath().rawPath());
    var query = Query.parse(request.prologue().query().rawValue());
    var method = request.prologue().method().text();
    var bearer = bearer(request);
    boolean wirePath =
        path.size() == 3 && path.get(0).equals("spaces") && path.get(2).equals("messages");
    if (method.equals("POST") && bearer.isPresent()) {
      // Google's Java client says so what its transport cannot: PATCH, or a GET of a long URL.
      method = request.headers().first(OVERRIDE).orElse(method).toUpperCase(Locale.ROOT);
    }
    if (wirePath && method.equals("POST")) {
      wire.post(path.get(1), query, request, response);
    } else if (method.equals("POST")
        && legacy(path)
        && (bearer.isEmpty() || !path.getFirst().equals("spaces"))) {
      Answers.rpc(response, WireErrors.LEGACY);
    } else if (wirePath && (method.equals("HEAD") || method.equals("OPTIONS"))) {
      response.header(HeaderNames.ALLOW, "GET, POST");
      Answers.rpc(response, WireErrors.NO_SUCH_METHOD);
    } else {
      api(method, path, query, bearer, request, response);
    }
  }

  /// What stands behind `/v1/`, each part decoded; a slash at the end counts for nothing.
  private static List<String> segments(String rawPath) {
    var segments = new ArrayList<String>(5);
    int start = "/v1/".length();
    while (start < rawPath.length()) {
      int end = rawPath.indexOf('/', start);
      end = end < 0 ? rawPath.length() : end;
      segments.add(Percent.decode(rawPath.substring(start, end), false));
      start = end + 1;
    }
    return segments;
  }

  // Documented as answering «Bad Request» always.
  private static boolean legacy(List<String> path) {
    int size = path.size();
    if (size != 3 && size != 5) {
      return false;
    }
    var kind = path.get(0);
    var last = path.get(size - 1);
    boolean old = kind.equals("rooms") || kind.equals("dms");
    return size == 3
        ? (old && (last.equals("messages") || last.equals("webhooks")))
            || (kind.equals("spaces") && last.equals("webhooks"))
        : old && path.get(2).equals("conversations") && last.equals("messages");
  }

  static Optional<String> bearer(ServerRequest request) {
    return request
        .headers()
        .first(HeaderNames.AUTHORIZATION)
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).strip());
  }

  private void api(
      String method,
      List<String> path,
      Query query,
      Optional<String> bearer,
      ServerRequest request,
      ServerResponse response) {
    if (!Addresses.known(method, path)) {
      Answers.notFound(response);
      return;
    }
    if (bearer.isEmpty()) {
      response.header(HeaderValues.create(HeaderNames.WWW_AUTHENTICATE, "Bearer"));
      Answers.rpc(response, WireErrors.UNAUTHENTICATED);
      return;
    }
    var who = rooms.tokens().person(bearer.get());
    if (who.isEmpty()) {
      response.header(
          HeaderValues.create(HeaderNames.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\""));
      Answers.rpc(response, WireErrors.BAD_BEARER);
      return;
    }
    switch (Bodies.read(request, Limits.BODY_BYTES)) {
      case Body.Refused refused -> Answers.refused(response, refused);
      case Body.Complete(var bytes) -> {
        switch (reply(method, path, new Call(who.get(), query, bytes))) {
          case Reply.Json(var value) ->
              Answers.json(
                  response, 200, query.pretty() ? Answers.pretty(value) : Answers.compact(value));
          case Reply.Refused(var status) -> Answers.rpc(response, status);
          case Reply.NoSuchAddress _ -> Answers.notFound(response);
        }
      }
    }
  }

  private Reply reply(String method, List<String> path, Call call) {
    return switch (path.get(0)) {
      case "spaces" -> space(method, path, call);
      case "spaces:setup" -> spaces.setup(call);
      case "webhooks:find" -> webhooks.find(call);
      case "users" -> user(method, path, call);
      case "tokens" -> token(method, path, call);
      case "signInLinks" -> people.signInLink(call);
      case "policy" -> method.equals("GET") ? server.policy(call) : server.setPolicy(call);
      case "server:backup" -> server.backup(call);
      case "server:reload" -> server.reload(call);
      case "server:doctor" -> server.doctor(call);
      default -> Reply.NO_SUCH_ADDRESS;
    };
  }

  private Reply space(String method, List<String> path, Call call) {
    if (path.size() == 1) {
      return method.equals("GET") ? spaces.list(call) : spaces.create(call);
    }
    var id = path.get(1);
    if (path.size() == 2) {
      return switch (method) {
        case "GET" -> spaces.get(call, id);
        case "PATCH" -> spaces.change(call, id);
        case "DELETE" -> spaces.delete(call, id);
        default -> spaces.restore(call, before(id));
      };
    }
    var inner = path.size() == 4 ? path.get(3) : "";
    return switch (path.get(2)) {
      case "messages" -> message(method, call, id, inner);
      case "members" -> member(method, call, id, inner);
      case "webhooks" -> webhook(method, call, id, inner);
      case "fault" ->
          switch (method) {
            case "GET" -> fault.get(call, id);
            case "POST" -> fault.start(call, id);
            default -> fault.stop(call, id);
          };
      default -> Reply.NO_SUCH_ADDRESS;
    };
  }

  private Reply message(String method, Call call, String id, String inner) {
    if (inner.isEmpty()) {
      return messages.list(call, id);
    }
    return method.equals("GET") ? messages.get(call, id, inner) : messages.delete(call, id, inner);
  }

  private Reply member(String method, Call call, String id, String inner) {
    if (inner.isEmpty()) {
      return method.equals("GET") ? spaces.members(call, id) : spaces.addMember(call, id);
    }
    return method.equals("GET")
        ? spaces.member(call, id, inner)
        : spaces.removeMember(call, id, inner);
  }

  private Reply webhook(String method, Call call, String id, String inner) {
    if (inner.isEmpty()) {
      return method.equals("GET") ? webhooks.list(call, id) : webhooks.create(call, id);
    }
    return switch (method) {
      case "GET" -> webhooks.get(call, id, inner);
      case "PATCH" -> webhooks.change(call, id, inner);
      case "DELETE" -> webhooks.delete(call, id, inner);
      default -> webhooks.rotate(call, id, before(inner));
    };
  }

  private Reply user(String method, List<String> path, Call call) {
    if (path.size() == 1) {
      return method.equals("GET") ? people.list(call) : people.create(call);
    }
    return switch (method) {
      case "GET" -> people.get(call, path.get(1));
      case "PATCH" -> people.change(call, path.get(1));
      default -> people.remove(call, path.get(1));
    };
  }

  private Reply token(String method, List<String> path, Call call) {
    if (path.size() == 2) {
      return people.deleteToken(call, path.get(1));
    }
    return method.equals("GET") ? people.tokens(call) : people.createToken(call);
  }

  // ids have no colon
  private static String before(String idAndVerb) {
    return idAndVerb.substring(0, idAndVerb.indexOf(':'));
  }
}
