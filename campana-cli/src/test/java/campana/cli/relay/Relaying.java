package campana.cli.relay;

import campana.cli.Live;
import campana.cli.api.Api;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server with a space and a config that may name it, posted to as tools do.
final class Relaying implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Path data;
  private Live live;

  /// An answer as a tool sees it.
  record Answer(int status, String body, HttpResponse<?> whole) {
    JsonNode json() {
      return JSON.readTree(body);
    }

    String header(String name) {
      return whole.headers().firstValue(name).orElse("");
    }
  }

  /// With a server that ran before.
  Relaying(Path data, String database) {
    this.data = data;
    this.live = Live.start(data, database);
  }

  /// Without a config yet: its one space is there, and as quick as a test likes.
  Relaying(Path data) {
    this.data = data;
    this.live = Live.start(data);
    live.says("space", "set", "Quickstart", "--quota", "1000/s,1000");
  }

  Live live() {
    return live;
  }

  String webhook() {
    return live.serving().made().map(made -> made.webhookUrl()).orElseGet(this::listed);
  }

  private String listed() {
    return live.says("webhook", "list", "Quickstart", "--json")
        .lines()
        .filter(line -> line.contains("\"url\""))
        .map(line -> line.replaceFirst(".*\"url\"\\s*:\\s*\"", "").replaceFirst("\".*", ""))
        .findFirst()
        .orElseThrow();
  }

  /// Writes the file and has the server take it.
  void config(String yaml) throws IOException {
    Files.writeString(data.resolve("campana.yaml"), yaml);
    live.says("reload");
  }

  /// Routes `stanzas` into the server's own space.
  void routes(String stanzas) throws IOException {
    routes(webhook(), stanzas);
  }

  void routes(String webhook, String stanzas) throws IOException {
    config(
        """
        relay:
          destinations:
            ops: { webhook: "%s", rate: 100/s, allow-private: true }
          routes:
        %s\
        """
            .formatted(webhook, stanzas.indent(4)));
  }

  /// Stops in the orderly way and begins anew with the same folder, at another port.
  void restart() {
    stop();
    begin();
  }

  void stop() {
    live.close();
  }

  void begin() {
    live = Live.start(data);
  }

  /// The same with its data in a PostgreSQL.
  void begin(String database) {
    live = Live.start(data, database);
  }

  Answer post(String path, byte[] body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(live.serving().address() + path))
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  Answer get(String path) {
    return send(HttpRequest.newBuilder(URI.create(live.serving().address() + path)).GET().build());
  }

  private Answer send(HttpRequest request) {
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body(), answer);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  JsonNode status() {
    return JSON.readTree(live.says("relay", "status", "--json"));
  }

  /// Waits until nothing waits, and holds the sums to it.
  void delivered(int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> status().path("entries").path("delivered").asInt(-1) == count);
    if (!status().path("sumsHold").asBoolean(false)) {
      throw new AssertionError(status().toString());
    }
  }

  /// The messages of the space, oldest first.
  List<JsonNode> messages() {
    return messages(data, webhook());
  }

  /// The same of another server.
  static List<JsonNode> messages(Path data, String webhook) {
    var space = webhook.replaceFirst(".*/(spaces/[^/]+)/.*", "$1");
    return Api.find(data, Map.of()).all("/v1/" + space + "/messages", "messages");
  }

  static String thread(JsonNode message) {
    return message.path("thread").path("name").asString("");
  }

  @Override
  public void close() {
    live.close();
  }
}
