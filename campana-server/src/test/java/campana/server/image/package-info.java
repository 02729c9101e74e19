@NullMarked
package campana.server.image;

import org.jspecify.annotations.NullMarked;
