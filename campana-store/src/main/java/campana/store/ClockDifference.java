package campana.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// By how much another machine's clock is ahead of ours. Its time was read somewhere between
/// question and answer, so a quick answer tells it best, and holds for some seconds. Thread-safe.
final class ClockDifference {
  private static final Duration HOLDS = Duration.ofSeconds(10);

  private final InstantSource own;
  private volatile @Nullable Sample best;

  /// @param took between question and answer
  private record Sample(Duration ahead, Duration took, Instant at) {}

  /// A question under way.
  final class Asked {
    private final Instant at = own.instant();

    /// @param micros the other clock's time, in microseconds since the epoch
    void answered(long micros) {
      var now = own.instant();
      var took = Duration.between(at, now);
      if (took.isNegative()) {
        return; // ours was set back meanwhile
      }
      var theirs = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
      var sample = new Sample(Duration.between(at.plus(took.dividedBy(2)), theirs), took, now);
      var last = best;
      if (last == null
          || took.compareTo(last.took) <= 0
          || Duration.between(last.at, now).abs().compareTo(HOLDS) >= 0) {
        best = sample;
      }
    }
  }

  ClockDifference(InstantSource own) {
    this.own = own;
  }

  /// Begins a question; who has the answer hands it over at once.
  Asked ask() {
    return new Asked();
  }

  /// Nothing where nobody was asked yet.
  Duration ahead() {
    var known = best;
    return known == null ? Duration.ZERO : known.ahead;
  }
}
