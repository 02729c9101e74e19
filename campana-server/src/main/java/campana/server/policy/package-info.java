/// The organisation's switches: may webhooks be used at all, and in direct messages. Always true: a
/// change is effective with the next request.
@NullMarked
package campana.server.policy;

import org.jspecify.annotations.NullMarked;
