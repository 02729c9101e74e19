/// Tests of this room.
@NullMarked
package campana.relay.web;

import org.jspecify.annotations.NullMarked;
