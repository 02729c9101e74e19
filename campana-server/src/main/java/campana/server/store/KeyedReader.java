package campana.server.store;

import campana.server.message.Message;
import campana.server.message.MessageFilter;
import campana.server.message.MessageIds;
import campana.server.message.ThreadSummary;
import campana.store.Buckets;
import campana.store.Row;
import campana.store.Tx;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads messages by their keys, inside one snapshot.
final class KeyedReader {
  private static final String SELECT = MessageRow.COLUMNS + " from message m";
  private static final String AT =
      SELECT + " where m.bucket = ? and m.space_id = ? and m.position = ?";
  private static final String BY_OWN_ID =
      SELECT + " where m.bucket = ? and m.space_id = ? and m.message_id = ?";
  private static final String LISTED =
      """
       and m.position > ? and m.position < ? and m.create_time > ? and m.create_time < ?
       and (? = 1 or m.removed_by is null)
      """;
  private static final String LIST =
      SELECT + " where m.bucket = ? and m.space_id = ?" + LISTED + " order by m.position";

  /// A thread's opener by its own key, its replies by their index.
  private static final String REPLIES =
      SELECT
          + " where m.bucket = ? and m.space_id = ? and m.thread = ? and m.thread <> m.position"
          + LISTED
          + " order by m.position";

  private static final String OPENER =
      SELECT
          + " where m.bucket = ? and m.space_id = ? and m.position = ? and m.thread = m.position"
          + LISTED
          + " limit ?";
  private static final String COUNT =
      """
      select count(*), max(position) from message
       where bucket = ? and space_id = ? and thread = ? and thread <> position\
      """;

  private final Row.Mapper<Message> message;

  KeyedReader(MessageIds ids) {
    this.message = row -> MessageRow.of(ids, row);
  }

  Row.Mapper<Message> message() {
    return message;
  }

  Optional<Message> at(Tx tx, String spaceId, long position) {
    return tx.first(AT, message, Buckets.of(spaceId), spaceId, position);
  }

  Optional<Message> byOwnId(Tx tx, String spaceId, String messageId) {
    return tx.first(BY_OWN_ID, message, Buckets.of(spaceId), spaceId, messageId);
  }

  /// Position of the newest message; 0 where there never was one.
  static long last(Tx tx, String spaceId) {
    return Ends.of(tx, spaceId).map(Ends.End::position).orElse(0L);
  }

  /// @param cursor position to go on after, in the filter's order; 0: from its beginning
  List<Message> list(Tx tx, String spaceId, MessageFilter filter, long cursor, int limit) {
    var low = filter.newestFirst() ? 0 : cursor;
    var high = filter.newestFirst() && cursor > 0 ? cursor : Long.MAX_VALUE;
    var bounds =
        new Object[] {low, high, after(filter), before(filter), filter.showRemoved(), limit};
    var order = filter.newestFirst() ? " desc limit ?" : " limit ?";
    var space = new Object[] {Buckets.of(spaceId), spaceId};
    if (filter.thread() == 0) {
      return tx.query(LIST + order, message, joined(space, bounds));
    }
    var thread = new Object[] {filter.thread()};
    var opener = tx.query(OPENER, message, joined(joined(space, thread), bounds));
    var replies = tx.query(REPLIES + order, message, joined(joined(space, thread), bounds));
    return (filter.newestFirst()
            ? Stream.concat(replies.stream(), opener.stream())
            : Stream.concat(opener.stream(), replies.stream()))
        .limit(limit)
        .toList();
  }

  private static long after(MessageFilter filter) {
    return filter.after() == null ? Long.MIN_VALUE : filter.after().toEpochMilli();
  }

  /// What is later within a millisecond counts as that one.
  private static long before(MessageFilter filter) {
    return filter.before() == null
        ? Long.MAX_VALUE
        : filter.before().plusNanos(999_999).toEpochMilli();
  }

  private static Object[] joined(Object[] one, Object[] other) {
    return Stream.concat(Arrays.stream(one), Arrays.stream(other)).toArray();
  }

  Optional<ThreadSummary> summary(Tx tx, String spaceId, long thread) {
    var counted =
        tx.first(
                COUNT,
                row -> new long[] {row.number(1), row.number(2)},
                Buckets.of(spaceId),
                spaceId,
                thread)
            .orElseThrow();
    return at(tx, spaceId, Math.max(thread, counted[1]))
        .filter(last -> last.thread() == thread)
        .map(last ->
            new ThreadSummary(thread, (int) counted[0], last.position(), last.createTime()));
  }
}
