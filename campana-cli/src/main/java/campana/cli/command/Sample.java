package campana.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import campana.relay.RouteSettings;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A request as a route's tool would send it, marked as a test, with the route's own credentials.
///
/// @param headers a secret may be among them
@SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
record Sample(String path, Map<String, String> headers, byte[] body) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TITLE = "Campana test";

  /// @param number tells those of a storm apart; 0 outside of one
  static Sample of(RouteSettings route, boolean resolved, int number, InstantSource clock) {
    var now = Instant.ofEpochMilli(clock.millis());
    var subject = "campana-test" + (number == 0 ? "" : "-" + number);
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", "application/json");
    byte[] body =
        switch (route.source()) {
          case "alertmanager" -> json(alertmanager(subject, resolved, now));
          case "github" -> {
            headers.put("X-GitHub-Event", "issues");
            headers.put("X-GitHub-Delivery", UUID.randomUUID().toString());
            yield json(github(number, resolved));
          }
          case "slack" -> json(slack(subject, resolved));
          case "json" -> json(mapped(route, subject, resolved, now));
          default -> {
            headers.put("Content-Type", "text/plain; charset=utf-8");
            yield (TITLE + ": " + subject + (resolved ? " is resolved" : " fires")).getBytes(UTF_8);
          }
        };
    credentials(route, headers, body);
    var path = "/in/" + route.name();
    return new Sample(
        route.auth().path().isEmpty() ? path : path + "/" + route.auth().path().getFirst(),
        headers,
        body);
  }

  private static void credentials(RouteSettings route, Map<String, String> headers, byte[] body) {
    var auth = route.auth();
    if (!auth.bearer().isEmpty()) {
      headers.put("Authorization", "Bearer " + auth.bearer().getFirst());
    } else if (!auth.basic().isEmpty()) {
      var user = Base64.getEncoder().encodeToString(auth.basic().getFirst().getBytes(UTF_8));
      headers.put("Authorization", "Basic " + user);
    }
    if (!auth.header().isEmpty()) {
      headers.put(auth.headerName(), auth.header().getFirst());
    }
    if (!auth.secret().isEmpty()) {
      headers.put("X-Hub-Signature-256", "sha256=" + hmac(auth.secret().getFirst(), body));
    }
  }

  private static String hmac(String secret, byte[] body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static byte[] json(ObjectNode node) {
    return JSON.writeValueAsBytes(node);
  }

  private static ObjectNode alertmanager(String subject, boolean resolved, Instant now) {
    var root = JSON.createObjectNode();
    var status = resolved ? "resolved" : "firing";
    root.put("version", "4").put("groupKey", "{}:{alertname=\"" + subject + "\"}");
    root.put("truncatedAlerts", 0).put("status", status).put("receiver", "campana");
    root.putObject("groupLabels").put("alertname", subject);
    root.putObject("commonLabels").put("alertname", subject).put("severity", "warning");
    root.putObject("commonAnnotations").put("summary", TITLE + ": nothing is wrong");
    root.put("externalURL", "");
    var alert = root.putArray("alerts").addObject().put("status", status);
    alert.putObject("labels").put("alertname", subject).put("severity", "warning");
    alert.putObject("annotations").put("summary", TITLE + ": nothing is wrong");
    alert.put("startsAt", now.toString());
    alert.put("endsAt", resolved ? now.toString() : "0001-01-01T00:00:00Z");
    alert.put("generatorURL", "").put("fingerprint", "%016x".formatted(subject.hashCode()));
    return root;
  }

  private static ObjectNode github(int number, boolean resolved) {
    var root = JSON.createObjectNode().put("action", resolved ? "closed" : "opened");
    var issue = root.putObject("issue").put("number", 1 + number).put("title", TITLE);
    issue.put("html_url", "https://example.org/issues/" + (1 + number));
    issue.put("state", resolved ? "closed" : "open").putObject("user").put("login", "campana");
    issue.putArray("labels");
    root.putObject("repository")
        .put("full_name", "campana/test")
        .put("html_url", "https://example.org");
    root.putObject("sender").put("login", "campana");
    return root;
  }

  private static ObjectNode slack(String subject, boolean resolved) {
    var root = JSON.createObjectNode().put("text", TITLE).put("thread_ts", subject);
    root.putArray("attachments")
        .addObject()
        .put("color", resolved ? "good" : "danger")
        .put("title", subject)
        .put("text", "nothing is wrong");
    return root;
  }

  /// Fills the places that the route's map names.
  private static ObjectNode mapped(
      RouteSettings route, String subject, boolean resolved, Instant now) {
    var root = JSON.createObjectNode();
    var state = resolved ? "resolved" : "firing";
    var values = new LinkedHashMap<String, String>();
    values.put("id", UUID.randomUUID().toString());
    values.put("subject", subject);
    values.put("title", TITLE);
    values.put("body", subject + ": nothing is wrong");
    values.put("severity", "warning");
    values.put("time", now.toString());
    values.put("state", first(route, "map.state." + state, state));
    values.forEach((field, value) -> {
      var pointer = first(route, "map." + field, first(route, "map." + field + ".pointer", ""));
      if (pointer.startsWith("/")) {
        put(root, List.of(pointer.substring(1).split("/", -1)), value);
      }
    });
    return root.isEmpty() ? root.put("title", TITLE).put("text", subject + " " + state) : root;
  }

  private static String first(RouteSettings route, String key, String otherwise) {
    return route.reading().getOrDefault(key, List.of(otherwise)).getFirst();
  }

  private static void put(ObjectNode at, List<String> path, String value) {
    var inner = at;
    for (var name : path.subList(0, path.size() - 1)) {
      inner = inner.get(name) instanceof ObjectNode there ? there : inner.putObject(name);
    }
    inner.put(path.getLast(), value);
  }
}
