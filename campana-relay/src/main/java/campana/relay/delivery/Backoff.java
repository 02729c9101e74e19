package campana.relay.delivery;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/// Truncated exponential backoff with full jitter.
///
/// @param first the ceiling after one failure
/// @param most no ceiling is higher
record Backoff(Duration first, Duration most) {
  static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(64));

  private static final int DOUBLINGS = 20; // far beyond `most`, and no overflow

  /// @param failures in a row, from 1
  /// @param unit draws evenly from \[0, 1)
  Duration draw(int failures, DoubleSupplier unit) {
    return Duration.ofNanos((long) (ceiling(failures).toNanos() * unit.getAsDouble()));
  }

  Duration ceiling(int failures) {
    var doubled = first.multipliedBy(1L << Math.clamp(failures - 1, 0, DOUBLINGS));
    return doubled.compareTo(most) < 0 ? doubled : most;
  }
}
