package campana.relay.delivery;

import campana.relay.outbox.Outcome;
import campana.relay.outbox.Turn;

/// Makes one attempt. Blocks until the far side has answered or its time is up, follows no
/// redirect, and throws nothing that the far side can cause.
public interface Sender {
  /// An interruption ends it as unanswered, and stays on the thread.
  Outcome send(Turn turn);
}
