/**
 * Cards, built in Java instead of JSON. Comes in: words, addresses, names of icons. Goes out: a
 * {@link campana.client.card.Card} that a {@link campana.client.Message} carries.
 *
 * <p>Always true: every object here is immutable, and each method that sets something gives a new
 * one back; words are plain unless they come as a {@link campana.client.card.CardText} or through a
 * method that says otherwise; what cannot be clicked by a reader of a webhook's message cannot be
 * built. What the server would refuse, {@link campana.client.card.Card#violations()} tells, under
 * the names the server would use; {@code Message} asks it before anything is sent.
 *
 * <p>Source of the rules: docs/protocol.md, «Cards».
 */
@NullMarked
package campana.client.card;

import org.jspecify.annotations.NullMarked;
