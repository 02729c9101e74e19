package campana.client;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Decides what follows an attempt. Pure: the same arguments give the same step. */
final class RetryPolicy {
  private final int attempts;
  private final Backoff backoff;

  /**
   * @param attempts most requests for one message, at least 1
   */
  RetryPolicy(int attempts, Backoff backoff) {
    this.attempts = attempts;
    this.backoff = backoff;
  }

  /** What follows, and how long the lane waits whatever follows. */
  static final class Step {
    enum Kind {
      /** The far side has it. */
      SENT,
      /** The same again, after the wait. */
      AGAIN,
      /** No more of it. */
      GIVE_UP
    }

    final Kind kind;
    final Duration wait;

    private Step(Kind kind, Duration wait) {
      this.kind = kind;
      this.wait = wait;
    }
  }

  /**
   * What follows.
   *
   * @param made requests for this message, this one included
   * @param failures failures in a row of the lane before this one, whatever the message
   * @param hasRequestId whether a repetition cannot make two messages of it
   * @param left the time until the message's deadline
   * @param unit draws the jitter, evenly from 0 to 1
   */
  Step after(
      Attempt attempt,
      int made,
      int failures,
      boolean hasRequestId,
      Duration left,
      DoubleSupplier unit) {
    if (attempt.sent()) {
      return new Step(Step.Kind.SENT, Duration.ZERO);
    }
    // A 409 is none of ours, even after an attempt without an answer: our own message would be
    // given back under its requestId, and without one such an attempt is not repeated.
    if (!attempt.retryable()) {
      return new Step(Step.Kind.GIVE_UP, Duration.ZERO);
    }
    boolean overQuota = attempt.reason() == Reason.QUOTA;
    // Who does not repeat leaves the lane free for the next message, unless the space said wait.
    Duration wait =
        attempts == 1 && !overQuota && attempt.retryIn().isEmpty()
            ? Duration.ZERO
            : attempt.retryIn().orElseGet(() -> backoff.after(failures, unit.getAsDouble()));
    boolean again =
        made < attempts && (hasRequestId || !attempt.maybeStored()) && wait.compareTo(left) < 0;
    return new Step(again ? Step.Kind.AGAIN : Step.Kind.GIVE_UP, wait);
  }
}
