package campana.relay.outbox;

import java.time.Duration;
import java.util.Optional;

/// The result of one attempt.
public sealed interface Outcome {
  Answer answer();

  /// 2xx. Names are empty where the far side did not tell them.
  record Delivered(Answer answer, String messageName, String threadName) implements Outcome {}

  /// 429: over the quota, which is nobody's failure.
  record Throttled(Answer answer, Optional<Duration> retryIn) implements Outcome {}

  /// 408, 5xx, time-out, reset: perhaps later.
  ///
  /// @param unanswered the far side may have taken it all the same
  record Later(Answer answer, boolean unanswered, Optional<Duration> retryIn) implements Outcome {}

  /// 401, 403, 404: this credential may not post here.
  record Denied(Answer answer) implements Outcome {}

  /// 400, 413, other 4xx, 3xx: this message will never do.
  record Rejected(Answer answer) implements Outcome {}

  /// 409: there is one of that name, perhaps from an attempt of ours that was not answered.
  record Taken(Answer answer) implements Outcome {}
}
