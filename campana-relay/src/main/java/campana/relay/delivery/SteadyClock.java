package campana.relay.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that never goes back: where the machine's own is set back, this one goes on from where
/// it was. Else all lanes would wait until the other has caught up. Thread-safe.
final class SteadyClock implements InstantSource {
  private final InstantSource clock;
  private Instant latest = Instant.MIN; // both guarded by this
  private Duration ahead = Duration.ZERO;

  SteadyClock(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Instant instant() {
    var now = clock.instant().plus(ahead);
    if (now.isBefore(latest)) {
      ahead = ahead.plus(Duration.between(now, latest));
      now = latest;
    }
    latest = now;
    return now;
  }
}
