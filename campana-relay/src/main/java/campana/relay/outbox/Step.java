package campana.relay.outbox;

import java.time.Instant;

/// What is stored after an attempt.
public sealed interface Step {
  /// Delivered.
  ///
  /// @param doubts what it says about those that stood back
  record Finish(String messageName, String threadName, Doubts doubts) implements Step {}

  /// It waits on, as before: the quota said no.
  record Wait() implements Step {}

  /// It waits on, and has failed once more.
  ///
  /// @param unanswered whether the far side may have taken it
  record Retry(boolean unanswered) implements Step {}

  /// It has failed too often in a row: its thread stands back until `retryAt`, and another one's
  /// head is tried.
  ///
  /// @param down whether that one has failed too, so that it is the far side's fault: then nothing
  ///   counts of what failed
  record StandBack(boolean unanswered, Instant retryAt, boolean down) implements Step {}

  /// A dead letter.
  record Bury(String why) implements Step {}

  /// A proven credential was refused: its queue is kept and probed at `probeAt`.
  record Hold(String why, Instant probeAt) implements Step {}

  /// An unproven credential was refused: all its entries are dead letters.
  record Refuse(String why) implements Step {}

  /// What a delivery tells about entries of its lane that stood back.
  enum Doubts {
    /// The far side takes others: what failed counts against them.
    COUNT,
    /// The far side was down: nothing counts, and they are in line again.
    FORGIVE
  }
}
