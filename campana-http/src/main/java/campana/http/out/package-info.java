/// Requests that the server makes to addresses which config, people or messages named.
///
/// **In**: a URL from anybody. **Out**: [Fetched]. **Always true**: [OutgoingGuard] has looked at
/// every address before a byte went to it, and the connection goes to that address and no other, so
/// a name that answers differently the second time is no way round.
///
/// [GuardedFetch] sees to it by connecting itself. For clients that connect on their own,
/// [GuardedNames] guards the names.
///
/// **Threads.** [GuardedFetch] owns a handful of platform threads, `fetch-…`, since looking up a
/// name blocks its carrier; they end when it is closed, and by themselves when there is nothing to
/// do. The caller waits at most the time-out.
@NullMarked
package campana.http.out;

import org.jspecify.annotations.NullMarked;
