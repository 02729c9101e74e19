package campana.relay.delivery;

import static campana.testkit.ManualClock.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Answer;
import campana.relay.outbox.Credential;
import campana.relay.outbox.EntryId;
import campana.relay.outbox.Outcome;
import campana.relay.outbox.Step;
import campana.relay.outbox.Step.Doubts;
import campana.relay.outbox.Step.Finish;
import campana.relay.outbox.Step.StandBack;
import campana.relay.outbox.Threading.Missing;
import campana.relay.outbox.Trail;
import campana.relay.outbox.Trust;
import campana.relay.outbox.Turn;
import campana.wire.WebhookUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
  private static final Pace PACE = new Pace(Duration.ofSeconds(1));
  private static final Credential OPS =
      Credential.of(
          WebhookUrl.parse("https://chat.example.org/v1/spaces/AAA/messages?key=k&token=t"), "ops");

  /// Jitter drawn at its ceiling.
  private final RetryPolicy policy = new RetryPolicy(Backoff.DEFAULT, NOON, () -> 1);

  private record Case(
      int failures, boolean unanswered, Missing missing, Trust trust, int probes, boolean aside) {
    static final Case PLAIN = new Case(0, false, Missing.FALLBACK, Trust.PROVEN, 0, false);

    Case failed(int times) {
      return new Case(times, unanswered, missing, trust, probes, aside);
    }

    Case stoodBack() {
      return new Case(failures, unanswered, missing, trust, probes, true);
    }

    Turn turn() {
      return new Turn(
          new EntryId("lane", 7),
          OPS,
          new byte[0],
          "",
          "r",
          missing,
          failures,
          failures,
          unanswered,
          trust,
          probes,
          aside,
          NOON,
          Trail.NONE);
    }
  }

  private static Answer answer(int status) {
    return new Answer(status, "" + status, new byte[0]);
  }

  private static Outcome outcome(int status, Duration retryIn) {
    var asked = retryIn.isZero() ? Optional.<Duration>empty() : Optional.of(retryIn);
    return switch (status) {
      case 0 -> new Outcome.Later(answer(0), true, asked);
      case 200 -> new Outcome.Delivered(answer(200), "m", "t");
      case 401, 403, 404 -> new Outcome.Denied(answer(status));
      case 409 -> new Outcome.Taken(answer(409));
      case 429 -> new Outcome.Throttled(answer(429), asked);
      case 500, 503 -> new Outcome.Later(answer(status), false, asked);
      default -> new Outcome.Rejected(answer(status));
    };
  }

  private Decision after(int status, Case turn, Course course) {
    return policy.after(outcome(status, Duration.ZERO), turn.turn(), course, PACE, NOON);
  }

  private static long free(Decision decision) {
    return Duration.between(NOON, decision.freeAt()).toMillis();
  }

  @ParameterizedTest(name = "{0}, unanswered before: {1}, option {2}, {3} -> {4}")
  @CsvSource({
    "200, false, FALLBACK, PROVEN,   Finish",
    "200, false, FALLBACK, UNPROVEN, Finish",
    "429, false, FALLBACK, PROVEN,   Wait",
    "503, false, FALLBACK, PROVEN,   Retry",
    "500, false, FALLBACK, UNPROVEN, Retry",
    "0,   false, FALLBACK, PROVEN,   Retry", // a time-out or a reset
    "409, false, FALLBACK, PROVEN,   Bury",
    "409, true,  FALLBACK, PROVEN,   Finish", // it was ours
    "400, false, FALLBACK, PROVEN,   Bury",
    "413, false, FALLBACK, PROVEN,   Bury",
    "418, false, FALLBACK, PROVEN,   Bury",
    "302, false, FALLBACK, PROVEN,   Bury", // not followed
    "404, false, FAIL,     PROVEN,   Bury",
    "404, false, FALLBACK, PROVEN,   Hold",
    "403, false, FAIL,     PROVEN,   Hold",
    "401, false, FALLBACK, PROVEN,   Hold",
    "403, false, FALLBACK, HELD,     Hold",
    "403, false, FALLBACK, UNPROVEN, Refuse",
    "404, false, FALLBACK, UNPROVEN, Refuse",
  })
  void each_answer_has_its_step(
      int status, boolean unanswered, Missing missing, Trust trust, String step) {
    var turn = new Case(0, unanswered, missing, trust, 0, false);
    var decision = after(status, turn, Course.FIRST);
    assertThat(decision.step().getClass().getSimpleName()).isEqualTo(step);
    assertThat(free(decision)).isGreaterThanOrEqualTo(1020);
  }

  @Test
  void a_409_for_what_an_earlier_process_may_have_sent_is_a_delivery() {
    var later = new RetryPolicy(Backoff.DEFAULT, NOON.plusSeconds(1), () -> 1);
    var decision =
        later.after(outcome(409, Duration.ZERO), Case.PLAIN.turn(), Course.FIRST, PACE, NOON);
    assertThat(decision.step()).isEqualTo(new Finish("", "", Doubts.COUNT));
  }

  @ParameterizedTest(name = "{0} failures before in this lane -> {1} ms")
  @CsvSource({"0, 1020", "1, 2000", "2, 4000", "3, 8000"})
  void a_failing_lane_waits_longer_each_time(int failures, long wait) {
    var course = new Course(failures, 0, false, false, Instant.EPOCH, Course.FIRST.order());
    assertThat(free(after(503, Case.PLAIN.failed(failures), course))).isEqualTo(wait);
  }

  @Test
  void the_wait_that_the_far_side_asks_for_is_kept_for_an_hour_at_most() {
    var asked = outcome(503, Duration.ofSeconds(90));
    var long_ = outcome(429, Duration.ofDays(2));
    var turn = Case.PLAIN.turn();
    assertThat(policy.after(asked, turn, Course.FIRST, PACE, NOON).freeAt())
        .isEqualTo(NOON.plusSeconds(90));
    assertThat(policy.after(long_, turn, Course.FIRST, PACE, NOON).freeAt())
        .isEqualTo(NOON.plusSeconds(3600));
  }

  @Test
  void a_429_waits_a_second_then_by_full_jitter_and_slows_the_lane() {
    var first = after(429, Case.PLAIN, Course.FIRST);
    assertThat(free(first)).isEqualTo(1270);
    var second = after(429, Case.PLAIN, first.course());
    assertThat(free(second)).isEqualTo(2000);
    var third = after(429, Case.PLAIN, second.course());
    assertThat(free(third)).isEqualTo(4000);
    assertThat(third.course().failures()).isZero();
  }

  @Test
  void after_five_failures_in_a_row_an_entry_stands_back_and_the_lane_goes_on() {
    var course = Course.FIRST;
    for (var failures = 0; failures < 4; failures++) {
      var decision = after(503, Case.PLAIN.failed(failures), course);
      assertThat(decision.step()).isEqualTo(new Step.Retry(false));
      course = decision.course();
    }
    var fifth = after(503, Case.PLAIN.failed(4), course);
    assertThat(fifth.step()).isEqualTo(new StandBack(false, NOON.plusSeconds(16), false));
    assertThat(free(fifth)).isEqualTo(1020);
    assertThat(fifth.course().trial()).isTrue();
  }

  @Test
  void when_the_next_one_passes_failures_count_when_it_fails_nothing_does() {
    var trial = new Course(5, 0, true, false, Instant.EPOCH, Course.FIRST.order());
    var passed = after(200, Case.PLAIN, trial);
    assertThat(passed.step()).isEqualTo(new Finish("m", "t", Doubts.COUNT));
    assertThat(passed.course().trial()).isFalse();

    var failed = after(503, Case.PLAIN, trial);
    assertThat(failed.step()).isEqualTo(new StandBack(false, NOON, true));
    assertThat(failed.course().down()).isTrue();
    assertThat(free(failed)).as("the lane backs off").isEqualTo(32_000);
    var up = after(200, Case.PLAIN, failed.course());
    assertThat(up.step()).isEqualTo(new Finish("m", "t", Doubts.FORGIVE));
  }

  @Test
  void one_that_stood_back_may_fail_again_without_the_lane_being_down() {
    var trial = new Course(5, 0, true, false, Instant.EPOCH, Course.FIRST.order());
    var decision = after(503, Case.PLAIN.failed(6).stoodBack(), trial);
    assertThat(decision.step()).isEqualTo(new StandBack(false, NOON.plusSeconds(64), false));
    assertThat(free(decision)).isEqualTo(1020);
  }

  @ParameterizedTest(name = "refused {0} times before -> probed in {1} min")
  @CsvSource({"0, 1", "1, 5", "2, 15", "3, 60", "17, 60"})
  void a_held_credential_is_probed_after_1_5_15_then_every_60_minutes(int probes, int minutes) {
    var turn = new Case(0, false, Missing.FALLBACK, Trust.HELD, probes, false);
    assertThat(after(403, turn, Course.FIRST).step())
        .isEqualTo(new Step.Hold("403", NOON.plus(Duration.ofMinutes(minutes))));
  }
}
