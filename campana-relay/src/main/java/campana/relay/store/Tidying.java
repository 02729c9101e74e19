package campana.relay.store;

import campana.relay.outbox.EntryState;
import campana.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Deletes what grew old, a part at a time.
final class Tidying {
  private static final int PART = 500;

  /// A stranger that was refused is known so long.
  private static final Duration LATELY = Duration.ofHours(1);

  private static final String OLD =
      """
      select bucket, lane, seq from entry where state = ? and done_at <= ?
       order by done_at limit ?\
      """;
  private static final String DROP = "delete from entry where bucket = ? and lane = ? and seq = ?";
  private static final String DROP_ATTEMPTS =
      "delete from attempt where bucket = ? and lane = ? and seq = ?";
  private static final String WITH_BODY =
      """
      select bucket, lane, seq from entry
       where state = ? and done_at > ? and done_at <= ? and body is not null limit ?\
      """;
  private static final String DROP_BODY =
      "update entry set body = null where bucket = ? and lane = ? and seq = ?";

  /// Two of them by indexes of whole ten seconds.
  private static final List<String> OTHERS =
      List.of(
          """
          delete from dedup where (bucket, lane, scope, id) in
            (select bucket, lane, scope, id from dedup where until / 10000 < ? / 10000 limit 500)\
          """,
          """
          delete from key_use where (bucket, lane, strand) in
            (select bucket, lane, strand from key_use where used_at <= ? limit 500)\
          """,
          """
          delete from episode where (bucket, lane, route, subject) in
            (select bucket, lane, route, subject from episode where heard_at / 10000 < ? / 10000 limit 500)\
          """);

  private static final String STRANGERS =
      "select lane, credential from credential where trust = 3 and since <= ?";
  private static final String FORGET =
      """
      delete from credential
       where bucket = ? and lane = ? and credential = ? and trust = 3 and since <= ?\
      """;
  private static final String UNREACHED =
      "select lane from lane where proven = 0 and waiting = 0 and answered_at <= ?";

  private final LaneBook book;

  Tidying(LaneBook book) {
    this.book = book;
  }

  private Instant bodiless = Instant.EPOCH; // what was delivered before has no body any more

  private record Stranger(String lane, String credential) {}

  private record At(long bucket, String lane, long seq) {}

  /// @param names how old provisional names may be; deliveries are kept as long at least
  boolean part(
      Tx tx, Instant deliveries, Instant deadLetters, Instant bodies, Instant names, Instant now) {
    var delivered = deliveries.isBefore(names) ? deliveries : names;
    var most = 0;
    for (var state : EntryState.values()) {
      most =
          Math.max(
              most,
              switch (state) {
                case WAITING -> 0;
                case DELIVERED, FOLDED -> drop(tx, state, delivered);
                case EXPIRED, DEAD, DISCARDED -> drop(tx, state, deadLetters);
              });
    }
    most = Math.max(most, dropBodies(tx, bodies));
    most = Math.max(most, tx.update(OTHERS.get(0), now));
    most = Math.max(most, tx.update(OTHERS.get(1), names));
    most = Math.max(most, tx.update(OTHERS.get(2), names));
    var lately = now.minus(LATELY);
    forgetStrangers(tx, lately);
    var unreached = tx.query(UNREACHED, row -> row.text(1), lately);
    book.lock(tx, unreached);
    for (var id : unreached) {
      var lane = book.find(tx, id);
      if (lane != null && lane.waiting == 0) {
        book.prove(lane); // strangers make room for others
      }
    }
    return most >= PART;
  }

  /// Under their lanes' locks: an entry may be about to come by one of them.
  private void forgetStrangers(Tx tx, Instant before) {
    var strangers = tx.query(STRANGERS, row -> new Stranger(row.text(1), row.text(2)), before);
    book.lock(tx, strangers.stream().map(Stranger::lane).toList());
    for (var stranger : strangers) {
      var lane = book.find(tx, stranger.lane);
      if (lane != null) {
        tx.update(FORGET, lane.bucket, stranger.lane, stranger.credential, before);
        lane.credentials.remove(stranger.credential);
      }
    }
  }

  private static int drop(Tx tx, EntryState state, Instant before) {
    var old = tx.query(OLD, Tidying::at, state.number(), before, PART);
    for (var at : old) {
      tx.update(DROP_ATTEMPTS, at.bucket, at.lane, at.seq);
      tx.update(DROP, at.bucket, at.lane, at.seq);
    }
    return old.size();
  }

  private int dropBodies(Tx tx, Instant before) {
    var delivered = EntryState.DELIVERED.number();
    var old = tx.query(WITH_BODY, Tidying::at, delivered, bodiless, before, PART);
    old.forEach(at -> tx.update(DROP_BODY, at.bucket, at.lane, at.seq));
    if (old.isEmpty()) {
      bodiless = before;
    }
    return old.size();
  }

  private static At at(campana.store.Row row) {
    return new At(row.number(1), row.text(2), row.number(3));
  }
}
