package campana.relay.outbox;

import java.time.Duration;

/// What makes a draft the same as one that came before it to the same lane.
///
/// @param scope route and destination, or the credential's id
/// @param id empty: never the same
public record Dedup(String scope, String id, Duration window) {
  public static final Dedup NONE = new Dedup("", "", Duration.ZERO);
}
