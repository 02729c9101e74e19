@NullMarked
package campana.http;

import org.jspecify.annotations.NullMarked;
