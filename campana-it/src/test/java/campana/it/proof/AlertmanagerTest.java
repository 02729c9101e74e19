package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Debian's Alertmanager, set up as docs/relay.md, «First alert from Alertmanager in five minutes»,
/// says, with the sample that we hand out; only address, token and its patience differ.
@Tag("proofs")
final class AlertmanagerTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path SAMPLE =
      Path.of(System.getProperty("campana.root"), "deploy/alertmanager.yml");
  private static final Pattern POST = Pattern.compile("Post .*'(http://[^']+)'");
  private static final Pattern TOKEN = Pattern.compile("credentials: (\\S+)");
  private static final Pattern LISTENS =
      Pattern.compile("Listening on\"? address=127\\.0\\.0\\.1:(\\d+)");

  @TempDir Path folder;

  @Test
  void a_real_alert_opens_one_thread_and_its_resolution_is_a_reply() throws Exception {
    var data = folder.resolve("data");
    try (var server = CampanaProcess.start(data)) {
      var webhook = found(POST, server.output());
      var space = webhook.replaceFirst(".*/(spaces/[^/]+)/.*", "$1");
      var pasted = campana(data, "route add web --source alertmanager --to ops --webhook", webhook);
      assertThat(pasted).contains("url: " + server.address() + "/in/web");
      assertThat(checked(pasted.substring(pasted.indexOf("# alertmanager.yml"))))
          .contains("SUCCESS", "1 receivers");
      campana(data, "reload");
      assertThat(campana(data, "route test web")).contains("queued ");
      assertThat(campana(data, "route test web --resolved")).contains("queued ");
      var sample = messages(server, space, 2);
      assertThat(threads(sample)).hasSize(1);

      var manager = manager(server.address(), found(TOKEN, pasted));
      try {
        var api = api(manager);
        var began = Instant.now().minusSeconds(60);
        alert(api, began, Instant.now().plusSeconds(3600));
        var fired = messages(server, space, 3).getLast();
        assertThat(fired.path("fallbackText").asString("")).contains("High latency");
        assertThat(fired.path("cardsV2").size()).isOne();
        assertThat(fired.toString()).contains("p99 above 2s on web-1").contains("shop");
        assertThat(threads(sample)).doesNotContain(thread(fired));

        alert(api, began, Instant.now());
        var resolved = messages(server, space, 4).getLast();
        assertThat(thread(resolved)).isEqualTo(thread(fired));
        assertThat(resolved.path("threadReply").asBoolean(false)).isTrue();
        assertThat(resolved.path("text").asString("")).contains("esolved");
      } finally {
        manager.destroy();
        assertThat(manager.waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
      var status = JSON.readTree(json(campana(data, "relay status --json")));
      assertThat(status.path("sumsHold").asBoolean(false)).isTrue();
      assertThat(status.path("entries").path("delivered").asInt()).isEqualTo(4);
      assertThat(status.path("triggers").path("received").asInt()).isEqualTo(4);
    }
  }

  @Test
  void with_another_token_it_is_refused_and_says_so() throws Exception {
    var data = folder.resolve("data");
    try (var server = CampanaProcess.start(data)) {
      var webhook = found(POST, server.output());
      campana(data, "route add web --source alertmanager --to ops --webhook", webhook);
      campana(data, "reload");
      var manager = manager(server.address(), "another");
      try {
        alert(api(manager), Instant.now(), Instant.now().plusSeconds(3600));
        await(() -> printed().contains("status code 403"));
      } finally {
        manager.destroy();
        assertThat(manager.waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
      var status = server.call("GET", "/v1/relay/status", "");
      assertThat(status.path("triggers").path("received").asInt()).isZero();
    }
  }

  /// @param line the command's words, split at spaces
  private String campana(Path data, String line, String... more) throws Exception {
    var words = new ArrayList<>(List.of(line.split(" ")));
    words.addAll(List.of(more));
    return Tools.campana(folder, data, words.toArray(String[]::new));
  }

  /// What Alertmanager's own tool says of lines that were printed to be pasted.
  private String checked(String lines) throws Exception {
    var file = folder.resolve("pasted.yml");
    Files.writeString(file, lines + "\nroute:\n  receiver: campana-web\n");
    return Tools.run(folder, Map.of(), "amtool", "check-config", file.toString());
  }

  private static String json(String printed) {
    return printed.substring(printed.indexOf('{'));
  }

  private static String found(Pattern pattern, String text) {
    var matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
    return matcher.group(1);
  }

  private Process manager(URI campana, String token) throws Exception {
    var config = Files.readString(SAMPLE);
    config = replaced(config, "http://127.0.0.1:8080", campana.toString());
    config = replaced(config, "TOKEN", token);
    config = replaced(config, "group_wait: 30s", "group_wait: 1s");
    config = replaced(config, "group_interval: 5m", "group_interval: 1s");
    var file = folder.resolve("alertmanager.yml");
    Files.writeString(file, config);
    return new ProcessBuilder(
            "prometheus-alertmanager",
            "--config.file=" + file,
            "--storage.path=" + folder.resolve("alertmanager"),
            "--web.listen-address=127.0.0.1:0",
            "--cluster.listen-address=")
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }

  private static String replaced(String text, String old, String now) {
    assertThat(text).contains(old);
    return text.replace(old, now);
  }

  private Path log() {
    return folder.resolve("alertmanager.log");
  }

  private String printed() throws Exception {
    return Files.exists(log()) ? Files.readString(log()) : "";
  }

  private URI api(Process manager) throws Exception {
    await(() -> LISTENS.matcher(printed()).find() || !manager.isAlive());
    return URI.create("http://127.0.0.1:" + found(LISTENS, printed()) + "/api/v2/alerts");
  }

  private static void alert(URI api, Instant startsAt, Instant endsAt) throws Exception {
    var body =
        """
        [{"labels": {"alertname": "High latency", "cluster": "shop", "instance": "web-1",
           "severity": "critical"},
          "annotations": {"summary": "p99 above 2s on web-1"},
          "startsAt": "%s", "endsAt": "%s", "generatorURL": "https://prom.example.org/graph"}]
        """
            .formatted(startsAt, endsAt);
    try (var http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(api)
                  .header("Content-Type", "application/json")
                  .timeout(Duration.ofSeconds(20))
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  /// Waits for so many, oldest first.
  private static List<JsonNode> messages(CampanaProcess server, String space, int count)
      throws Exception {
    await(() -> all(server, space).size() >= count);
    var all = all(server, space);
    assertThat(all).hasSize(count);
    return all;
  }

  private static List<JsonNode> all(CampanaProcess server, String space) {
    return server
        .call("GET", "/v1/" + space + "/messages?pageSize=100", "")
        .path("messages")
        .valueStream()
        .toList();
  }

  private static List<String> threads(List<JsonNode> messages) {
    return messages.stream().map(AlertmanagerTest::thread).distinct().toList();
  }

  private static String thread(JsonNode message) {
    return message.path("thread").path("name").asString("");
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofSeconds(40)).until(condition);
  }
}
