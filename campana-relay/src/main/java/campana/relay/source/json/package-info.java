/// Any JSON: by pointers into it where the route has them, else what its usual fields say.
@NullMarked
package campana.relay.source.json;

import org.jspecify.annotations.NullMarked;
