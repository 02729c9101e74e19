/// One post to a webhook, as any sender makes it. Comes in: the URL that was copied and a body.
/// Goes out: the stored message's names, or a [campana.cli.api.Failure]. Always true: the URL goes
/// out as it came, but for what is added at its end, and is printed with its secrets hidden only.
@NullMarked
package campana.cli.send;

import org.jspecify.annotations.NullMarked;
