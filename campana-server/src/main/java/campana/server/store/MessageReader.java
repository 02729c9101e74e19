package campana.server.store;

import campana.server.message.Message;
import campana.server.message.MessageFilter;
import campana.server.message.MessageIds;
import campana.server.message.ThreadSummary;
import campana.store.Buckets;
import campana.store.Row;
import campana.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads messages along their space's trail, and replies by their index, inside one snapshot.
final class MessageReader {
  /// What retention writes as remover of a message that is gone, while its row still leads to older
  /// ones.
  static final String SHELL = "";

  private static final int LEAST_READ = 32; // at a time, of those that a filter may drop

  private static final String COLUMNS = MessageRow.COLUMNS + ", m.previous";
  private static final String BY_ENTRY = COLUMNS + " from message m where m.entry = ?";
  private static final String TIME = "select create_time from message where entry = ?";
  private static final String REPLIES =
      COLUMNS
          + """
           from reply_at r join message m on m.entry = r.entry
           where r.bucket = ? and r.space_id = ? and r.thread = ? and r.position > ?
             and r.position < ? and m.create_time > ? and m.create_time < ?
             and (? or m.removed_by is null)
           order by r.position\
          """;
  private static final String COUNT =
      """
      select count(*), max(position) from reply_at
       where bucket = ? and space_id = ? and thread = ? and position <= ?\
      """;
  private static final String ALIAS =
      "select position from message_alias where bucket = ? and space_id = ? and message_id = ?";

  private final MessageIds ids;

  /// A row of the log.
  ///
  /// @param message null where retention left the row for the sake of older ones
  private record Logged(@Nullable Message message, long previous) {}

  MessageReader(MessageIds ids) {
    this.ids = ids;
  }

  static Optional<Long> alias(Tx tx, String spaceId, String messageId) {
    return tx.first(ALIAS, row -> row.number(1), Buckets.of(spaceId), spaceId, messageId);
  }

  /// What is to be seen of a space that has no shelf.
  static Shelf.Seen filed(Tx tx, String spaceId) {
    return new Shelf.Seen(Trail.filed(tx, spaceId).head(), Long.MAX_VALUE, List.of());
  }

  Optional<Message> at(Tx tx, Shelf.Seen seen, long position) {
    return byEntry(tx, Trail.entry(tx, seen.head(), position));
  }

  private Optional<Message> byEntry(Tx tx, long entry) {
    return logged(tx, entry).map(Logged::message);
  }

  private Optional<Logged> logged(Tx tx, long entry) {
    return tx.first(
        BY_ENTRY,
        row -> new Logged(SHELL.equals(row.textOrNull(9)) ? null : message(row), row.number(12)),
        entry);
  }

  /// Messages after position `low` and before `high` that are wanted, newest first.
  private List<Message> backwards(
      Tx tx, Shelf.Seen seen, long low, long high, MessageFilter filter, int limit) {
    var found = new ArrayList<Message>();
    var position = Math.min(high - 1, seen.last());
    var entry = Trail.entry(tx, seen.head(), position);
    while (position > low && found.size() < limit) {
      var logged = logged(tx, entry).orElse(null);
      if (logged == null) {
        break; // retention took this one and all before it
      }
      if (logged.message() != null && wanted(logged.message(), filter)) {
        found.add(logged.message());
      }
      entry = logged.previous();
      position--;
    }
    return found;
  }

  /// The same from the oldest on.
  private List<Message> forwards(
      Tx tx, Shelf.Seen seen, long low, long high, MessageFilter filter, int limit) {
    var found = new ArrayList<Message>();
    var end = Math.min(high, seen.last() + 1);
    var read = low;
    if (logged(tx, Trail.entry(tx, seen.head(), read + 1)).isEmpty()) {
      read = Math.max(read, lastBefore(tx, seen, TimeSeek.GONE + 1));
    }
    while (read + 1 < end && found.size() < limit) {
      var upTo = Math.min(end - 1, read + Math.max(LEAST_READ, limit - found.size()));
      for (var message :
          backwards(tx, seen, read, upTo + 1, filter, Integer.MAX_VALUE).reversed()) {
        if (found.size() < limit) {
          found.add(message);
        }
      }
      read = upTo;
    }
    return found;
  }

  /// @param cursor position to go on after, in the filter's order; 0: from its beginning
  List<Message> list(
      Tx tx, String spaceId, Shelf.Seen seen, MessageFilter filter, long cursor, int limit) {
    var low = filter.newestFirst() ? 0 : cursor;
    var high = filter.newestFirst() && cursor > 0 ? cursor : Long.MAX_VALUE;
    if (filter.after() != null) {
      var after = filter.after().minus(TimeSeek.SLACK);
      low = Math.max(low, lastBefore(tx, seen, after.toEpochMilli()));
    }
    if (filter.before() != null) {
      var before = filter.before().plus(TimeSeek.SLACK);
      high = Math.min(high, lastBefore(tx, seen, before.toEpochMilli()) + 1);
    }
    if (filter.thread() != 0) {
      return ofThread(tx, spaceId, seen, low, high, filter, limit);
    }
    return List.copyOf(
        filter.newestFirst()
            ? backwards(tx, seen, low, high, filter, limit)
            : forwards(tx, seen, low, high, filter, limit));
  }

  private List<Message> ofThread(
      Tx tx,
      String spaceId,
      Shelf.Seen seen,
      long low,
      long high,
      MessageFilter filter,
      int limit) {
    var thread = filter.thread();
    var found = new ArrayList<Message>();
    if (thread > low && thread < high) {
      at(tx, seen, thread).ifPresent(found::add);
    }
    var filed =
        tx.query(
            REPLIES + (filter.newestFirst() ? " desc limit ?" : " limit ?"),
            this::message,
            Buckets.of(spaceId),
            spaceId,
            thread,
            low,
            seen.filedTo() < high ? seen.filedTo() + 1 : high,
            filter.after() == null ? Long.MIN_VALUE : filter.after().toEpochMilli(),
            filter.before() == null ? Long.MAX_VALUE : filter.before().toEpochMilli(),
            filter.showRemoved(),
            limit);
    found.addAll(filter.newestFirst() ? filed.reversed() : filed);
    for (var reply : seen.replies()) {
      if (reply.thread() == thread && reply.position() > low && reply.position() < high) {
        byEntry(tx, reply.entry()).ifPresent(found::add);
      }
    }
    return (filter.newestFirst() ? found.reversed() : found)
        .stream()
            .filter(message -> message.thread() == thread && wanted(message, filter))
            .limit(limit)
            .toList();
  }

  /// By position: up to it all are earlier, but for clocks set back.
  private static long lastBefore(Tx tx, Shelf.Seen seen, long time) {
    return TimeSeek.lastBefore(
        time,
        seen.last() + 1,
        position ->
            tx.first(TIME, row -> row.number(1), Trail.entry(tx, seen.head(), position))
                .orElse(TimeSeek.GONE));
  }

  private static boolean wanted(Message message, MessageFilter filter) {
    return (filter.after() == null || message.createTime().isAfter(filter.after()))
        && (filter.before() == null || message.createTime().isBefore(filter.before()))
        && (filter.showRemoved() || message.removedBy() == null);
  }

  Optional<ThreadSummary> summary(Tx tx, String spaceId, Shelf.Seen seen, long thread) {
    var filed =
        tx.first(
                COUNT,
                row -> new long[] {row.number(1), row.number(2)},
                Buckets.of(spaceId),
                spaceId,
                thread,
                seen.filedTo())
            .orElseThrow();
    var replies = (int) filed[0];
    var last = Math.max(thread, filed[1]);
    for (var reply : seen.replies()) {
      if (reply.thread() == thread) {
        replies++;
        last = reply.position();
      }
    }
    var count = replies;
    return at(tx, seen, last)
        .filter(message -> message.thread() == thread)
        .map(message -> new ThreadSummary(thread, count, message.position(), message.createTime()));
  }

  private Message message(Row row) {
    return MessageRow.of(ids, row);
  }
}
