package campana.relay.store;

import campana.relay.outbox.Draft;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A draft with what can be made of it before the writer's thread has it.
///
/// @param requestId the sender's own, or one that was drawn
/// @param dedupId as it stands in the entry's row; null: it repeats nobody, and nobody repeats it
@SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
record Wanted(Draft draft, String requestId, byte @Nullable [] dedupId) {
  static Wanted of(Draft draft) {
    return of(
        draft, draft.requestId().isEmpty() ? UUID.randomUUID().toString() : draft.requestId());
  }

  static Wanted of(Draft draft, String requestId) {
    var id = draft.dedup().id();
    return new Wanted(draft, requestId, id.isEmpty() ? null : Placing.hash(id));
  }
}
