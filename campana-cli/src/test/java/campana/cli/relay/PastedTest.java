package campana.cli.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `route add` prints works when it is pasted: each tool's request is made from those lines
/// alone.
class PastedTest {
  @TempDir Path data = Path.of("");
  private Relaying relay;

  @BeforeEach
  void start() {
    relay = new Relaying(data);
  }

  @AfterEach
  void stop() {
    relay.close();
  }

  private String added(String source) throws IOException {
    var printed =
        relay
            .live()
            .says(
                "route",
                "add",
                source,
                "--source",
                source,
                "--to",
                "ops",
                "--webhook",
                relay.webhook());
    var config = data.resolve("campana.yaml");
    Files.writeString(
        config,
        Files.readString(config)
            .replaceFirst("( +)allow-private: true", "$1allow-private: true\n$1rate: 100/s"));
    relay.live().says("reload");
    return printed;
  }

  private static String after(String words, String text) {
    var found = Pattern.compile(words + "\\s*(\\S+)").matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(1);
  }

  private String path(String url) {
    assertThat(url).startsWith(relay.live().serving().address());
    return url.substring(relay.live().serving().address().length());
  }

  @Test
  void alertmanager_with_address_and_credentials() throws IOException {
    var printed = added("alertmanager");
    assertThat(printed).contains("receivers:", "send_resolved: true");
    var body =
        """
        {"version":"4","groupKey":"g","status":"firing","receiver":"r","groupLabels":{},
         "commonLabels":{"alertname":"Pasted"},"commonAnnotations":{},"externalURL":"",
         "alerts":[{"status":"firing","labels":{"alertname":"Pasted"},"annotations":{},
          "startsAt":"2026-03-01T10:00:00Z","fingerprint":"1"}]}
        """;
    taken(
        relay.post(
            path(after("url:", printed)),
            body.getBytes(UTF_8),
            "Authorization",
            "Bearer " + after("credentials:", printed)));
  }

  @Test
  void github_with_payload_url_and_secret() throws Exception {
    var printed = added("github");
    var body =
        """
        {"action":"opened","issue":{"number":7,"title":"Pasted","html_url":"https://x.example/7",
        "state":"open","user":{"login":"ada"},"labels":[]},"repository":{"full_name":"shop/api",
        "html_url":"https://x.example"},"sender":{"login":"ada"}}\
        """
            .getBytes(UTF_8);
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(after("Secret", printed).getBytes(UTF_8), "HmacSHA256"));
    taken(
        relay.post(
            path(after("Payload URL", printed)),
            body,
            "Content-Type",
            after("Content type", printed),
            "X-GitHub-Event",
            "issues",
            "X-GitHub-Delivery",
            "72d3162e-cc78-11e3-81ab-4c9367dc0958",
            "X-Hub-Signature-256",
            "sha256=" + HexFormat.of().formatHex(mac.doFinal(body))));
  }

  @Test
  void slack_with_an_address_alone() throws IOException {
    var printed = added("slack");
    var url = printed.lines().filter(line -> line.startsWith("http")).findFirst().orElseThrow();
    var answer = relay.post(path(url), "{\"text\":\"Pasted\"}".getBytes(UTF_8));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("ok");
    relay.delivered(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void a_curl_line_as_it_stands(String source) throws IOException, InterruptedException {
    var line = added(source);
    var shell = new ProcessBuilder("sh", "-c", line).redirectErrorStream(true).start();
    assertThat(new String(shell.getInputStream().readAllBytes(), UTF_8))
        .contains("\"status\":\"queued\"");
    assertThat(shell.waitFor()).isZero();
    relay.delivered(1);
    assertThat(relay.messages().getFirst().toString()).contains("Backup done");
  }

  private void taken(Relaying.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().path("status").asString()).isEqualTo("queued");
    relay.delivered(1);
    assertThat(relay.messages().getFirst().toString()).contains("Pasted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alertmanager", "github", "slack", "json", "text"})
  void its_sample_goes_through_everything_firing_resolved_and_as_a_storm(String source)
      throws IOException {
    added(source);
    var said = new ArrayList<String>();
    said.add(relay.live().says("route", "test", source));
    said.add(relay.live().says("route", "test", source, "--firing"));
    said.add(relay.live().says("route", "test", source, "--resolved"));
    said.addAll(relay.live().says("route", "test", source, "--storm", "20").lines().toList());
    assertThat(said).hasSize(23);
    var queued =
        said.stream().filter(line -> line.startsWith("queued") || line.equals("ok")).toList();
    relay.delivered(queued.size());
    var messages = relay.messages();
    assertThat(messages).hasSize(queued.size());
    assertThat(messages)
        .allSatisfy(m -> assertThat(m.toString()).containsPattern("[Cc]ampana[- ]test"));
    assertThat(List.of("alertmanager", "github", "slack").contains(source))
        .as("its resolution answers in the thread of its alarm")
        .isEqualTo(
            messages.stream().skip(1).limit(2).anyMatch(m -> threadOf(m, messages.getFirst())));
  }

  private static boolean threadOf(
      tools.jackson.databind.JsonNode one, tools.jackson.databind.JsonNode other) {
    return Relaying.thread(one).equals(Relaying.thread(other));
  }
}
