package campana.relay.delivery;

import static campana.testkit.ManualClock.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import campana.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  @Test
  void where_the_machines_clock_is_set_back_it_goes_on_from_where_it_was() {
    var machine = new ManualClock();
    var steady = new SteadyClock(machine);
    assertThat(steady.instant()).isEqualTo(NOON);
    machine.advance(Duration.ofHours(-1));
    assertThat(steady.instant()).isEqualTo(NOON);
    machine.advance(Duration.ofSeconds(2));
    assertThat(steady.instant()).isEqualTo(NOON.plusSeconds(2));
    machine.advance(Duration.ofHours(-1));
    machine.advance(Duration.ofSeconds(1));
    assertThat(steady.instant()).isBetween(NOON.plusSeconds(2), NOON.plusSeconds(3));
  }
}
