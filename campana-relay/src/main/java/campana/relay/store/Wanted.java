package campana.relay.store;

import campana.relay.outbox.Draft;
import campana.relay.outbox.Episode;
import campana.relay.outbox.Threading.Incident;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A draft with what can be made of it before the writer's thread has it.
///
/// @param requestId the sender's own, or one that was drawn
/// @param dedup null: it repeats nobody, and nobody repeats it
/// @param subject of its episode; null: it is no incident's
/// @param firstKey by [Episode#firstKey]; null: it is no incident's
record Wanted(
    Draft draft,
    String requestId,
    @Nullable LaterKey dedup,
    @Nullable LaterKey subject,
    @Nullable String firstKey) {
  private static final long OURS = new SecureRandom().nextLong();
  private static final AtomicLong COUNT = new AtomicLong();

  static Wanted of(Draft draft, Instant now) {
    return of(draft, draft.requestId().isEmpty() ? drawn() : draft.requestId(), now);
  }

  /// Nobody else's: half of it is drawn once, which costs more than all else here, and half counts.
  private static String drawn() {
    return new UUID(OURS, COUNT.incrementAndGet()).toString();
  }

  /// @param now of its transaction
  static Wanted of(Draft draft, String requestId, Instant now) {
    var firstKey =
        draft.threading() instanceof Incident event
            ? Episode.firstKey(draft.route(), event, now)
            : null;
    return new Wanted(draft, requestId, dedup(draft), subject(draft), firstKey);
  }

  private static @Nullable LaterKey dedup(Draft draft) {
    var dedup = draft.dedup();
    return dedup.id().isEmpty()
        ? null
        : LaterKey.of(draft.credential().lane(), dedup.scope(), Placing.hash(dedup.id()));
  }

  /// A destination's own: another one in the same space has to hear of it for itself.
  private static @Nullable LaterKey subject(Draft draft) {
    var credential = draft.credential();
    return draft.threading() instanceof Incident event
        ? LaterKey.of(
            credential.lane(),
            draft.route(),
            Placing.hash(credential.destination() + "\n" + event.source() + "\n" + event.subject()))
        : null;
  }

  /// As it stands in the entry's row.
  byte @Nullable [] dedupId() {
    return dedup == null ? null : dedup.hash();
  }
}
