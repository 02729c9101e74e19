/// Tests of this room.
@NullMarked
package campana.relay.store;

import org.jspecify.annotations.NullMarked;
