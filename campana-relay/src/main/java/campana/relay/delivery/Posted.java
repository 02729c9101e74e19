package campana.relay.delivery;

import campana.relay.outbox.Answer;
import java.time.Duration;

/// What a sender of a post to the proxy is told.
public sealed interface Posted {
  /// On disk, or delivered already: 200 with these names, provisional or real.
  record Ok(String messageName, String threadName) implements Posted {}

  /// 403: the far side does not know this credential.
  record Forbidden(String why) implements Posted {}

  /// 404: its thread is not there, and it wants no other.
  record NoThread() implements Posted {}

  /// 429 with `Retry-After`.
  record TooMany(String why, Duration retryIn) implements Posted {}

  /// What the far side itself answered to the attempt that was made while the sender waited; its
  /// status is a 4xx.
  record Refused(Answer answer) implements Posted {}

  /// The connection is closed unanswered: nobody knows what is on disk.
  record Unknown() implements Posted {}
}
