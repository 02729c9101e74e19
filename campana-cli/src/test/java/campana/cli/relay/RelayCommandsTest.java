package campana.cli.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.cli.Live;
import campana.cli.Ran;
import campana.testkit.ScriptedChat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands about routes, lanes and dead letters, against a running server.
class RelayCommandsTest {
  @TempDir Path data = Path.of("");
  @TempDir Path elsewhere = Path.of("");
  private Relaying relay;

  @BeforeEach
  void start() {
    relay = new Relaying(data);
  }

  @AfterEach
  void stop() {
    relay.close();
  }

  private void cron() throws IOException {
    relay.routes("cron: { source: text, auth: { bearer: t }, to: [ops] }");
  }

  private int post(String text) {
    return relay
        .post(
            "/in/cron",
            text.getBytes(UTF_8),
            "Authorization",
            "Bearer t",
            "Content-Type",
            "text/plain")
        .status();
  }

  @Test
  void a_first_route_is_added_taken_and_tried_through_everything() {
    var added =
        relay
            .live()
            .campana(
                "route",
                "add",
                "web",
                "--source",
                "alertmanager",
                "--to",
                "ops",
                "--webhook",
                relay.webhook());
    assertThat(added.exitCode()).as(added.err()).isZero();
    assertThat(added.out())
        .contains("webhook_configs:")
        .contains("/in/web")
        .contains("credentials: ");
    relay.live().says("reload");
    assertThat(relay.live().says("route", "list"))
        .startsWith("web\talertmanager\tops\tbearer\tper-subject");
    assertThat(relay.live().says("route", "list", "--json")).contains("\"bearer\"");
    assertThat(relay.live().says("route", "test", "web")).startsWith("queued ");
    assertThat(relay.live().says("route", "test", "web", "--resolved")).startsWith("queued ");
    assertThat(relay.live().says("route", "test", "web", "--storm", "3").lines()).hasSize(3);
    relay.delivered(5);
    var messages = relay.messages();
    assertThat(messages).hasSize(5);
    assertThat(Relaying.thread(messages.get(0))).isEqualTo(Relaying.thread(messages.get(1)));
    assertThat(messages.toString()).contains("Campana test");
  }

  @Test
  void each_source_s_sample_is_taken_by_its_route() throws IOException {
    relay.routes(
        """
        git: { source: github, auth: { secret: s }, to: [ops] }
        chat: { source: slack, auth: { path: p }, to: [ops] }
        cron: { source: text, auth: { basic: "u:p" }, to: [ops] }
        zab: { source: json, auth: { header: { name: X-T, value: h } }, to: [ops], map: { subject: /a/host, title: /a/name, state: /a/status } }
        """);
    for (var route : new String[] {"git", "chat", "cron", "zab"}) {
      assertThat(relay.live().campana("route", "test", route)).matches(ran -> ran.exitCode() == 0);
    }
    relay.delivered(4);
    assertThat(relay.live().campana("route", "test", "none").exitCode()).isEqualTo(2);
  }

  private static String first(String line) {
    return line.substring(0, line.indexOf('\t'));
  }

  @Test
  void a_paused_lane_keeps_what_comes_until_it_is_resumed() throws IOException {
    cron();
    assertThat(post("first")).isEqualTo(200);
    relay.delivered(1);
    var lane = first(relay.live().says("relay", "lane", "list"));
    assertThat(relay.live().says("relay", "lane", "pause", lane)).isEqualTo("relay/lanes/" + lane);
    assertThat(post("second")).isEqualTo(200);
    assertThat(relay.live().says("relay", "lane", "list")).contains("paused\t1");
    relay.live().says("relay", "lane", "resume", lane);
    relay.delivered(2);
    assertThat(relay.live().campana("relay", "lane", "pause", "nobody").exitCode()).isEqualTo(15);
  }

  @Test
  void a_dead_letter_is_shown_replayed_and_discarded() throws IOException {
    try (var upstream = Live.start(elsewhere)) {
      relay.config(
          """
          relay:
            upstream: { url: "%s", rate: 100/s, allow-private: true }
          """
              .formatted(upstream.serving().address()));
      strangerIsRefused();
    }
  }

  private void strangerIsRefused() {
    var far = relay.live();
    // a stranger's post to a space that nobody has is refused there, and dead
    var path = "/v1/spaces/STRANGER/messages?key=nobody&token=nobody";
    assertThat(relay.post(path, "{\"text\":\"poison\"}".getBytes(UTF_8)).status()).isEqualTo(200);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> relay.status().path("entries").path("dead").asInt() == 1);
    var listed = far.says("relay", "dead", "list");
    var id = first(listed);
    assertThat(listed).contains("poison").doesNotContain("nobody");
    assertThat(far.says("relay", "dead", "show", id)).contains("state\tDEAD").contains("attempt\t");
    assertThat(far.says("relay", "dead", "show", id, "--json")).contains("\"attemptLog\"");
    assertThat(far.campana("relay", "dead", "show", "x.1").exitCode()).isEqualTo(15);
    assertThat(far.campana("relay", "dead", "replay").exitCode()).isEqualTo(2);
    assertThat(far.says("relay", "dead", "discard", id)).isEmpty();
    assertThat(far.says("relay", "dead", "list")).isEmpty();
    assertThat(relay.status().path("entries").path("discarded").asInt()).isEqualTo(1);
    assertThat(relay.status().path("sumsHold").asBoolean()).isTrue();
    assertThat(far.says("relay", "dead", "replay", "--all")).isEqualTo("0 replayed");
  }

  @Test
  void a_preview_shows_what_would_be_sent_and_sends_nothing() throws IOException {
    cron();
    var file = Files.writeString(elsewhere.resolve("payload"), "Backup done");
    var ran =
        relay
            .live()
            .campana(
                "relay",
                "preview",
                "cron",
                file.toString(),
                "--header",
                "Content-Type: text/plain");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("Backup done");
    assertThat(ran.err()).contains("to ops");
    assertThat(relay.status().path("triggers").path("received").asInt()).isZero();
  }

  @Test
  void metrics_have_the_sums_and_name_no_space() throws IOException {
    cron();
    post("counted");
    relay.delivered(1);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(relay.get("/metrics").body())
                .contains("campana_relay_triggers_total{fate=\"received\"} 1.0")
                .contains("campana_relay_entries{fate=\"delivered\"} 1.0")
                .contains("campana_relay_lanes_known 1.0")
                .contains("campana_relay_lanes_waiting 0.0")
                .contains("campana_relay_oldest_seconds 0.0")
                .contains("campana_relay_attempts_total{outcome=\"delivered\"} 1.0")
                .contains("campana_relay_attempts_total{outcome=\"denied\"} 0.0")
                .doesNotContain("spaces/", "cmp"));
  }

  @Test
  void who_is_no_owner_reads_nothing_of_it() throws IOException {
    cron();
    assertThat(relay.get("/v1/relay/lanes").status()).isEqualTo(401);
    assertThat(relay.get("/v1/relay/lanes").header("WWW-Authenticate")).isEqualTo("Bearer");
  }

  @Test
  void without_a_relay_the_commands_say_so() {
    var ran = relay.live().campana("relay", "status");
    assertThat(ran.exitCode()).isEqualTo(19);
    assertThat(ran.err()).contains("relay.routes");
    assertThat(relay.get("/in/web").status()).isEqualTo(404);
  }

  @Test
  void a_backup_holds_what_waits_and_a_restore_brings_it_back() throws IOException {
    cron();
    post("kept");
    relay.delivered(1);
    var zip = elsewhere.resolve("all.zip");
    assertThat(relay.live().campana("backup", zip.toString()).err()).contains("relay.db");
    var target = elsewhere.resolve("restored");
    assertThat(Ran.campana("restore", zip.toString(), "--data", target.toString()).exitCode())
        .isZero();
    assertThat(target.resolve("relay.db")).exists();
  }

  @Test
  void a_new_key_seals_what_the_relay_keeps_too_and_what_waits_is_delivered_under_it()
      throws IOException {
    try (var far = ScriptedChat.start()) {
      relay.routes(far.url("AAA"), "cron: { source: text, auth: { bearer: t }, to: [ops] }");
      post("first");
      relay.delivered(1);
      var lane = first(relay.live().says("relay", "lane", "list"));
      relay.live().says("relay", "lane", "pause", lane);
      assertThat(post("kept")).isEqualTo(200);
      relay.stop();
      var old = Files.readString(data.resolve("secret.key"));
      var rotated = Ran.campana("key", "rotate", "--data", data.toString());
      assertThat(rotated.exitCode()).as(rotated.err()).isZero();
      assertThat(rotated.err()).as("three of the server, one address").contains("4 secrets sealed");
      assertThat(Files.readString(data.resolve("secret.key"))).startsWith(old).isNotEqualTo(old);
      relay.begin();
      relay.live().says("relay", "lane", "resume", lane);
      relay.delivered(2);
      assertThat(far.requests().getLast().body()).contains("kept");
      var target = far.url("AAA").substring(far.address().toString().length());
      assertThat(far.requests().getLast().target()).startsWith(target);
    }
  }

  @Test
  void a_config_with_a_mistake_changes_nothing() throws IOException {
    cron();
    Files.writeString(data.resolve("campana.yaml"), "relay: { routes: { cron: { source: x } } }");
    assertThat(relay.live().campana("reload").exitCode()).isEqualTo(2);
    assertThat(post("still taken")).isEqualTo(200);
    relay.delivered(1);
  }
}
