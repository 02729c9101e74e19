/// Tests of the relay.
@NullMarked
package campana.relay;

import org.jspecify.annotations.NullMarked;
