/**
 * What messages and cards both need to know of text: which addresses are links, how many bytes a
 * text has. Comes in: any text. Goes out: an answer about it. Always true: nothing here throws for
 * what a text holds. Not exported.
 */
@NullMarked
package campana.client.text;

import org.jspecify.annotations.NullMarked;
