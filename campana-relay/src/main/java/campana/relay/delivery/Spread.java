package campana.relay.delivery;

import java.time.Duration;
import java.time.Instant;

/// Keeps lanes from starting in the same moment: lanes that begin together, after a start, an alert
/// for many spaces or a disk that stood still, would go on together in each of their rounds, and
/// most of them late. So one starts a little after the other, once; then they are apart. Belongs to
/// one thread.
final class Spread {
  /// Where few lanes are due together nobody notices that they start one by one.
  private static final Duration MOST = Duration.ofMillis(1);

  private Instant next = Instant.EPOCH;

  /// When a lane may start that is due now. All lanes together take up 7/10 of their time, so
  /// nobody loses a slot by it.
  ///
  /// @param interval of this lane
  /// @param lanes that are in use
  Instant start(Instant now, Duration interval, int lanes) {
    var at = next.isAfter(now) ? next : now;
    var share = interval.multipliedBy(7).dividedBy(10L * Math.max(lanes, 1));
    next = at.plus(share.compareTo(MOST) < 0 ? share : MOST);
    return at;
  }
}
