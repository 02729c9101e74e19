/// Tells viewers what was committed, in position order, and lets go of a slow one. Comes in:
/// committed messages. Goes out: calls to subscribers. Always true: nothing is told before its
/// commit.
@NullMarked
package campana.server.feed;

import org.jspecify.annotations.NullMarked;
