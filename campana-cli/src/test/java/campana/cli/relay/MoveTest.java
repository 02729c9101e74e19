package campana.cli.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.cli.Ran;
import campana.cli.api.Api;
import campana.testdb.TestPostgres;
import campana.testkit.ScriptedAnswer;
import campana.testkit.ScriptedChat;
import campana.testkit.ScriptedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// A folder that the running program filled, moved into a PostgreSQL, where the program goes on.
class MoveTest {
  private static final String FALLBACK = "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD";
  private static final List<String> WAITING = List.of("first", "second", "third");

  @TempDir Path data = Path.of("");
  @TempDir Path killed = Path.of("");
  private final String url = TestPostgres.ofItsOwn();
  private final ScriptedChat far = ScriptedChat.start();
  private Relaying relay;
  private String webhook = "";
  private String lane = "";
  private Relaying.Answer keyed;
  private Relaying.Answer provisional;

  @BeforeEach
  void fill() throws IOException {
    relay = new Relaying(data);
    webhook = relay.webhook().replaceFirst("http://[^/]+", "");
    relay.config(
        """
        relay:
          upstream: { url: "%s", rate: 100/s, allow-private: true }
          destinations:
            ops: { webhook: "%s", rate: 100/s, allow-private: true }
          routes:
            cron: { source: text, auth: { bearer: t }, to: [ops] }
            web: { source: alertmanager, auth: { bearer: t }, to: [ops] }
        """
            .formatted(far.address(), far.url("AAA")));
    chat();
    relayed();
  }

  private void chat() {
    keyed =
        posted("&requestId=r1" + FALLBACK, "{\"text\":\"one\",\"thread\":{\"threadKey\":\"k\"}}");
    posted("&messageId=client-own", "{\"text\":\"two \\u0000 tab\\t back\\\\slash\\nline 🔔\"}");
    var gone = posted("", "{\"text\":\"removed\"}");
    assertThat(relay.live().campana("user", "create", "ada@example.org").exitCode()).isZero();
    relay.live().says("space", "add-member", "Quickstart", "ada@example.org");
    Api.find(data, Map.of()).delete("/v1/" + gone.json().path("name").asString());
  }

  private void relayed() {
    far.then(ScriptedAnswer.error(400, "INVALID_ARGUMENT", "no"));
    var dead = cron("dead letter");
    lane = dead.json().path("id").asString().replaceFirst("\\..*", "");
    await("dead");
    cron("delivered");
    await("delivered");
    relay.live().says("relay", "lane", "pause", lane);
    WAITING.forEach(this::cron);
    alarm("firing");
    provisional = proxied("", "{\"text\":\"through the proxy\"}");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> texts().contains("through the proxy"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> relay.status().path("entries").path("delivered").asInt() == 2);
  }

  private void await(String fate) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> relay.status().path("entries").path(fate).asInt() == 1);
  }

  @AfterEach
  void stop() {
    relay.close();
    far.close();
  }

  private Relaying.Answer posted(String query, String body) {
    var answer = relay.post(webhook + query, body.getBytes(UTF_8));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private Relaying.Answer proxied(String query, String body) {
    var path = far.url("PPP").substring(far.address().toString().length());
    var answer = relay.post(path + query, body.getBytes(UTF_8));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private Relaying.Answer cron(String text) {
    var answer =
        relay.post(
            "/in/cron",
            text.getBytes(UTF_8),
            "Authorization",
            "Bearer t",
            "Content-Type",
            "text/plain");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private Relaying.Answer alarm(String status) {
    return relay.post(
        "/in/web",
        """
        {"version":"4","groupKey":"g","status":"%1$s","receiver":"r",
         "groupLabels":{"alertname":"Slow"},"commonLabels":{"alertname":"Slow"},
         "commonAnnotations":{},"externalURL":"https://am.example.org",
         "alerts":[{"status":"%1$s","labels":{"alertname":"Slow"},"annotations":{},
          "startsAt":"2026-03-01T10:00:00Z","endsAt":"0001-01-01T00:00:00Z",
          "generatorURL":"https://prom.example.org/graph","fingerprint":"9f3c2a7be01d4455"}]}
        """
            .formatted(status)
            .getBytes(UTF_8),
        "Authorization",
        "Bearer t",
        "Content-Type",
        "application/json");
  }

  private List<String> texts() {
    return far.requests().stream().map(MoveTest::text).toList();
  }

  private static String text(ScriptedRequest request) {
    return JsonMapper.shared().readTree(request.body()).path("text").asString("");
  }

  /// What people and programs see of it all, but for the port and what is only kept in memory.
  private String seen() {
    var live = relay.live();
    return Stream.of(
            relay.messages().toString(),
            live.says("space", "list", "--json"),
            live.says("space", "members", "Quickstart", "--json"),
            live.says("webhook", "list", "Quickstart", "--json"),
            live.says("user", "list", "--json"),
            live.says("relay", "status", "--json"),
            live.says("relay", "lane", "list", "--json"),
            live.says("relay", "dead", "list", "--json"),
            live.says("relay", "dead", "show", lane + ".1", "--json"),
            live.says("incidents", "--json"))
        .map(text -> text.replaceAll("http://127.0.0.1:\\d+/(v1/)?spaces/cmp", "spaces/cmp"))
        .map(text -> text.replaceAll(",\\s*\"lastUseTime\" : \"[^\"]*\"", ""))
        .map(text -> text.replaceAll("(\\.\\d{3})\\d*Z\"", "$1Z\""))
        .reduce("", (all, text) -> all + "\n" + text);
  }

  private static Ran move(Path from, String to) {
    return Ran.campana("move", "--from", from.toString(), "--to", to);
  }

  @Test
  void all_of_it_comes_over_and_goes_on() throws IOException {
    var running = move(data, url);
    assertThat(running.exitCode()).isEqualTo(2);
    assertThat(running.err()).contains("in use by a running server").hasLineCount(1);
    var before = seen();
    relay.stop();
    var file = Files.readAllBytes(data.resolve("campana.db"));
    var outbox = Files.readAllBytes(data.resolve("relay.db"));

    var moved = move(data, url);
    assertThat(moved.exitCode()).as(moved.err()).isZero();
    assertThat(moved.out()).isEqualTo(url.replaceFirst("//.*@", "//"));
    assertThat(moved.err())
        .contains("chat.message: 3 rows, the same on both sides")
        .contains("relay.entry: 7 rows")
        .contains(data.resolve("secret.key").toString());
    assertThat(Arrays.equals(Files.readAllBytes(data.resolve("campana.db")), file)).isTrue();
    assertThat(Arrays.equals(Files.readAllBytes(data.resolve("relay.db")), outbox)).isTrue();

    relay.begin(url);
    assertThat(seen()).isEqualTo(before);
    goesOn();
    var inUse = move(killed(), url);
    assertThat(inUse.exitCode()).isEqualTo(2);
    assertThat(inUse.err()).contains("in use by a running server").hasLineCount(1);
    relay.stop();
    var full = move(data, url);
    assertThat(full.exitCode()).isEqualTo(2);
    assertThat(full.err()).contains("holds data already").hasLineCount(1);
    relay.begin(url);
  }

  /// What was only appended, and is filed later, comes over, too.
  @Test
  void so_does_what_a_killed_server_left() throws IOException {
    var before = seen();
    var folder = killed();
    relay.stop();
    var moved = move(folder, url);
    assertThat(moved.exitCode()).as(moved.err()).isZero();
    relay = new Relaying(folder, url);
    assertThat(seen()).isEqualTo(before);
    goesOn();
  }

  /// The files as they are at this moment.
  private Path killed() throws IOException {
    for (var name :
        List.of("campana.db", "campana.db-wal", "relay.db", "relay.db-wal", "campana.yaml")) {
      if (Files.exists(data.resolve(name))) {
        Files.copy(data.resolve(name), killed.resolve(name));
      }
    }
    Files.copy(data.resolve("secret.key"), killed.resolve("secret.key"));
    return killed;
  }

  private void goesOn() {
    var again = posted("&requestId=r1" + FALLBACK, "{\"text\":\"another\"}");
    assertThat(again.json()).as("the request is known").isEqualTo(keyed.json());
    var reply = posted(FALLBACK, "{\"text\":\"more\",\"thread\":{\"threadKey\":\"k\"}}");
    assertThat(reply.json().path("thread")).as("its key").isEqualTo(keyed.json().path("thread"));
    var taken = relay.post(webhook + "&messageId=client-own", "{\"text\":\"x\"}".getBytes(UTF_8));
    assertThat(taken.status()).as(taken.body()).isEqualTo(409);
    assertThat(relay.messages().getLast().path("text").asString()).isEqualTo("more");

    var repeated = alarm("firing");
    assertThat(repeated.json().path("status").asString()).isEqualTo("duplicate");
    alarm("resolved");
    var thread = provisional.json().path("thread").path("name").asString();
    proxied(FALLBACK, "{\"text\":\"reply\",\"thread\":{\"name\":\"" + thread + "\"}}");
    relay.live().says("relay", "lane", "resume", lane);
    relay.live().says("relay", "dead", "replay", "--all");
    relay.delivered(9);
    assertThat(texts().stream().filter(WAITING::contains)).as("in order, once").isEqualTo(WAITING);
    var threads =
        far.requests().stream()
            .map(request -> JsonMapper.shared().readTree(request.body()))
            .map(body -> body.path("thread").path("threadKey").asString(""))
            .filter(key -> !key.isEmpty())
            .toList();
    assertThat(threads).as("the alarm's and its end's").hasSize(2);
    assertThat(threads.getFirst()).isEqualTo(threads.getLast());
    assertThat(relay.live().says("incidents")).isEmpty();
  }
}
