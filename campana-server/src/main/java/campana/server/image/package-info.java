/// Remote images (avatars, card images), fetched by the server and never by the reader's browser.
@NullMarked
package campana.server.image;

import org.jspecify.annotations.NullMarked;
