package campana.relay.outbox;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One entry as people look at it.
///
/// @param destination the config's name; empty: the proxy's upstream
/// @param route empty: a post to the proxy
/// @param doneAt when it stopped waiting
/// @param reason why it is dead, expired or discarded, or what failed last; empty: nothing did
/// @param messageName the real one; empty: not delivered, or not told
public record Entry(
    EntryId id,
    String laneName,
    EntryState state,
    Priority priority,
    String destination,
    String route,
    String title,
    String requestId,
    Instant acceptedAt,
    Instant expiresAt,
    @Nullable Instant doneAt,
    int attempts,
    String reason,
    String messageName,
    String threadName) {

  /// With what the list leaves out.
  ///
  /// @param body without its thread; empty: no longer kept
  @SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
  public record Whole(Entry entry, byte[] body, List<Attempt> attempts) {
    public Whole {
      attempts = List.copyOf(attempts);
    }
  }
}
