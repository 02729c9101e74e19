package campana.relay.outbox;

import java.time.Instant;

/// One request that was made for an entry.
///
/// @param rest what it means for the lane
public record Attempt(Answer answer, Instant startedAt, Instant endedAt, Rest rest) {
  public Attempt(Answer answer, Instant startedAt, Instant endedAt) {
    this(answer, startedAt, endedAt, Rest.NONE);
  }
}
