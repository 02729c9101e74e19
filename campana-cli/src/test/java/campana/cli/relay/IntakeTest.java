package campana.cli.relay;

import static campana.cli.relay.Relaying.thread;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.cli.Live;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tools post to `/in/ROUTE` of a running server, which delivers to a space of its own.
class IntakeTest {
  private static final String BEARER = "Bearer am-token";

  @TempDir Path data = Path.of("");
  @TempDir Path other = Path.of("");
  private Relaying relay;

  @BeforeEach
  void start() {
    relay = new Relaying(data);
  }

  @AfterEach
  void stop() {
    relay.close();
  }

  private void web() throws IOException {
    relay.routes(
        """
        web:
          source: alertmanager
          auth: { bearer: [am-token, next-token] }
          to: [ops]
        """);
  }

  private static byte[] alert(String name, String status, String startsAt) {
    return """
    {"version":"4","groupKey":"{}:{alertname=\\"%1$s\\"}","truncatedAlerts":0,"status":"%2$s",
     "receiver":"chat-web","groupLabels":{"alertname":"%1$s"},
     "commonLabels":{"alertname":"%1$s","severity":"critical"},"commonAnnotations":{},
     "externalURL":"https://am.example.org",
     "alerts":[{"status":"%2$s","labels":{"alertname":"%1$s","severity":"critical"},
      "annotations":{"summary":"p99 above 2s"},"startsAt":"%3$s",
      "endsAt":"0001-01-01T00:00:00Z","generatorURL":"https://prom.example.org/graph",
      "fingerprint":"9f3c2a7be01d4455"}]}
    """
        .formatted(name, status, startsAt)
        .getBytes(UTF_8);
  }

  private Relaying.Answer alertmanager(String name, String status, String startsAt) {
    return relay.post(
        "/in/web",
        alert(name, status, startsAt),
        "Authorization",
        BEARER,
        "Content-Type",
        "application/json");
  }

  @Test
  void an_episode_is_one_thread_and_each_event_in_it_once_also_over_a_restart() throws IOException {
    try (var far = Live.start(other)) {
      far.says("space", "set", "Quickstart", "--quota", "1000/s,1000");
      var webhook = far.serving().made().orElseThrow().webhookUrl();
      relay.routes(webhook, "web: { source: alertmanager, auth: { bearer: am-token }, to: [ops] }");
      var first = alertmanager("HighLatency", "firing", "2026-03-01T10:00:00.123Z");
      assertThat(first.status()).isEqualTo(200);
      assertThat(first.json().path("status").asString()).isEqualTo("queued");
      assertThat(first.json().path("id").asString()).endsWith(".1");
      relay.restart();
      var again = alertmanager("HighLatency", "firing", "2026-03-01T10:00:00.123Z");
      assertThat(again.json().path("status").asString()).isEqualTo("duplicate");
      assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
      alertmanager("DiskFull", "firing", "2026-03-01T10:00:01Z");
      alertmanager("HighLatency", "resolved", "2026-03-01T10:00:00.123Z");
      relay.delivered(3);
      var messages = Relaying.messages(other, webhook);
      assertThat(messages).hasSize(3);
      assertThat(thread(messages.get(2))).isEqualTo(thread(messages.get(0)));
      assertThat(thread(messages.get(1))).isNotEqualTo(thread(messages.get(0)));
    }
  }

  @Test
  void a_resolution_answers_in_the_thread_that_its_alarm_opened() throws IOException {
    web();
    alertmanager("HighLatency", "firing", "2026-03-01T10:00:00.123Z");
    assertThat(relay.live().says("incidents")).contains("CRITICAL\tweb\t", "HighLatency");
    alertmanager("HighLatency", "resolved", "2026-03-01T10:00:00.123Z");
    assertThat(relay.live().says("incidents")).isEmpty();
    relay.delivered(2);
    var messages = relay.messages();
    assertThat(messages).hasSize(2);
    assertThat(thread(messages.get(0))).isEqualTo(thread(messages.get(1)));
    assertThat(messages.get(1).path("threadReply").asBoolean(false)).isTrue();
  }

  @Test
  void who_has_no_credential_is_refused_without_a_hint_and_a_get_tells_nothing()
      throws IOException {
    web();
    var body = alert("X", "firing", "2026-03-01T10:00:00Z");
    var none = relay.post("/in/web", body);
    var wrong = relay.post("/in/web", body, "Authorization", "Bearer other");
    assertThat(none.status()).isEqualTo(403);
    assertThat(wrong.body()).isEqualTo(none.body()).doesNotContain("am-token", "bearer");
    assertThat(relay.post("/in/web", body, "Authorization", "Bearer next-token").status())
        .isEqualTo(200);
    assertThat(relay.post("/in/nobody", body).status()).isEqualTo(404);
    assertThat(relay.get("/in/web").status()).isEqualTo(404);
    assertThat(relay.get("/in/web").body()).isEqualTo(relay.get("/in/nobody").body());
  }

  @Test
  void bodies_are_capped_inflated_and_judged() throws IOException {
    web();
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(alert("Packed", "firing", "2026-03-01T10:00:00Z"));
    }
    var answer =
        relay.post(
            "/in/web",
            packed.toByteArray(),
            "Authorization",
            BEARER,
            "Content-Encoding",
            "gzip",
            "Content-Type",
            "application/json");
    assertThat(answer.status()).isEqualTo(200);
    var large = relay.post("/in/web", new byte[(1 << 20) + 1], "Authorization", BEARER);
    assertThat(large.status()).isEqualTo(413);
    var broken = relay.post("/in/web", "{".getBytes(UTF_8), "Authorization", BEARER);
    assertThat(broken.status()).isEqualTo(400);
  }

  @Test
  void github_is_known_by_its_signature_over_the_raw_bytes() throws Exception {
    relay.routes(
        """
        git: { source: github, auth: { secret: [old, campana-test-secret] }, to: [ops] }
        """);
    var body =
        """
        {"action":"opened","issue":{"number":7,"title":"Cache","html_url":"https://git.example.org/7",
        "state":"open","user":{"login":"ada"},"labels":[]},
        "repository":{"full_name":"shop/api","html_url":"https://git.example.org"},
        "sender":{"login":"ada"}}\
        """
            .getBytes(UTF_8);
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("campana-test-secret".getBytes(UTF_8), "HmacSHA256"));
    var signature = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    assertThat(github(body, signature).status()).isEqualTo(200);
    body[body.length - 1] = ' ';
    assertThat(github(body, signature).status()).isEqualTo(403);
    relay.delivered(1);
  }

  private Relaying.Answer github(byte[] body, String signature) {
    return relay.post(
        "/in/git",
        body,
        "X-Hub-Signature-256",
        signature,
        "X-GitHub-Event",
        "issues",
        "X-GitHub-Delivery",
        "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        "Content-Type",
        "application/json");
  }

  @Test
  void slack_s_format_is_told_ok_and_its_token_stands_in_the_path() throws IOException {
    relay.routes(
        """
        chat: { source: slack, auth: { path: T0ken_1 }, to: [ops] }
        """);
    var body = "{\"text\":\"Backup failed\"}".getBytes(UTF_8);
    assertThat(relay.post("/in/chat/other", body).status()).isEqualTo(403);
    assertThat(relay.post("/in/chat", body).status()).isEqualTo(403);
    var answer = relay.post("/in/chat/T0ken_1", body, "Content-Type", "application/json");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("ok");
    relay.delivered(1);
    assertThat(relay.messages().getFirst().toString()).contains("Backup failed");
  }

  @Test
  void basic_and_a_header_of_one_s_own_are_wanted_both_where_both_are_named() throws IOException {
    relay.routes(
        """
        cron:
          source: text
          auth: { basic: "ada:pass:word", header: { name: X-Token, value: t1 } }
          to: [ops]
        """);
    var body = "Backup done".getBytes(UTF_8);
    var basic = "Basic YWRhOnBhc3M6d29yZA==";
    assertThat(relay.post("/in/cron", body, "Authorization", basic).status()).isEqualTo(403);
    assertThat(relay.post("/in/cron", body, "X-Token", "t1").status()).isEqualTo(403);
    assertThat(
            relay
                .post(
                    "/in/cron",
                    body,
                    "Authorization",
                    basic,
                    "x-token",
                    "t1",
                    "Content-Type",
                    "text/plain")
                .status())
        .isEqualTo(200);
  }

  @Test
  void a_condition_that_does_not_hold_filters_and_is_counted() throws IOException {
    relay.routes(
        """
        web:
          source: alertmanager
          auth: none
          to: [ops]
          when: "trigger.severity != 'CRITICAL'"
        """);
    var answer = alertmanager("X", "firing", "2026-03-01T10:00:00Z");
    assertThat(answer.json().path("status").asString()).isEqualTo("filtered");
    assertThat(relay.status().path("triggers").path("filtered").asInt()).isEqualTo(1);
    assertThat(relay.status().path("sumsHold").asBoolean()).isTrue();
  }
}
