package campana.server.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Finds by halving where a space's messages reach a time, so that a listing by time reads what it
/// shows and not all that came before. Pure.
///
/// Messages are in order of time as far as the clock was: [#SLACK] is by how much it may have been
/// set back without a message being missed.
final class TimeSeek {
  static final Duration SLACK = Duration.ofHours(1);

  /// A message.
  ///
  /// @param time epoch milliseconds
  record At(long position, long time) {}

  /// The first message at a position or after it; null where none is.
  @FunctionalInterface
  interface Probe {
    @Nullable At from(long position);
  }

  private TimeSeek() {}

  /// @param end no message is at this position or after it
  /// @return a position; the message there, and all before it, are earlier than `time`, and what
  ///   follows it is not. 0 where none is earlier
  static long lastBefore(long time, long end, Probe probe) {
    var low = 0L; // all up to here are earlier
    var high = end; // none from here on is
    while (high - low > 1) {
      var middle = low + (high - low) / 2;
      var found = probe.from(middle);
      if (found != null && found.position() < high && found.time() < time) {
        low = found.position();
      } else {
        high = middle;
      }
    }
    return low;
  }
}
