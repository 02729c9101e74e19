package campana.server.store;

import campana.store.Database;
import campana.store.Tx;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Deletes old messages from the log's beginning on, since each leads to older ones. What is old
/// behind a younger one (a clock was ahead for a while) becomes a shell that nobody sees, until its
/// turn comes.
final class LogAgeing implements Retention.Ageing {
  private static final int PART = 500;
  private static final int WALK = 200_000; // messages looked at in a round besides the oldest

  private static final String OLDEST =
      """
      select entry, bucket, space_id, position, thread, message_id, create_time, removed_by
        from message
       where entry > ? and entry <= ? order by entry limit ?\
      """;
  private static final String TIMES =
      """
      select entry, create_time, removed_by from message where entry > ? and entry <= ?
       order by entry limit ?\
      """;
  private static final String DELETE = "delete from message where entry = ?";
  private static final String EMPTY =
      """
      update message set removed_by = ?, content = x'', thread_key = null, request_id = null,
             message_id = null
       where entry = ?\
      """;
  private static final String DELETE_REPLY =
      "delete from reply_at where bucket = ? and space_id = ? and thread = ? and position = ?";
  private static final String DELETE_ALIAS =
      "delete from message_alias where bucket = ? and space_id = ? and message_id = ?";
  private static final String DELETE_REQUESTS =
      """
      delete from request where (bucket, space_id, request_hash) in
       (select bucket, space_id, request_hash from request where create_time < ? limit ?)\
      """;
  private static final String DELETE_KEYS =
      """
      delete from thread_key as k where k.bucket = ? and k.bind_time < ?
         and not exists (select 1 from reply_at r where r.bucket = k.bucket
                          and r.space_id = k.space_id and r.thread = k.thread)\
      """;

  private final Database database;
  private final PostLedger ledger;
  private long walked; // up to which entry the walk has looked; 0: it begins anew

  private record Old(
      long entry,
      long bucket,
      String spaceId,
      long position,
      long thread,
      @Nullable String messageId,
      long createTime,
      @Nullable String removedBy) {
    boolean shell() {
      return MessageReader.SHELL.equals(removedBy);
    }
  }

  LogAgeing(Database database, PostLedger ledger) {
    this.database = database;
    this.ledger = ledger;
  }

  @Override
  public int messages(Instant cutoff, BooleanSupplier closing) {
    var deleted = 0;
    for (var from = new Progress(0, 0, true); from.entry() >= 0 && !closing.getAsBoolean(); ) {
      var before = from;
      from = database.write(tx -> messages(tx, before, cutoff));
      deleted += from.deleted();
    }
    return deleted + walk(cutoff, closing);
  }

  @Override
  public void keys(int bucket, Instant cutoff) {
    database.write(bucket, tx -> tx.update(DELETE_KEYS, bucket, cutoff));
  }

  @Override
  public void requests(Instant before, BooleanSupplier closing) {
    for (var part = PART; part == PART && !closing.getAsBoolean(); ) {
      part = database.write(tx -> tx.update(DELETE_REQUESTS, before, PART));
    }
  }

  /// Looks behind young messages, too, for old ones that a clock put there which was ahead for a
  /// while. Each round goes on where the one before ended, reading beside the posts.
  private int walk(Instant cutoff, BooleanSupplier closing) {
    var deleted = 0;
    for (var looked = 0; looked < WALK && !closing.getAsBoolean(); looked += PART) {
      var after = walked;
      var part =
          database.read(tx ->
              tx.query(
                  TIMES,
                  row -> new Time(row.number(1), row.number(2), row.textOrNull(3)),
                  after,
                  Filing.filed(tx),
                  PART));
      if (part.isEmpty()) {
        walked = 0;
        break;
      }
      if (part.stream().anyMatch(row -> row.old(cutoff))) {
        var from = new Progress(after, 0, false);
        deleted += database.write(tx -> messages(tx, from, cutoff)).deleted();
      }
      walked = part.getLast().entry();
    }
    return deleted;
  }

  private record Time(long entry, long createTime, @Nullable String removedBy) {
    boolean old(Instant cutoff) {
      return createTime < cutoff.toEpochMilli() && !MessageReader.SHELL.equals(removedBy);
    }
  }

  /// @param entry to go on after; below 0: nothing older is left
  /// @param first whether no row stands before that
  private record Progress(long entry, int deleted, boolean first) {}

  /// The log is in order of time but for clocks that were set: a part in which nothing is old ends
  /// the search, and what is behind it is the walk's.
  private Progress messages(Tx tx, Progress from, Instant cutoff) {
    ledger.forgetThreads();
    var part =
        tx.query(
            OLDEST,
            row ->
                new Old(
                    row.number(1),
                    row.number(2),
                    row.text(3),
                    row.number(4),
                    row.number(5),
                    row.textOrNull(6),
                    row.number(7),
                    row.textOrNull(8)),
            from.entry(),
            Filing.filed(tx),
            PART);
    var first = from.first();
    var old = 0;
    var deleted = 0;
    for (var message : part) {
      if (message.createTime() >= cutoff.toEpochMilli()) {
        first = false;
        continue;
      }
      old++;
      if (!message.shell()) {
        unfile(tx, message);
        deleted++;
      }
      if (first) {
        tx.update(DELETE, message.entry());
      } else if (!message.shell()) {
        tx.update(EMPTY, MessageReader.SHELL, message.entry());
      }
    }
    return old == 0
        ? new Progress(-1, 0, false)
        : new Progress(part.getLast().entry(), deleted, first);
  }

  private static void unfile(Tx tx, Old old) {
    if (old.thread() != old.position()) {
      tx.update(DELETE_REPLY, old.bucket(), old.spaceId(), old.thread(), old.position());
    }
    if (old.messageId() != null) {
      tx.update(DELETE_ALIAS, old.bucket(), old.spaceId(), old.messageId());
    }
  }
}
