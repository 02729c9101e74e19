package campana.server.store;

import java.time.Duration;
import java.util.function.LongUnaryOperator;

/// Finds by halving where a space's messages reach a time, so that a listing by time reads what it
/// shows and not all that came before. Pure.
///
/// Messages are in order of time as far as the clock was: [#SLACK] is by how much it may have been
/// set back without a message being missed.
final class TimeSeek {
  static final Duration SLACK = Duration.ofHours(1);

  /// The time of what retention took: earlier than any other.
  static final long GONE = Long.MIN_VALUE;

  private TimeSeek() {}

  /// @param end no message is at this position or after it
  /// @param times the time of the message at a position, epoch milliseconds, or [#GONE]; asked for
  ///   positions from 1 to before `end`
  /// @return a position; the message there, and all before it, are earlier than `time`, and what
  ///   follows it is not. 0 where none is earlier
  static long lastBefore(long time, long end, LongUnaryOperator times) {
    var low = 0L; // all up to here are earlier
    var high = end; // none from here on is
    while (high - low > 1) {
      var middle = low + (high - low) / 2;
      if (times.applyAsLong(middle) < time) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
