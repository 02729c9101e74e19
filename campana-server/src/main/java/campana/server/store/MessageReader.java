package campana.server.store;

import campana.server.message.Message;
import campana.server.message.MessageFilter;
import campana.server.message.MessageIds;
import campana.server.message.ThreadSummary;
import campana.store.Buckets;
import campana.store.Row;
import campana.store.Tx;
import campana.wire.MessageReplyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads messages by index and from the log's end, inside one snapshot.
final class MessageReader {
  static final MessageFilter EVERYTHING = new MessageFilter(null, null, 0, false, true);

  /// By the wire's number.
  private static final List<MessageReplyOption> OPTIONS = List.of(MessageReplyOption.values());

  private static final String COLUMNS =
      """
      select m.space_id, m.position, m.thread, m.webhook_id, m.create_time, m.content,
             m.thread_key, m.message_id, m.removed_by, coalesce(m.reply_option, 0),
             m.remove_time
      """;
  private static final String BY_ENTRY = COLUMNS + " from message m where m.entry = ?";
  private static final String BY_POSITION =
      COLUMNS
          + """
          from message_at a join message m on m.entry = a.entry
          where a.bucket = ? and a.space_id = ? and a.position = ?\
          """;
  private static final String BACKWARDS =
      COLUMNS
          + """
          from message_at a join message m on m.entry = a.entry
          where a.bucket = ? and a.space_id = ? and a.position <= ?
          order by a.position desc limit ?\
          """;
  private static final String SPACE =
      """
      from message_at a join message m on m.entry = a.entry
      where a.bucket = ? and a.space_id = ?
      """;
  private static final String THREAD =
      """
      from (select position, entry from message_at
             where bucket = ? and space_id = ? and position = ?
            union all
            select position, entry from reply_at
             where bucket = ? and space_id = ? and thread = ?) a
      join message m on m.entry = a.entry
      where m.thread = ?
      """;
  private static final String RANGE =
      """
        and a.position > ? and a.position < ? and m.create_time > ? and m.create_time < ?
        and (? or m.removed_by is null)
      order by a.position\
      """;
  private static final String TIME_FROM =
      """
      select a.position, m.create_time from message_at a join message m on m.entry = a.entry
       where a.bucket = ? and a.space_id = ? and a.position >= ? order by a.position limit 1\
      """;
  private static final String REPLIES =
      """
      select count(*), max(position) from reply_at
       where bucket = ? and space_id = ? and thread = ? and position <= ?\
      """;
  private static final String ALIAS =
      "select position from message_alias where bucket = ? and space_id = ? and message_id = ?";
  private static final String LAST =
      """
      select max(coalesce((select max(position) from message_at where bucket = ? and space_id = ?), 0),
          coalesce((select position from space_head where bucket = ? and space_id = ?), 0))\
      """;

  private final MessageIds ids;

  MessageReader(MessageIds ids) {
    this.ids = ids;
  }

  static Optional<Long> alias(Tx tx, String spaceId, String messageId) {
    return tx.first(ALIAS, row -> row.number(1), Buckets.of(spaceId), spaceId, messageId);
  }

  static long last(Tx tx, String spaceId) {
    var bucket = Buckets.of(spaceId);
    return tx.first(LAST, row -> row.number(1), bucket, spaceId, bucket, spaceId).orElse(0L);
  }

  Optional<Message> byEntry(Tx tx, long entry) {
    return tx.first(BY_ENTRY, this::message, entry);
  }

  Optional<Message> at(Tx tx, String spaceId, Shelf.Unfiled unfiled, long position) {
    var entry = unfiled.entry(position);
    return entry > 0
        ? byEntry(tx, entry)
        : tx.first(BY_POSITION, this::message, Buckets.of(spaceId), spaceId, position);
  }

  /// Filed messages up to `position`, newest first.
  List<Message> backwards(Tx tx, String spaceId, long position, int limit) {
    return tx.query(BACKWARDS, this::message, Buckets.of(spaceId), spaceId, position, limit);
  }

  List<Message> list(
      Tx tx, String spaceId, Shelf.Unfiled unfiled, MessageFilter filter, long cursor, int limit) {
    var found = new ArrayList<Message>();
    if (filter.newestFirst()) {
      fromEnd(tx, unfiled, filter, cursor, limit, found);
    }
    if (found.size() < limit) {
      found.addAll(filed(tx, spaceId, unfiled, filter, cursor, limit - found.size()));
    }
    if (!filter.newestFirst()) {
      fromEnd(tx, unfiled, filter, cursor, limit, found);
    }
    return List.copyOf(found);
  }

  private List<Message> filed(
      Tx tx, String spaceId, Shelf.Unfiled unfiled, MessageFilter filter, long cursor, int limit) {
    var bucket = Buckets.of(spaceId);
    var args = new ArrayList<@Nullable Object>();
    var thread = filter.thread();
    args.addAll(
        thread == 0
            ? List.of(bucket, spaceId)
            : List.of(bucket, spaceId, thread, bucket, spaceId, thread, thread));
    var end = unfiled.filedTo() == Long.MAX_VALUE ? Long.MAX_VALUE : unfiled.filedTo() + 1;
    var first = filter.newestFirst() ? 0L : cursor;
    var last = filter.newestFirst() && cursor > 0 ? Math.min(cursor, end) : end;
    if (filter.after() != null) {
      var after = filter.after().minus(TimeSeek.SLACK);
      first = Math.max(first, lastBefore(tx, spaceId, after.toEpochMilli()));
    }
    if (filter.before() != null) {
      var before = filter.before().plus(TimeSeek.SLACK);
      last = Math.min(last, lastBefore(tx, spaceId, before.toEpochMilli()) + 1);
    }
    args.add(first);
    args.add(last);
    args.add(filter.after() == null ? Long.MIN_VALUE : filter.after().toEpochMilli());
    args.add(filter.before() == null ? Long.MAX_VALUE : filter.before().toEpochMilli());
    args.add(filter.showRemoved());
    args.add(limit);
    var sql =
        COLUMNS
            + (thread == 0 ? SPACE : THREAD)
            + RANGE
            + (filter.newestFirst() ? " desc limit ?" : " limit ?");
    return tx.query(sql, this::message, args.toArray());
  }

  /// By position, of those that are filed: up to it all are earlier, but for clocks set back.
  private static long lastBefore(Tx tx, String spaceId, long time) {
    var bucket = Buckets.of(spaceId);
    return TimeSeek.lastBefore(
        time,
        last(tx, spaceId) + 1,
        position ->
            tx.first(
                    TIME_FROM,
                    row -> new TimeSeek.At(row.number(1), row.number(2)),
                    bucket,
                    spaceId,
                    position)
                .orElse(null));
  }

  /// Adds what of the log's end is wanted, until `found` is full.
  private void fromEnd(
      Tx tx,
      Shelf.Unfiled unfiled,
      MessageFilter filter,
      long cursor,
      int limit,
      List<Message> found) {
    var count = unfiled.entries().length;
    for (var i = 0; i < count && found.size() < limit; i++) {
      var slot = filter.newestFirst() ? count - 1 - i : i;
      var position = unfiled.filedTo() + 1 + slot;
      var beyond = filter.newestFirst() ? cursor == 0 || position < cursor : position > cursor;
      var thread = filter.thread() == 0 || unfiled.threads()[slot] == filter.thread();
      if (beyond && thread) {
        byEntry(tx, unfiled.entries()[slot])
            .filter(message -> wanted(message, filter))
            .ifPresent(found::add);
      }
    }
  }

  private static boolean wanted(Message message, MessageFilter filter) {
    return (filter.after() == null || message.createTime().isAfter(filter.after()))
        && (filter.before() == null || message.createTime().isBefore(filter.before()))
        && (filter.showRemoved() || message.removedBy() == null);
  }

  Optional<ThreadSummary> summary(Tx tx, String spaceId, Shelf.Unfiled unfiled, long thread) {
    var bucket = Buckets.of(spaceId);
    var filed =
        tx.first(
                REPLIES,
                row -> new long[] {row.number(1), row.number(2)},
                bucket,
                spaceId,
                thread,
                unfiled.filedTo())
            .orElseThrow();
    var replies = (int) filed[0];
    var last = Math.max(thread, filed[1]);
    for (var slot = 0; slot < unfiled.threads().length; slot++) {
      var position = unfiled.filedTo() + 1 + slot;
      if (unfiled.threads()[slot] == thread && position != thread) {
        replies++;
        last = position;
      }
    }
    var count = replies;
    return at(tx, spaceId, unfiled, last)
        .filter(message -> message.thread() == thread)
        .map(message -> new ThreadSummary(thread, count, message.position(), message.createTime()));
  }

  private Message message(Row row) {
    var spaceId = row.text(1);
    var position = row.number(2);
    var thread = row.number(3);
    var removedBy = row.textOrNull(9);
    return new Message(
        spaceId,
        position,
        thread,
        ids.name(spaceId, thread, position),
        ids.threadName(spaceId, thread),
        row.text(4),
        Instant.ofEpochMilli(row.number(5)),
        row.bytes(6),
        Objects.requireNonNullElse(row.textOrNull(7), ""),
        OPTIONS.get((int) row.number(10)),
        Objects.requireNonNullElse(row.textOrNull(8), ""),
        removedBy,
        removedBy == null ? null : Instant.ofEpochMilli(row.number(11)));
  }
}
