package campana.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  @ParameterizedTest(name = "{0} failures before, chance {1} -> {2} ms")
  @CsvSource({
    "0, 0.0, 1000",
    "0, 0.5, 1500",
    "0, 1.0, 2000",
    "1, 0.0, 2000",
    "5, 0.25, 32250",
    "6, 0.0, 64000",
    "6, 1.0, 64000",
    "7, 0.5, 64000",
    "33, 0.5, 64000",
    "34, 0.5, 64000",
    "63, 0.5, 64000",
    "64, 0.5, 64000",
    "2147483647, 1.0, 64000"
  })
  void the_usual_one_doubles_adds_chance_and_ends_at_64_seconds(
      int failures, double unit, long millis) {
    assertThat(Backoff.STANDARD.after(failures, unit)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void it_says_what_is_wrong_with_its_parts() {
    var second = Duration.ofSeconds(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.of(Duration.ZERO, second, second))
        .withMessage("first: wanted more than zero, got PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.of(second, second.negated(), second))
        .withMessage("jitter: wanted zero or more, got PT-1S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.of(second, second, Duration.ofMillis(1)))
        .withMessage("most: wanted at least PT1S, got PT0.001S");
    assertThat(Backoff.of(second, second, Duration.ofSeconds(64)))
        .isEqualTo(Backoff.STANDARD)
        .hasSameHashCodeAs(Backoff.STANDARD)
        .hasToString("min(2^n × PT1S + random ≤ PT1S, PT1M4S)");
  }
}
