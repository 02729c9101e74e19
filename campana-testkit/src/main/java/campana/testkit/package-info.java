/// Helps tests: a clock moved by hand, fresh databases.
@NullMarked
package campana.testkit;

import org.jspecify.annotations.NullMarked;
