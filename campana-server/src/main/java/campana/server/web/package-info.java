/// HTTP of the chat server: the wire endpoint, the resources API, pages and stream. Translates;
/// decides nothing.
@NullMarked
package campana.server.web;

import org.jspecify.annotations.NullMarked;
