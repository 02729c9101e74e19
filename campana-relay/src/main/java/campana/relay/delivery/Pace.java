package campana.relay.delivery;

import java.time.Duration;
import java.time.Instant;

/// When a lane may be used again. Counted from the last answer, the safe side: the far side counted
/// before it answered.
///
/// @param interval between two messages, from the rate
record Pace(Duration interval) {
  private static final Duration MOST_GUARD = Duration.ofMillis(20);
  private static final Duration SLOW = Duration.ofMinutes(1);

  /// What is added against clocks that do not run alike.
  Duration guard() {
    var share = interval.dividedBy(50);
    return share.compareTo(MOST_GUARD) < 0 ? share : MOST_GUARD;
  }

  /// @param slowUntil until when the lane goes a quarter slower
  Instant after(Instant answeredAt, Instant slowUntil) {
    var rest = answeredAt.isBefore(slowUntil) ? interval.multipliedBy(5).dividedBy(4) : interval;
    return answeredAt.plus(rest).plus(guard());
  }

  /// After a 429 others seem to use the space, too.
  static Instant slowUntil(Instant throttledAt) {
    return throttledAt.plus(SLOW);
  }
}
