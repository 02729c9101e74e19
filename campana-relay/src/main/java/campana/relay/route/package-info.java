/// Where a trigger goes and what it says. Comes in: a [campana.relay.source.Trigger] and the route
/// it came by. Goes out: a [campana.relay.route.Plan], which the outbox takes whole.
///
/// Always true: a plan is made without the network and without the database; what depends on the
/// episode is left open in it ([campana.relay.outbox.Threading]) and decided in the transaction
/// that stores it.
@NullMarked
package campana.relay.route;

import org.jspecify.annotations.NullMarked;
