/// Tests of this room.
@NullMarked
package campana.relay.delivery;

import org.jspecify.annotations.NullMarked;
