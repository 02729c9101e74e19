package campana.relay.outbox;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A lane as people look at it.
///
/// @param late waiting entries that are older than `alarm-after`
/// @param untoldSince since when something in it is late, or held; null: nothing is
public record LaneStatus(
    Lane lane,
    boolean paused,
    Sums.Entries entries,
    long late,
    @Nullable Instant untoldSince,
    @Nullable Instant answeredAt,
    List<Key> credentials) {
  public LaneStatus {
    credentials = List.copyOf(credentials);
  }

  /// A credential, without its secrets.
  ///
  /// @param id see [Credential]
  /// @param destination empty: a sender of posts brought it
  /// @param reason why it is held or refused; empty
  /// @param probeAt when a held one is tried again
  public record Key(
      String id,
      String destination,
      Trust trust,
      Instant since,
      String reason,
      @Nullable Instant probeAt) {}
}
