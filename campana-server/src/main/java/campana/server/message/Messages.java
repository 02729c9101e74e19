package campana.server.message;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What was posted, to be read. Removed messages come too, without content, unless said otherwise.
public interface Messages {
  /// The newest `limit` messages before `beforePosition` (`Long.MAX_VALUE`: the newest of all),
  /// newest first.
  List<Message> latest(String spaceId, long beforePosition, int limit);

  /// The first `limit` messages after `afterPosition` (0: from the start), oldest first. A live
  /// view catches up with it.
  List<Message> since(String spaceId, long afterPosition, int limit);

  /// The first `limit` messages of a thread, its opener included, oldest first.
  List<Message> thread(String spaceId, long threadPosition, int limit);

  /// What a list of threads shows, one for each of `threads` that is kept, in their order.
  List<ThreadSummary> summaries(String spaceId, List<Long> threads);

  /// A message by the last part of its name, `T.M`, or by its sender's own `client-…`.
  Optional<Message> find(String spaceId, String id);

  Optional<Message> at(String spaceId, long position);

  /// What stands at a place that a request id was answered with. Where retention has taken the
  /// message, all but its names is empty.
  Message stored(String spaceId, Ledger.Place place);

  /// The position that a thread's id, the last part of its name, stands for; empty where no message
  /// of it stands.
  OptionalLong threadPosition(String spaceId, String threadId);

  /// Page by page, for the resources API.
  ///
  /// @param cursor position of the last message of the page before; 0 for the first page
  List<Message> list(String spaceId, MessageFilter filter, long cursor, int limit);

  /// Position of the space's newest message, 0 where there never was one.
  long lastPosition(String spaceId);

  /// Takes the content away for good and leaves a line that says by whom.
  ///
  /// @param actor display name of who does it
  /// @return false where it was removed before or is not kept any more
  boolean remove(Message message, String actor);
}
