package campana.server.store;

import campana.server.space.Spaces;
import campana.store.Buckets;
import campana.store.Database;
import campana.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Deletes what is left of spaces that can be restored no more: messages first, the newest before
/// the older ones and in small parts that posts go in between, then all the rest and the space
/// itself at once. Stopped half-way it goes on the next time. The audit stays.
final class SpacePurge {
  private static final int PART = 500;

  private static final String DUE =
      "select space_id from space where delete_time < ? order by delete_time, space_id";
  private static final String PREVIOUS = "select previous from message where entry = ?";
  private static final String DELETE = "delete from message where entry = ?";
  private static final String HEAD =
      "update space_head set path = ? where bucket = ? and space_id = ?"; // where to go on

  /// What may be many, in parts.
  private static final List<String> MANY =
      List.of(
          """
          delete from reply_at where (bucket, space_id, thread, position) in
           (select bucket, space_id, thread, position from reply_at
             where bucket = ? and space_id = ? limit ?)\
          """,
          """
          delete from thread_key where (bucket, space_id, key_hash) in
           (select bucket, space_id, key_hash from thread_key
             where bucket = ? and space_id = ? limit ?)\
          """,
          """
          delete from request where (bucket, space_id, request_hash) in
           (select bucket, space_id, request_hash from request
             where bucket = ? and space_id = ? limit ?)\
          """,
          """
          delete from message_alias where (bucket, space_id, message_id) in
           (select bucket, space_id, message_id from message_alias
             where bucket = ? and space_id = ? limit ?)\
          """,
          """
          delete from member where (bucket, space_id, person_id) in
           (select bucket, space_id, person_id from member
             where bucket = ? and space_id = ? limit ?)\
          """);

  private static final List<String> LAST =
      List.of(
          "delete from webhook where bucket = ? and space_id = ?",
          "delete from space_head where bucket = ? and space_id = ?",
          "delete from space where bucket = ? and space_id = ?");

  private final Database database;
  private final Tail tail;
  private final Consumer<String> gone;

  /// @param gone hears the id of each space that is gone, after the commit
  SpacePurge(Database database, Tail tail, Consumer<String> gone) {
    this.database = database;
    this.tail = tail;
    this.gone = gone;
  }

  /// @param closing asked between parts
  void runOnce(Instant now, BooleanSupplier closing) {
    var cutoff = now.minus(Spaces.GRACE);
    for (var space : database.read(tx -> tx.query(DUE, row -> row.text(1), cutoff))) {
      var shelf = tail.shelf(space);
      if (shelf != null && !shelf.filed()) {
        continue; // its last message is about to be filed: an hour later is soon enough
      }
      if (purged(space, closing)) {
        gone.accept(space);
      }
    }
  }

  private boolean purged(String space, BooleanSupplier closing) {
    var bucket = Buckets.of(space);
    for (var part = PART; part == PART; ) {
      if (closing.getAsBoolean()) {
        return false;
      }
      part = database.write(tx -> messages(tx, bucket, space));
    }
    for (var sql : MANY) {
      for (var part = PART; part == PART; ) {
        if (closing.getAsBoolean()) {
          return false;
        }
        part = database.write(tx -> tx.update(sql, bucket, space, PART));
      }
    }
    return database.write(tx -> {
      LAST.forEach(sql -> tx.update(sql, bucket, space));
      tx.afterCommit(() -> tail.forget(space));
      return true;
    });
  }

  private static int messages(Tx tx, int bucket, String space) {
    var head = Trail.filed(tx, space).head();
    var entry = head == null ? 0 : head.entry();
    var deleted = 0;
    for (; deleted < PART; deleted++) {
      var previous = tx.first(PREVIOUS, row -> row.number(1), entry);
      if (previous.isEmpty()) {
        break;
      }
      tx.update(DELETE, entry);
      entry = previous.get();
    }
    tx.update(HEAD, Long.toString(entry), bucket, space);
    return deleted;
  }
}
