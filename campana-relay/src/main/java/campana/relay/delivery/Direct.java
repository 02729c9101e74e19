package campana.relay.delivery;

import campana.relay.outbox.Draft;
import campana.relay.outbox.Outcome;
import campana.relay.outbox.Trust;
import campana.relay.outbox.Turn;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/// An attempt that its sender waits for.
///
/// @param until when the sender stops waiting
record Direct(Draft draft, Turn turn, Instant until, CompletableFuture<Outcome> outcome) {
  boolean gaveUp(Instant now) {
    return !now.isBefore(until) || outcome.isDone();
  }

  boolean unproven() {
    return turn.trust() == Trust.UNPROVEN;
  }
}
