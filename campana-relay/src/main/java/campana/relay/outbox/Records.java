package campana.relay.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The outbox as people look at it and put it right.
public interface Records {
  Sums sums();

  List<LaneStatus> lanes();

  Overview overview();

  /// Newest first.
  ///
  /// @param after the last one of the page before; empty: the first page
  List<Entry> entries(EntryState state, Optional<EntryId> after, int most);

  Optional<Entry.Whole> entry(EntryId id);

  /// Episodes that are open, newest first.
  List<OpenEpisode> incidents(int most);

  /// Puts a dead, expired or discarded entry back in line, under its own requestId, whatever its
  /// dedup id.
  Replayed replay(EntryId id, Instant now);

  /// Gives up a dead or waiting one.
  ///
  /// @return whether it was one
  boolean discard(EntryId id, Instant now);

  /// @return whether there is such a lane
  boolean pause(String laneId, boolean paused);

  /// What became of a replay.
  sealed interface Replayed {
    /// @param mayRepeat it was tried so long ago that the far side may have forgotten its requestId
    record Waiting(boolean mayRepeat) implements Replayed {}

    /// No such entry, or its body is no longer kept.
    record Gone() implements Replayed {}

    /// It waits already, or was delivered.
    record NotDead(EntryState state) implements Replayed {}
  }
}
