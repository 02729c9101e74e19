/// The chat server: spaces, people, webhooks, and the messages that webhooks post.
///
/// Rooms: [campana.server.webhook] says whose URL a request brings, [campana.server.message] turns
/// a post into a stored message, [campana.server.quota] grants one write per second and space,
/// [campana.server.feed] tells viewers, [campana.server.space] and [campana.server.people] hold who
/// may read what; `store` has all SQL, `web` all HTTP. Arrows point inward: `web → rooms ← store`.
@NullMarked
package campana.server;

import org.jspecify.annotations.NullMarked;
