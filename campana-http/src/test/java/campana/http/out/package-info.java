@NullMarked
package campana.http.out;

import org.jspecify.annotations.NullMarked;
