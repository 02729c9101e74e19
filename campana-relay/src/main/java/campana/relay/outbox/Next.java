package campana.relay.outbox;

import java.time.Instant;

/// What a lane does next.
public sealed interface Next {
  /// This entry is tried.
  record Try(Turn turn) implements Next {}

  /// This entry can never be sent: the thread that it answers was never opened, and it wants no
  /// other. It is buried without an attempt.
  record Lost(EntryId id, String why) implements Next {}

  /// Nothing before then: what waits stands back.
  record NotBefore(Instant at) implements Next {}

  /// Nothing waits, or the lane is paused.
  record Nothing() implements Next {}
}
