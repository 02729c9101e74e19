package campana.server.store;

import campana.server.space.Spaces;
import campana.store.Buckets;
import campana.store.Database;
import campana.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Deletes what is left of spaces that can be restored no more: messages first, the newest before
/// the older ones and in small parts that posts go in between, then all the rest and the space
/// itself at once. Stopped half-way it goes on the next time. The audit stays.
final class SpacePurge {
  private static final int PART = 500;

  private static final String DUE =
      "select space_id from space where delete_time < ? order by delete_time, space_id";

  /// What may be many, in parts.
  private static final List<String> MANY =
      List.of(
          """
          delete from thread_key where bucket = ? and space_id = ? and key_hash in
           (select key_hash from thread_key
             where bucket = ? and space_id = ? limit ?)\
          """,
          """
          delete from request where bucket = ? and space_id = ? and request_hash in
           (select request_hash from request
             where bucket = ? and space_id = ? limit ?)\
          """,
          """
          delete from member where bucket = ? and space_id = ? and person_id in
           (select person_id from member
             where bucket = ? and space_id = ? limit ?)\
          """);

  private static final List<String> LAST =
      List.of(
          "delete from webhook where bucket = ? and space_id = ?",
          "delete from space_head where bucket = ? and space_id = ?",
          "delete from space where bucket = ? and space_id = ?");

  private final Database database;
  private final Messages messages;
  private final Consumer<String> gone;

  /// A space's messages, where they are.
  interface Messages {
    /// False: something is about to be written of them, and an hour later is soon enough.
    boolean atRest(String space);

    /// Deletes the newest of them.
    ///
    /// @return how many; fewer than `most`: no more are there
    int delete(Tx tx, int bucket, String space, int most);

    /// Statements that delete some of what leads to them, by bucket, space, the same once more, and
    /// number.
    List<String> indexes();

    /// All of it is gone.
    void forget(String space);
  }

  /// @param gone hears the id of each space that is gone, after the commit
  SpacePurge(Database database, Messages messages, Consumer<String> gone) {
    this.database = database;
    this.messages = messages;
    this.gone = gone;
  }

  /// @param closing asked between parts
  void runOnce(Instant now, BooleanSupplier closing) {
    var cutoff = now.minus(Spaces.GRACE);
    for (var space : database.read(tx -> tx.query(DUE, row -> row.text(1), cutoff))) {
      if (messages.atRest(space) && purged(space, closing)) {
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
      part = database.write(bucket, tx -> messages.delete(tx, bucket, space, PART));
    }
    for (var sql : Stream.concat(messages.indexes().stream(), MANY.stream()).toList()) {
      for (var part = PART; part == PART; ) {
        if (closing.getAsBoolean()) {
          return false;
        }
        part = database.write(bucket, tx -> tx.update(sql, bucket, space, bucket, space, PART));
      }
    }
    return database.write(
        bucket,
        tx -> {
          LAST.forEach(sql -> tx.update(sql, bucket, space));
          tx.afterCommit(() -> messages.forget(space));
          return true;
        });
  }
}
