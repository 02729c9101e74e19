/// Helps tests: a clock moved by hand, fresh databases, a chat that answers by script.
@NullMarked
package campana.testkit;

import org.jspecify.annotations.NullMarked;
