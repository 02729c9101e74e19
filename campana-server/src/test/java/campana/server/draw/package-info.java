@NullMarked
package campana.server.draw;

import org.jspecify.annotations.NullMarked;
