package campana.server.rehearsal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A rehearsal that goes on. It ends when its posts or its time are used up, or by hand. Immutable;
/// a post that was met makes a new one.
///
/// @param rate how many of a hundred posts meet the fault, 1 to 100, by chance
/// @param left how many more posts will; null: as many as come
/// @param endTime from when on none does; null: no such time
public record Rehearsal(
    Fault fault, int rate, @Nullable Integer left, Instant startTime, @Nullable Instant endTime) {

  boolean over(Instant now) {
    return endTime != null && !now.isBefore(endTime);
  }

  /// Whether it is the same one, which more or fewer posts may have met.
  boolean is(Rehearsal other) {
    return fault == other.fault && rate == other.rate && startTime.equals(other.startTime);
  }

  /// The same when so many are left.
  Rehearsal withLeft(int posts) {
    return new Rehearsal(fault, rate, posts, startTime, endTime);
  }
}
