/// All HTTP of the relay: intake, the proxy, and the resources under `/v1/relay`. Translates; the
/// rooms decide.
@NullMarked
package campana.relay.web;

import org.jspecify.annotations.NullMarked;
