/// Empties the outbox: one attempt at a time in each lane, paced from the last answer. Comes in:
/// turns. Goes out: steps, which the outbox stores.
///
/// What follows an attempt is decided by pure functions ([campana.relay.delivery.RetryPolicy],
/// [campana.relay.delivery.Pace]); doing is thin ([campana.relay.delivery.Dispatcher]).
///
/// Always true: one request in flight in a lane; after an answer the lane rests for its interval;
/// whatever happens to this process, an entry is delivered, or waits, or is a dead letter.
@NullMarked
package campana.relay.delivery;

import org.jspecify.annotations.NullMarked;
