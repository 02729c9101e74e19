/// Speed, measured beside its limit in one run: every figure stands next to what the machine could
/// have done at that minute. Load goes to this machine's loopback alone, bounded in count and time.
@NullMarked
package campana.bench;

import org.jspecify.annotations.NullMarked;
