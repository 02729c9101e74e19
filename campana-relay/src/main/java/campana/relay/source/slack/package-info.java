/// What was meant for a Slack incoming webhook: text, attachments, blocks.
@NullMarked
package campana.relay.source.slack;

import org.jspecify.annotations.NullMarked;
