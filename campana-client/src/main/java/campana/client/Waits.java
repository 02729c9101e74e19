package campana.client;

import java.time.Duration;

/** Waits as numbers that can be added up without end. */
final class Waits {
  /** Whoever asks for longer means never; sums of these stay far from what a long holds. */
  static final Duration MOST = Duration.ofDays(366);

  private Waits() {}

  /** From zero to {@link #MOST}. */
  static Duration capped(Duration wait) {
    return wait.isNegative() ? Duration.ZERO : wait.compareTo(MOST) > 0 ? MOST : wait;
  }

  /** The same in nanoseconds. */
  static long nanos(Duration wait) {
    return capped(wait).toNanos();
  }
}
