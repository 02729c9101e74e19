/// How often a space may be written to, over all its webhooks. Pure: time comes in, a decision goes
/// out. Always true: only a commit uses a slot up.
@NullMarked
package campana.server.quota;

import org.jspecify.annotations.NullMarked;
