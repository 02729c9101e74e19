/// Tests of this room.
@NullMarked
package campana.relay.outbox;

import org.jspecify.annotations.NullMarked;
