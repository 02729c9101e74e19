/**
 * Posts messages to a webhook. Comes in: a webhook URL, messages, options. Goes out: a typed result
 * of each. Always true: posts to one space leave one after the other, in order; the URL's key and
 * token are printed nowhere; no message is shortened, parted or escaped unasked, and one that the
 * server would refuse for its form does not leave.
 */
@NullMarked
package campana.client;

import org.jspecify.annotations.NullMarked;
