package campana.server.message;

import java.time.Duration;

/// What became of a post.
public sealed interface Posted {
  /// Stored and on disk.
  record Created(Message message) implements Posted {}

  /// This requestId was here before; `first` is what was stored then.
  record Repeated(Message first) implements Posted {}

  /// The space's quota is used up; a slot is free after `retryIn`.
  record OverQuota(Duration retryIn) implements Posted {}

  /// REPLY_MESSAGE_OR_FAIL and no such thread.
  record NoSuchThread() implements Posted {}

  /// A `thread.name` that cannot be one of this space's.
  record BadThreadName() implements Posted {}

  /// In strict mode: a reply option without a thread to reply in.
  record NoThreadGiven() implements Posted {}

  /// The messageId stands on another message of the space.
  record MessageIdTaken() implements Posted {}

  /// The committer's queue is full, or the disk is: nothing was stored; try again after `retryIn`.
  record Busy(Duration retryIn) implements Posted {}

  /// Whether it was stored is not known, as the disk failed in between: the connection is closed
  /// unanswered.
  record Unknown() implements Posted {}
}
