/// Tests of the room `route`.
@NullMarked
package campana.relay.route;

import org.jspecify.annotations.NullMarked;
