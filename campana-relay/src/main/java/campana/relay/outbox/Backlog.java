package campana.relay.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The outbox as whoever empties it sees it. One holder has a lane at a time, by a lease that ends
/// by itself. Every writing method may throw [Busy].
public interface Backlog {
  /// A lane that is now ours.
  ///
  /// @param answeredAt when the far side last answered in it, perhaps under another holder; the
  ///   epoch where only we can know better
  /// @param rest what the far side wanted then
  record Held(Lane lane, Instant answeredAt, Rest rest) {
    /// One of which only we can know more.
    public Held(Lane lane) {
      this(lane, Instant.EPOCH, Rest.NONE);
    }
  }

  /// Voids all leases where one process alone can hold the database: what a start does.
  void voidLeases();

  /// Leases the lanes in which something waits and that nobody holds. Where others put entries into
  /// lanes, too, those that were ours before are among them: something may be new.
  List<Held> lease(Instant now);

  /// Renews all leases of ours.
  void renew(Instant now);

  /// Leases this lane, unless somebody else has it: for an attempt that is no entry's.
  ///
  /// @return empty: somebody else has it
  Optional<Held> hold(Lane lane, Instant now);

  /// Gives up what is ours, at an end in good order.
  void leave();

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
