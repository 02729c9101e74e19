package campana.relay.route;

import campana.relay.outbox.Draft;
import java.util.List;

/// What becomes of one trigger.
public sealed interface Plan {
  /// One draft for each destination, never none.
  record Send(List<Draft> drafts) implements Plan {
    public Send {
      drafts = List.copyOf(drafts);
    }
  }

  /// The route's condition does not hold.
  record Filtered(String why) implements Plan {}

  /// Somebody asked for silence.
  record Muted(String why) implements Plan {}
}
