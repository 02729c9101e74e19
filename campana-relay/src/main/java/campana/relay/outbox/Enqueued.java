package campana.relay.outbox;

import java.time.Duration;
import java.util.List;

/// What became of drafts that were handed to the outbox.
public sealed interface Enqueued {
  /// On disk. One receipt for each draft that was not a repetition.
  record Queued(List<Receipt> receipts) implements Enqueued {
    public Queued {
      receipts = List.copyOf(receipts);
    }
  }

  /// All of it was here before: the first ones' receipts.
  record Duplicate(List<Receipt> first) implements Enqueued {
    public Duplicate {
      first = List.copyOf(first);
    }
  }

  /// It ends an episode that is not open, and the route drops those.
  record Unopened() implements Enqueued {}

  /// The far side has refused this credential before it ever took anything: 403.
  record Refused(String why) implements Enqueued {}

  /// Not taken now, nothing stored: the backlog, the lane or the disk is full.
  record Full(String why, Duration retryIn) implements Enqueued {}

  /// Not taken now, nothing stored: so much may wait only for a credential that the far side has
  /// accepted once. Its first entry is under way.
  record Unproven(Duration retryIn) implements Enqueued {}

  /// The thread is not there and the sender said FAIL: 404.
  record NoThread() implements Enqueued {}

  /// Only the far side knows whether this thread is there, and the sender wants to be told: it
  /// takes an attempt while it waits. Nothing stored.
  ///
  /// @param trust of its credential
  record NeedsAttempt(Trust trust) implements Enqueued {}

  /// The disk failed during the commit: nobody may be told either way. The connection is closed
  /// unanswered.
  record Unknown() implements Enqueued {}
}
