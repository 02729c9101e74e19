package campana.relay.outbox;

import java.time.Instant;

/// What the far side wants of a lane after it has said that there was too much, whoever empties the
/// lane next.
///
/// @param freeAt when the lane may be used again
/// @param slowUntil until when it goes slower
public record Rest(Instant freeAt, Instant slowUntil) {
  /// Nothing but the usual pace.
  public static final Rest NONE = new Rest(Instant.EPOCH, Instant.EPOCH);
}
