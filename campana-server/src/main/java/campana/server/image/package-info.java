/// Remote images (avatars, card images), fetched by the server and never by the reader's browser.
/// Comes in: addresses that senders named. Goes out: addresses of our own that a page may print,
/// and behind them a PNG, JPEG, GIF or WebP, or nothing.
///
/// Always true: only what our own pages printed is fetched, as an address is signed; a sender's
/// host learns neither who reads nor when, only that somebody did once; an image that cannot be had
/// is not asked for again at once; nobody's time to load a page depends on it.
@NullMarked
package campana.server.image;

import org.jspecify.annotations.NullMarked;
