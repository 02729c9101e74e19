/// The relay: from a trigger, or a post meant for somebody else's server, to its delivery.
///
/// Rooms: [campana.relay.source] reads what a tool sends into triggers, [campana.relay.route] says
/// where each goes and what it says, [campana.relay.outbox] is the durable queue of entries in
/// lanes, [campana.relay.delivery] empties it; `store` has all SQL, `web` all HTTP. Arrows point
/// inward: `web → rooms ← store`, and among the rooms `route → source, outbox` and `delivery →
/// outbox`.
///
/// Always true: a sender hears 200 only after its entries are on disk, and no network call stands
/// between.
@NullMarked
package campana.relay;

import org.jspecify.annotations.NullMarked;
