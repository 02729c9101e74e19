/// GitHub's webhooks: what people do in a repository, and how its workflows end.
@NullMarked
package campana.relay.source.github;

import org.jspecify.annotations.NullMarked;
