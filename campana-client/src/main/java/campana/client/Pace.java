package campana.client;

/**
 * When a lane may send next. Not safe for threads: its lane sees to that. All times are nanoseconds
 * of one monotonic clock, given by the caller.
 *
 * <p>The interval counts from an answer to the next request: the far side took the last message no
 * later than it answered, so the next cannot be early by its clock. The guard is for timers and
 * clocks that run apart.
 */
final class Pace {
  private static final long GUARD_MOST = 20_000_000;
  private static final int GUARD_PART = 50; // 2 %
  private static final long SLOW_FOR = 60_000_000_000L;

  private long interval;
  private long lastAnswer;
  private long holdUntil;
  private long slowUntil;
  private boolean holdsForQuota;
  private boolean used;

  /**
   * A lane that was never used: free at once.
   *
   * @param interval least time between two requests, 0 or more
   */
  Pace(long now, long interval) {
    this.interval = interval;
    this.holdUntil = now;
    this.slowUntil = now;
    this.lastAnswer = now;
  }

  /** Another user of the lane asks for this interval; the slowest wins. */
  void atLeast(long wanted) {
    if (wanted > interval) {
      interval = wanted;
    }
  }

  /**
   * An attempt ended.
   *
   * @param hold how long the lane waits at least, 0 for no longer than its interval
   * @param overQuota whether it was a 429: others may share the space, so the lane's rate sinks by
   *     a quarter for a minute
   */
  void answered(long now, long hold, boolean overQuota) {
    used = true;
    lastAnswer = now;
    holdUntil = now + hold;
    holdsForQuota = overQuota;
    if (overQuota) {
      slowUntil = now + SLOW_FOR;
    }
  }

  /** Nanoseconds until the next request may start, 0 for now. */
  long waitAt(long now) {
    return used ? Math.max(0, freeAt() - now) : 0;
  }

  /** Why it waits. */
  SendListener.Wait why() {
    return holdUntil - paced() <= 0
        ? SendListener.Wait.PACE
        : holdsForQuota ? SendListener.Wait.QUOTA : SendListener.Wait.BACKOFF;
  }

  /** Nanoseconds until nothing of the past matters any more. */
  long oblivionAt(long now) {
    return Math.max(waitAt(now), slowUntil - now);
  }

  private long freeAt() {
    long paced = paced();
    return holdUntil - paced > 0 ? holdUntil : paced;
  }

  private long paced() {
    long step = step(interval);
    // A quarter off the rate makes the step longer by a third.
    return lastAnswer + (slowUntil - lastAnswer > 0 ? step * 4 / 3 : step);
  }

  private static long step(long interval) {
    return interval + Math.min(GUARD_MOST, interval / GUARD_PART);
  }
}
