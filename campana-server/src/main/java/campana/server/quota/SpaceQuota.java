package campana.server.quota;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The generic cell rate algorithm. A space's state is one number: when, in epoch microseconds, all
/// slots used so far will have been paid for by the passing of time; 0 at first.
public final class SpaceQuota {
  private SpaceQuota() {}

  /// What a try to take a slot came to.
  public sealed interface Slot {}

  /// @param state the space's new one, to be kept with what used the slot
  public record Taken(long state) implements Slot {}

  /// @param retryIn exactly when the next slot is free, at least a microsecond
  public record Later(Duration retryIn) implements Slot {}

  /// Takes a slot now or says when.
  ///
  /// A state more than burst and one interval ahead of now cannot come from this rate: the clock
  /// was set back, or the rate was raised. It counts as now, so that nobody waits for either.
  public static Slot take(QuotaRate rate, long state, Instant at) {
    var now = ChronoUnit.MICROS.between(Instant.EPOCH, at);
    var interval = rate.interval().toNanos() / 1000;
    var paid = state - now > (rate.burst() + 1) * interval ? now : Math.max(state, now);
    var wait = paid - (rate.burst() - 1) * interval - now;
    return wait > 0 ? new Later(Duration.of(wait, ChronoUnit.MICROS)) : new Taken(paid + interval);
  }
}
