package campana.relay.outbox;

import java.time.Instant;

/// One request that was made for an entry.
public record Attempt(Answer answer, Instant startedAt, Instant endedAt) {}
