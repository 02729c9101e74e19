package campana.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A clock that stands still until a test moves it. Safe for use by many threads.
public final class ManualClock extends Clock {
  /// A plain moment to start from.
  public static final Instant NOON = Instant.parse("2026-03-14T12:00:00Z");

  private Instant now; // guarded by this

  public ManualClock() {
    this(NOON);
  }

  public ManualClock(Instant start) {
    now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /// Moves it by `step`, backwards where that is negative.
  public synchronized void advance(Duration step) {
    now = now.plus(step);
  }

  public synchronized void set(Instant instant) {
    now = instant;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(instant(), zone); // nobody here asks for local time
  }
}
