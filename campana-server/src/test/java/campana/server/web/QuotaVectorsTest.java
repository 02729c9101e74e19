package campana.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import campana.server.LiveServer;
import campana.server.Wire;
import campana.server.quota.QuotaRate;
import campana.testkit.Kind;
import campana.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// docs/protocol.md, «Vectors» 64 to 68: one write per second and space.
@ParameterizedClass
@EnumSource(Kind.class)
class QuotaVectorsTest {
  private static final String HI = "{\"text\":\"hi\"}";

  @TempDir Path folder;
  final ManualClock clock = new ManualClock();
  LiveServer server;
  Wire wire;

  @Parameter Kind kind;

  @BeforeEach
  void start() {
    server = new LiveServer(kind, folder, clock);
    wire = server.wire();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void v64_the_second_post_within_a_second_is_refused_with_all_that_a_client_needs() {
    var space = server.slowSpace();
    var target = server.target(server.webhook(space));
    assertThat(wire.post(target, HI).status()).isEqualTo(200);
    clock.advance(Duration.ofMillis(100));
    var answer = wire.post(target, HI);
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.code()).isEqualTo("RESOURCE_EXHAUSTED");
    assertThat(answer.message()).isEqualTo("Resource has been exhausted (e.g. check quota).");
    assertThat(answer.headers()).containsEntry("retry-after", "1");
    assertThat(answer.detail("RetryInfo").path("retryDelay").asString()).isEqualTo("0.9s");
    var violation = answer.detail("QuotaFailure").path("violations").path(0);
    assertThat(violation.path("subject").asString()).isEqualTo(space.name());
    assertThat(violation.path("description").asString()).contains("1/s");
    assertThat(answer.detail("Help").path("links").path(0).path("url").asString())
        .isEqualTo(server.app().base() + "/" + space.name() + "/settings#quota");
    assertThat(server.stored(space)).isOne();
  }

  @Test
  void v65_two_webhooks_of_a_space_share_its_quota() {
    var space = server.slowSpace();
    var first = server.target(server.webhook(space));
    var second = server.target(server.webhook(space));
    assertThat(wire.post(first, HI).status()).isEqualTo(200);
    assertThat(wire.post(second, HI).status()).isEqualTo(429);
  }

  @Test
  void v66_two_spaces_do_not() {
    assertThat(wire.post(server.target(server.webhook(server.slowSpace())), HI).status())
        .isEqualTo(200);
    assertThat(wire.post(server.target(server.webhook(server.slowSpace())), HI).status())
        .isEqualTo(200);
  }

  @Test
  void v67_after_a_second_the_next_post_passes_and_a_refused_one_cost_nothing() {
    var target = server.target(server.webhook(server.slowSpace()));
    assertThat(wire.post(target, HI).status()).isEqualTo(200);
    for (int i = 0; i < 9; i++) {
      clock.advance(Duration.ofMillis(100));
      assertThat(wire.post(target, HI).status()).isEqualTo(429);
    }
    clock.advance(Duration.ofMillis(100));
    assertThat(wire.post(target, HI).status()).isEqualTo(200);
  }

  @Test
  void v68_an_invalid_post_uses_no_slot_up() {
    var target = server.target(server.webhook(server.slowSpace()));
    assertThat(wire.post(target, "{}").status()).isEqualTo(400);
    assertThat(wire.post(target + "x", HI).status()).isEqualTo(403);
    assertThat(wire.post(target, HI).status()).isEqualTo(200);
  }

  @Test
  void a_repeated_request_id_costs_no_slot() {
    var target = server.target(server.webhook(server.slowSpace())) + "&requestId=r";
    assertThat(wire.post(target, HI).status()).isEqualTo(200);
    assertThat(wire.post(target, HI).status()).isEqualTo(200);
  }

  @Test
  void a_space_s_own_quota_holds_with_the_next_post() {
    var space = server.slowSpace();
    var target = server.target(server.webhook(space));
    assertThat(wire.post(target, HI).status()).isEqualTo(200);
    assertThat(wire.post(target, HI).status()).isEqualTo(429);
    server.app().rooms().spaces().setQuota(space.id(), QuotaRate.parse("1/s", 3));
    assertThat(wire.post(target, HI).status()).isEqualTo(200);
    assertThat(wire.post(target, HI).status()).isEqualTo(200);
    var answer = wire.post(target, HI);
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.detail("QuotaFailure").toString()).contains("burst of 3");
  }

  @Test
  void retry_after_is_rounded_up_to_whole_seconds() {
    var space = server.slowSpace();
    server.app().rooms().spaces().setQuota(space.id(), QuotaRate.parse("20/m", 1));
    var target = server.target(server.webhook(space));
    assertThat(wire.post(target, HI).status()).isEqualTo(200);
    clock.advance(Duration.ofMillis(500));
    var answer = wire.post(target, HI);
    assertThat(answer.headers()).containsEntry("retry-after", "3");
    assertThat(answer.detail("RetryInfo").path("retryDelay").asString()).isEqualTo("2.5s");
  }
}
