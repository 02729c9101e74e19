package campana.relay.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyTest {
  private static Source named(String name) {
    return Sources.named(name, Sources.Options.NONE);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"alertmanager, 503", "github, 503", "json, 503", "text, 503", "slack, 429"})
  void when_too_much_waits_each_tool_hears_what_it_tries_again_after(String name, int status) {
    var reply = named(name).reply(new Verdict.Overloaded(Duration.ofSeconds(7)));
    assertThat(reply.status()).isEqualTo(status).isEqualTo(named(name).overloadStatus());
    assertThat(reply.retryIn()).isEqualTo(Optional.of(Duration.ofSeconds(7)));
  }

  @Test
  void slack_clients_hear_slacks_own_words() {
    assertThat(slack(new Verdict.Taken(Verdict.How.QUEUED, "L.1"))).isEqualTo("200 ok");
    assertThat(slack(new Verdict.Taken(Verdict.How.DUPLICATE, ""))).isEqualTo("200 ok");
    assertThat(slack(new Verdict.Unreadable("", "x"))).isEqualTo("400 invalid_payload");
    assertThat(slack(new Verdict.Unreadable("/text", "x"))).isEqualTo("400 no_text");
    assertThat(slack(new Verdict.Unreadable("/attachments", "x")))
        .isEqualTo("400 too_many_attachments");
    assertThat(slack(new Verdict.Denied())).isEqualTo("403 invalid_token");
    assertThat(named("slack").reply(new Verdict.Denied()).contentType()).startsWith("text/plain");
  }

  private static String slack(Verdict verdict) {
    var reply = named("slack").reply(verdict);
    return reply.status() + " " + reply.body();
  }

  @Test
  void all_others_hear_a_small_object() {
    var queued = named("github").reply(new Verdict.Taken(Verdict.How.QUEUED, "L.7"));
    assertThat(queued.body()).isEqualTo("{\"status\":\"queued\",\"id\":\"L.7\"}");
    assertThat(queued.status()).isEqualTo(200);
    assertThat(body(new Verdict.Taken(Verdict.How.DUPLICATE, "L.7"))).contains("duplicate");
    assertThat(body(new Verdict.Taken(Verdict.How.NOTHING, "")))
        .isEqualTo("{\"status\":\"nothing\"}");
    assertThat(body(new Verdict.Unreadable("/alerts", "wanted: an array")))
        .isEqualTo("{\"status\":\"refused\",\"error\":\"/alerts: wanted: an array\"}");
    assertThat(named("json").reply(new Verdict.Unsupported("image/png")).status()).isEqualTo(415);
    assertThat(named("json").reply(new Verdict.TooLarge(9)).status()).isEqualTo(413);
    assertThat(named("json").reply(new Verdict.Denied()).status()).isEqualTo(403);
  }

  private static String body(Verdict verdict) {
    return named("json").reply(verdict).body();
  }
}
