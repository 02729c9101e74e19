package campana.relay.delivery;

import static campana.testkit.ManualClock.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
  @ParameterizedTest(name = "every {0} ms, slow: {1} -> {2} ms after the last answer")
  @CsvSource({
    "1000, false, 1020", // the guard is 20 ms at most
    "200,  false,  204", // and 2 % of the interval where that is less
    "1000, true,  1270", // a quarter slower after a 429
    "60000, false, 60020",
  })
  void a_lane_rests_from_its_last_answer_for_the_interval_and_a_guard(
      long interval, boolean slow, long wait) {
    var slowUntil = slow ? NOON.plusSeconds(1) : Instant.EPOCH;
    var free = new Pace(Duration.ofMillis(interval)).after(NOON, slowUntil);
    assertThat(Duration.between(NOON, free)).isEqualTo(Duration.ofMillis(wait));
  }

  @Test
  void a_429_slows_a_lane_for_a_minute() {
    var slowUntil = Pace.slowUntil(NOON);
    var pace = new Pace(Duration.ofSeconds(1));
    assertThat(pace.after(NOON.plusSeconds(59), slowUntil))
        .isEqualTo(NOON.plusSeconds(59).plusMillis(1270));
    assertThat(pace.after(NOON.plusSeconds(60), slowUntil))
        .isEqualTo(NOON.plusSeconds(60).plusMillis(1020));
  }
}
