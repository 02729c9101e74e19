/// A post becomes a stored message: threads, requestId, messageId, quota. Comes in: an admitted
/// webhook and a [campana.form.Draft]. Goes out: [campana.server.message.Posted]. Always true: an
/// answer other than `Created` stored nothing; positions of a space are consecutive in commit
/// order.
@NullMarked
package campana.server.message;

import org.jspecify.annotations.NullMarked;
