/// Tests of the room `source`.
@NullMarked
package campana.relay.source;

import org.jspecify.annotations.NullMarked;
