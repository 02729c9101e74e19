package campana.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sends bytes as a test writes them and reads what comes back; one connection a request.
public final class Wire {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PATIENCE_MILLIS = 20_000;

  private final String host;
  private final int port;

  public Wire(String address) {
    var uri = URI.create(address);
    this.host = uri.getHost();
    this.port = uri.getPort();
  }

  /// An answer; its status is 0 where the connection was closed without one.
  public record Answer(int status, Map<String, String> headers, String body) {
    public JsonNode json() {
      return JSON.readTree(body);
    }

    /// `error.status`, the code's name.
    public String code() {
      return json().path("error").path("status").asString("");
    }

    public String message() {
      return json().path("error").path("message").asString("");
    }

    /// The first detail of a type, by its name in google.rpc.
    public JsonNode detail(String type) {
      for (var detail : json().path("error").path("details")) {
        if (detail.path("@type").asString("").equals("type.googleapis.com/google.rpc." + type)) {
          return detail;
        }
      }
      return JSON.missingNode();
    }

    /// The field that the first violation names.
    public String field() {
      return detail("BadRequest").path("fieldViolations").path(0).path("field").asString("");
    }

    public String name() {
      return json().path("name").asString("");
    }

    public String thread() {
      return json().path("thread").path("name").asString("");
    }
  }

  /// POST of a JSON body with its content type.
  public Answer post(String target, String body) {
    return send("POST", target, body.getBytes(UTF_8), "Content-Type: application/json");
  }

  public Answer get(String target, String... headers) {
    return send("GET", target, new byte[0], headers);
  }

  /// A request with a length and these header lines.
  public Answer send(String method, String target, byte[] body, String... headers) {
    var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n");
    for (var header : headers) {
      head.append(header).append("\r\n");
    }
    if (body.length > 0 || method.equals("POST") || method.equals("PATCH")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    return raw(head.toString().getBytes(UTF_8), body);
  }

  /// A call of the resources API.
  public Answer call(String method, String target, String token, String body) {
    return send(
        method,
        target,
        body.getBytes(UTF_8),
        "Authorization: Bearer " + token,
        "Content-Type: application/json");
  }

  /// Bytes, one piece after the other, and the answer to them.
  public Answer raw(byte[]... pieces) {
    try (var socket = new Socket(host, port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      try {
        for (var piece : pieces) {
          socket.getOutputStream().write(piece);
        }
        socket.getOutputStream().flush();
      } catch (IOException e) {
        // refused before all was sent: the answer says why
      }
      return parse(socket.getInputStream().readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer parse(byte[] bytes) {
    var text = new String(bytes, ISO_8859_1);
    var end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return new Answer(0, Map.of(), "");
    }
    var lines = text.substring(0, end).split("\r\n", -1);
    if (lines[0].startsWith("HTTP/1.1 100")) {
      return parse(text.substring(end + 4).getBytes(ISO_8859_1));
    }
    var headers = new LinkedHashMap<String, String>();
    for (int i = 1; i < lines.length; i++) {
      var colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip());
    }
    var body = text.substring(end + 4).getBytes(ISO_8859_1);
    var status = Integer.parseInt(lines[0].split(" ", -1)[1]);
    return new Answer(status, headers, new String(body, UTF_8));
  }
}
