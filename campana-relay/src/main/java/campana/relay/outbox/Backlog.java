package campana.relay.outbox;

import java.time.Instant;
import java.util.List;

/// The outbox as whoever empties it sees it. One holder has a lane at a time, by a lease that ends
/// by itself. Every writing method may throw [Busy].
public interface Backlog {
  /// A lane that is now ours.
  ///
  /// @param answeredAt when the far side last answered in it, perhaps under another holder
  record Held(Lane lane, Instant answeredAt) {}

  /// Voids all leases: what a start does where one process alone can hold the database.
  void voidLeases();

  /// Leases the lanes in which something waits and that nobody holds.
  List<Held> lease(Instant now);

  /// Renews all leases of ours.
  void renew(Instant now);

  /// What this lane sends next, read afresh: who came last may be first by priority.
  ///
  /// @param order what has gone before in this lane
  Next next(Lane lane, Instant now, Order order);

  /// Stores what followed an attempt, in one transaction.
  Settled settle(Lane lane, EntryId id, Attempt attempt, Step step);

  /// Stores what followed an attempt that its sender waited for: an entry where it was delivered,
  /// and what it told about the credential.
  void record(Draft draft, String requestId, Attempt attempt, Step step);

  /// Buries an entry that cannot be attempted.
  Settled bury(Lane lane, EntryId id, String why);

  /// @param stored false: the lease was lost, and another holder decides
  /// @param more whether anything waits in the lane
  record Settled(boolean stored, boolean more) {}
}
