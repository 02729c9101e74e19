/// Who reads: people, their sign-in links, sessions and tokens, and each one's own settings. Always
/// true: what lets somebody in is stored as a hash only.
@NullMarked
package campana.server.people;

import org.jspecify.annotations.NullMarked;
