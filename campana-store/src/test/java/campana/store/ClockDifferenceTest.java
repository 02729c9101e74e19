package campana.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockDifferenceTest {
  private Instant now = Instant.parse("2026-03-14T12:00:00Z");
  private final ClockDifference difference = new ClockDifference(() -> now);

  /// @param ahead of ours, in the middle between question and answer
  private void hear(Duration took, Duration ahead) {
    var asked = difference.ask();
    var theirs = now.plus(took.dividedBy(2)).plus(ahead);
    now = now.plus(took);
    asked.answered(theirs.getEpochSecond() * 1_000_000 + theirs.getNano() / 1_000);
  }

  @Test
  void the_quickest_answer_is_believed_for_some_seconds_and_then_the_next_one() {
    assertThat(difference.ahead()).isZero();
    hear(Duration.ofMillis(10), Duration.ofMillis(300));
    assertThat(difference.ahead()).isEqualTo(Duration.ofMillis(300));
    hear(Duration.ofMillis(40), Duration.ofMillis(315));
    assertThat(difference.ahead()).as("slower").isEqualTo(Duration.ofMillis(300));
    hear(Duration.ofMillis(2), Duration.ofMillis(-304));
    assertThat(difference.ahead()).isEqualTo(Duration.ofMillis(-304));
    now = now.plusSeconds(10);
    hear(Duration.ofMillis(40), Duration.ofMillis(315));
    assertThat(difference.ahead()).as("the last one is old").isEqualTo(Duration.ofMillis(315));
  }
}
