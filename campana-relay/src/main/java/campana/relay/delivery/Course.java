package campana.relay.delivery;

import campana.relay.outbox.Order;
import campana.relay.outbox.Trust;
import java.time.Instant;

/// How a lane has fared: what is kept of it in memory between two attempts.
///
/// @param failures of any entries, in a row
/// @param throttles 429s in a row
/// @param trial whether an entry has stood back and none was delivered since: the next one shows
///   whose fault it is
/// @param down whether that one failed, too
/// @param slowUntil see [Pace]
record Course(
    int failures, int throttles, boolean trial, boolean down, Instant slowUntil, Order order) {
  static final Course FIRST = new Course(0, 0, false, false, Instant.EPOCH, Order.FIRST);

  Course delivered() {
    return new Course(0, 0, false, false, slowUntil, order);
  }

  Course throttled(Instant until) {
    return new Course(failures, throttles + 1, trial, down, until, order);
  }

  /// As whoever had the lane before us knew.
  Course slow(Instant until) {
    return until.isAfter(slowUntil)
        ? new Course(failures, throttles, trial, down, until, order)
        : this;
  }

  Course failed(boolean nowTrial, boolean nowDown) {
    return new Course(failures + 1, 0, nowTrial, nowDown, slowUntil, order);
  }

  Course gave(Trust trust, boolean aside) {
    return new Course(failures, throttles, trial, down, slowUntil, order.after(trust, aside));
  }
}
