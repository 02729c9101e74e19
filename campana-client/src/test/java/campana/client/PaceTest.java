package campana.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
  private static final long T = Long.MAX_VALUE - 5; // wraps in the middle of each test

  private static long ms(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  @ParameterizedTest(name = "interval {0} ms: hold {1} ms, over quota {2} -> wait {3} ms, {4}")
  @CsvSource({
    "1000,     0, false, 1020, PACE",
    "1000,  1020, false, 1020, PACE",
    "1000,  3000, false, 3000, BACKOFF",
    "1000,  3000, true,  3000, QUOTA",
    "1000,     0, true,  1360, PACE",
    "  50,     0, false,   51, PACE",
    "4000,     0, false, 4020, PACE",
    "   0,     0, false,    0, PACE",
    "   0,   500, true,   500, QUOTA"
  })
  void the_next_request_waits_for_pace_or_hold_whichever_is_longer(
      long interval, long hold, boolean overQuota, long wait, SendListener.Wait why) {
    var pace = new Pace(T, ms(interval));
    assertThat(pace.waitAt(T)).isZero();
    pace.answered(T, ms(hold), overQuota);
    assertThat(pace.waitAt(T)).isEqualTo(ms(wait));
    assertThat(pace.waitAt(T + ms(wait))).isZero();
    assertThat(pace.why()).isEqualTo(why);
  }

  @Test
  void a_slower_user_slows_it_at_once_and_a_faster_one_changes_nothing() {
    var pace = new Pace(T, ms(100));
    pace.answered(T, 0, false);
    pace.atLeast(ms(1_000));
    pace.atLeast(ms(10));
    assertThat(pace.waitAt(T)).isEqualTo(ms(1_020));
  }

  @Test
  void a_slower_user_of_an_unused_lane_need_not_wait() {
    var pace = new Pace(T, 0);
    pace.atLeast(ms(1_000));
    assertThat(pace.waitAt(T)).isZero();
  }

  @Test
  void the_slow_minute_after_a_429_ends() {
    var pace = new Pace(T, ms(1_000));
    pace.answered(T, 0, true);
    pace.answered(T + ms(59_999), 0, false);
    assertThat(pace.waitAt(T + ms(59_999))).isEqualTo(ms(1_360));
    pace.answered(T + ms(60_000), 0, false);
    assertThat(pace.waitAt(T + ms(60_000))).isEqualTo(ms(1_020));
  }

  @Test
  void its_past_matters_until_wait_and_slow_minute_are_over() {
    var pace = new Pace(T, ms(1_000));
    assertThat(pace.oblivionAt(T)).isNotPositive();
    pace.answered(T, 0, false);
    assertThat(pace.oblivionAt(T)).isEqualTo(ms(1_020));
    pace.answered(T, ms(90_000), true);
    assertThat(pace.oblivionAt(T)).isEqualTo(ms(90_000));
    pace.answered(T, 0, true);
    assertThat(pace.oblivionAt(T)).isEqualTo(ms(60_000));
  }
}
