/// Whose URL is this, and may it post here now? Comes in: space, key and token of a request. Goes
/// out: an [campana.server.webhook.Admission]. Always true: credentials are judged before content,
/// and in constant time.
@NullMarked
package campana.server.webhook;

import org.jspecify.annotations.NullMarked;
