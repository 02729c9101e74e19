/// Plain text, and forms: whatever `curl --data` sends.
@NullMarked
package campana.relay.source.text;

import org.jspecify.annotations.NullMarked;
