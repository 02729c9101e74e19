package campana.cli.api;

import campana.wire.RpcCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// The running server's resources API. Every refusal is a [Failure] with the refusal's own text.
public final class Api {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /// Long enough for a backup of a large folder.
  private static final Duration ANSWER = Duration.ofMinutes(10);

  private final HttpClient http;
  private final String address;
  private final String token;
  private final String whence;

  private Api(String address, String token, String whence) {
    this.address = address;
    this.token = token;
    this.whence = whence;
    this.http = client(address);
  }

  /// The server that `CAMPANA_SERVER` and `CAMPANA_TOKEN` name, else the one of the data folder.
  public static Api find(Path data, Map<String, String> environment) {
    var server = environment.getOrDefault("CAMPANA_SERVER", "");
    var token = environment.getOrDefault("CAMPANA_TOKEN", "");
    if (!server.isEmpty() && !token.isEmpty()) {
      return new Api(withoutSlash(server), token, "CAMPANA_SERVER");
    }
    ServerFile file;
    try {
      file = ServerFile.read(data).orElse(null);
    } catch (IOException e) {
      throw Failure.noServer(
          "cannot read " + data.resolve("server.json") + "; run as the user that runs the server");
    }
    if (file == null) {
      throw Failure.noServer(
          "no Campana found in " + data.toAbsolutePath().normalize() + "; " + start(data));
    }
    return new Api(
        server.isEmpty() ? file.address() : withoutSlash(server),
        token.isEmpty() ? file.token() : token,
        data.resolve("server.json").toAbsolutePath().normalize().toString());
  }

  private static String start(Path data) {
    return "start one with: ./campana serve --data " + data;
  }

  private static String withoutSlash(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }

  private static HttpClient client(String address) {
    var builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    var loopback =
        address.startsWith("https://127.")
            || address.startsWith("https://localhost")
            || address.startsWith("https://[::1]");
    return (loopback ? builder.sslContext(LoopbackTrust.context()) : builder).build();
  }

  /// An address with its query, each value encoded.
  ///
  /// @param pairs names and values in turn
  public static String withQuery(String path, String... pairs) {
    var text = new StringBuilder(path);
    for (var i = 0; i < pairs.length; i += 2) {
      text.append(i == 0 ? '?' : '&')
          .append(pairs[i])
          .append('=')
          .append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  public JsonNode get(String path) {
    return exchange("GET", path, "");
  }

  public JsonNode post(String path, JsonNode body) {
    return exchange("POST", path, body.toString());
  }

  public JsonNode patch(String path, JsonNode body) {
    return exchange("PATCH", path, body.toString());
  }

  public JsonNode delete(String path) {
    return exchange("DELETE", path, "");
  }

  /// A list's every page.
  ///
  /// @param field the list's name in each page
  public List<JsonNode> all(String path, String field) {
    var found = new ArrayList<JsonNode>();
    var next = "";
    do {
      var page =
          get(
              next.isEmpty()
                  ? withQuery(path, "pageSize", "1000")
                  : withQuery(path, "pageSize", "1000", "pageToken", next));
      page.path(field).forEach(found::add);
      next = page.path("nextPageToken").asString("");
    } while (!next.isEmpty());
    return found;
  }

  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  private JsonNode exchange(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(uri(path))
            .timeout(ANSWER)
            .header("Authorization", "Bearer " + token)
            .header("Accept", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json; charset=UTF-8");
    }
    var answer = send(request.build());
    var json = json(answer.body());
    if (answer.statusCode() / 100 == 2) {
      return json;
    }
    throw refused(answer.statusCode(), json);
  }

  /// @param json a google.rpc.Status, wrapped in `error` or bare; missing where the body was none
  private static Failure refused(int status, JsonNode json) {
    var error = json.has("error") ? json.path("error") : json;
    var name = error.path("status").asString("");
    var code =
        Arrays.stream(RpcCode.values())
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseGet(() -> RpcCode.ofHttp(status));
    var text = error.path("message").asString("");
    return Failure.of(
        code, code + (text.isEmpty() ? " (HTTP " + status + ")" : ": " + oneLine(text)));
  }

  /// What a route answered.
  public record Answered(int status, String body) {}

  /// Sends a trigger as a tool would: with its own credentials, not with the server's token.
  public Answered trigger(String path, Map<String, String> headers, byte[] body) {
    var request =
        HttpRequest.newBuilder(uri(path)).timeout(ANSWER).POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    var answer = send(request.build());
    return new Answered(answer.statusCode(), answer.body());
  }

  private URI uri(String path) {
    try {
      return URI.create(address + path);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("not an address of this server: " + path);
    }
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw Failure.noServer(
          "no Campana answers at " + address + " (from " + whence + "); is it running?");
    } catch (HttpTimeoutException e) {
      throw Failure.of(RpcCode.DEADLINE_EXCEEDED, address + " did not answer in time");
    } catch (IOException e) {
      throw Failure.noServer("no answer from " + address + " (from " + whence + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.unexpected("interrupted");
    }
  }

  private static JsonNode json(String body) {
    try {
      return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (JacksonException e) {
      return MissingNode.getInstance(); // a proxy's HTML: the status has to do
    }
  }

  /// One line for people out of several, as refusals may have.
  public static String oneLine(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("; "));
  }
}
