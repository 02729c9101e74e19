/// The durable queue: what waits, in which order it goes, and what became of it. Comes in:
/// [campana.relay.outbox.Draft]s. Goes out: [campana.relay.outbox.Turn]s to attempt, receipts, and
/// the record of it all.
///
/// A lane is what the far side limits: one space at one origin. Pace, order and backoff are the
/// lane's; trust is the credential's; FIFO is a thread's (the strand). An entry waits until it is
/// delivered, folded, expired, dead or discarded, and each of these is counted in the transaction
/// that makes it true ([campana.relay.outbox.Sums]).
///
/// Always true: entry, episode and dedup id are one transaction; an entry has one `requestId` on
/// all its attempts; nothing here knows the network.
@NullMarked
package campana.relay.outbox;

import org.jspecify.annotations.NullMarked;
