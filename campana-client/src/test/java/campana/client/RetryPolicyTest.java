package campana.client;

import static org.assertj.core.api.Assertions.assertThat;

import campana.client.RetryPolicy.Step.Kind;
import campana.wire.RpcCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final RetryPolicy policy = new RetryPolicy(3, Backoff.STANDARD);

  private static Attempt attempt(int status, @Nullable Long retryIn) {
    var draft = new Attempt.Draft(status == 0 ? Reason.NO_ANSWER : Reason.ofHttp(status));
    draft.httpStatus = status;
    draft.code = RpcCode.ofHttp(status);
    draft.retryIn = retryIn == null ? null : Duration.ofSeconds(retryIn);
    return new Attempt(draft);
  }

  @ParameterizedTest(name = "{0}, Retry-After {1}: {2} made, {3} failures before -> {4} in {5} s")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          200,  -, 1, 0, SENT,    0
          204,  -, 3, 9, SENT,    0
          400,  -, 1, 0, GIVE_UP, 0
          401,  -, 1, 0, GIVE_UP, 0
          403,  9, 1, 0, GIVE_UP, 0
          404,  -, 1, 0, GIVE_UP, 0
          409,  -, 1, 0, GIVE_UP, 0
          410,  -, 1, 0, GIVE_UP, 0
          413,  -, 1, 0, GIVE_UP, 0
          302,  -, 1, 0, GIVE_UP, 0
          408,  -, 1, 0, AGAIN,   2
          429,  -, 1, 0, AGAIN,   2
          429,  7, 1, 0, AGAIN,   7
          500,  -, 1, 0, AGAIN,   2
          501,  -, 1, 0, GIVE_UP, 0
          505,  9, 1, 0, GIVE_UP, 0
          511,  -, 1, 0, GIVE_UP, 0
          520,  -, 1, 0, AGAIN,   2
          503,  -, 2, 1, AGAIN,   3
          503,  -, 2, 5, AGAIN,  33
          503, 90, 2, 5, AGAIN,  90
          504,  -, 2, 9, AGAIN,  64
          0,    -, 1, 0, AGAIN,   2
          503,  -, 3, 2, GIVE_UP, 5
          429,  7, 3, 2, GIVE_UP, 7
          503, 3599, 1, 0, AGAIN, 3599
          503, 3600, 1, 0, GIVE_UP, 3600
          """)
  void what_follows_an_attempt(
      int status, @Nullable Long retryIn, int made, int failures, Kind kind, long seconds) {
    var step = policy.after(attempt(status, retryIn), made, failures, true, HOUR, () -> 1.0);
    assertThat(step.kind).isEqualTo(kind);
    assertThat(step.wait).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void a_409_is_never_our_own_message_as_that_would_be_given_back_under_its_request_id() {
    var exists = attempt(409, null);
    for (int made = 1; made < 3; made++) {
      assertThat(policy.after(exists, made, 1, true, HOUR, () -> 0).kind).isEqualTo(Kind.GIVE_UP);
      assertThat(policy.after(exists, made, 1, false, HOUR, () -> 0).kind).isEqualTo(Kind.GIVE_UP);
    }
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "0, GIVE_UP",
    "500, GIVE_UP",
    "502, GIVE_UP",
    "504, GIVE_UP",
    "503, AGAIN",
    "429, AGAIN"
  })
  void without_a_request_id_only_what_was_surely_not_stored_is_repeated(int status, Kind kind) {
    var step = policy.after(attempt(status, null), 1, 0, false, HOUR, () -> 0);
    assertThat(step.kind).isEqualTo(kind);
  }

  @ParameterizedTest(name = "{0}, Retry-After {1} -> {2} s")
  @CsvSource(
      nullValues = "-",
      value = {"503, -, 0", "0, -, 0", "503, 5, 5", "429, -, 1"})
  void who_makes_one_attempt_holds_the_lane_only_where_the_far_side_asks(
      int status, @Nullable Long retryIn, long seconds) {
    var step =
        new RetryPolicy(1, Backoff.STANDARD)
            .after(attempt(status, retryIn), 1, 0, true, HOUR, () -> 0);
    assertThat(step.kind).isEqualTo(Kind.GIVE_UP);
    assertThat(step.wait).isEqualTo(Duration.ofSeconds(seconds));
  }
}
