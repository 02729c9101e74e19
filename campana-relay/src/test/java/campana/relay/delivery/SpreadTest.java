package campana.relay.delivery;

import static campana.testkit.ManualClock.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpreadTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static List<Duration> starts(Spread spread, int lanes, Duration interval) {
    var starts = new ArrayList<Duration>();
    for (var n = 0; n < lanes; n++) {
      starts.add(Duration.between(NOON, spread.start(NOON, interval, lanes)));
    }
    return starts;
  }

  @ParameterizedTest(name = "{0} lanes, every {1} ms: the last one starts after {2} us")
  @CsvSource({
    "1, 1000, 0",
    "3, 1000, 2000", // a millisecond each
    "1000, 1000, 699300", // seven tenths of the interval
    "10000, 1000, 699930",
    "200, 10, 6965",
  })
  void lanes_that_are_due_together_start_one_after_another(int lanes, long interval, long last) {
    var starts = starts(new Spread(), lanes, Duration.ofMillis(interval));
    assertThat(starts).isSorted().first().isEqualTo(Duration.ZERO);
    assertThat(starts.getLast()).isEqualTo(Duration.ofNanos(last * 1_000));
  }

  @Test
  void who_is_due_alone_starts_at_once() {
    var spread = new Spread();
    spread.start(NOON, SECOND, 2);
    var later = NOON.plusMillis(1);
    assertThat(spread.start(later, SECOND, 2)).isEqualTo(later);
  }

  @Test
  void once_they_are_apart_nobody_waits_any_more() {
    var spread = new Spread();
    var dues = new ArrayList<Instant>();
    for (var n = 0; n < 500; n++) {
      dues.add(spread.start(NOON, SECOND, 500).plus(SECOND));
    }
    for (var due : dues) {
      assertThat(spread.start(due, SECOND, 500)).isEqualTo(due);
    }
  }
}
