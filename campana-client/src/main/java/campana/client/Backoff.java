package campana.client;

import java.time.Duration;
import java.util.Objects;

/**
 * How long to wait after a failure: {@code min(2^n × first + random part of jitter, most)}, n being
 * the failures in a row before this one. Immutable.
 */
public final class Backoff {
  /** Google's formula: {@code min(2^n s + random ≤ 1 s, 64 s)}. */
  public static final Backoff STANDARD =
      of(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(64));

  private final long first;
  private final long jitter;
  private final long most;

  private Backoff(long first, long jitter, long most) {
    this.first = first;
    this.jitter = jitter;
    this.most = most;
  }

  /**
   * A backoff of one's own.
   *
   * @param first the wait after the first failure, without jitter; more than zero
   * @param jitter the most that chance adds; zero or more
   * @param most the longest wait, jitter included; at least {@code first}, and beyond 366 days as
   *     if it were that
   */
  public static Backoff of(Duration first, Duration jitter, Duration most) {
    if (first.isZero() || first.isNegative()) {
      throw new IllegalArgumentException("first: wanted more than zero, got " + first);
    }
    if (jitter.isNegative()) {
      throw new IllegalArgumentException("jitter: wanted zero or more, got " + jitter);
    }
    if (most.compareTo(first) < 0) {
      throw new IllegalArgumentException("most: wanted at least " + first + ", got " + most);
    }
    return new Backoff(Waits.nanos(first), Waits.nanos(jitter), Waits.nanos(most));
  }

  /**
   * The wait after a failure.
   *
   * @param failures failures in a row before this one, from 0
   * @param unit drawn by the caller, evenly from 0 to 1
   */
  public Duration after(int failures, double unit) {
    long doubled = most;
    // Beyond this shift the product is past `most` or past a long.
    if (failures < Long.numberOfLeadingZeros(first) - 1) {
      doubled = Math.min(first << failures, most);
    }
    return Duration.ofNanos(Math.min(doubled + (long) (jitter * unit), most));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Backoff
        && ((Backoff) other).first == first
        && ((Backoff) other).jitter == jitter
        && ((Backoff) other).most == most;
  }

  @Override
  public int hashCode() {
    return Objects.hash(first, jitter, most);
  }

  @Override
  public String toString() {
    return "min(2^n × "
        + Duration.ofNanos(first)
        + " + random ≤ "
        + Duration.ofNanos(jitter)
        + ", "
        + Duration.ofNanos(most)
        + ")";
  }
}
