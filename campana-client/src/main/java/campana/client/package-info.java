/**
 * Posts messages to a webhook. Comes in: a webhook URL, messages, options. Goes out: a typed result
 * of each. Always true: posts to one space leave one after the other, in order, and the URL's key
 * and token are printed nowhere.
 */
@NullMarked
package campana.client;

import org.jspecify.annotations.NullMarked;
