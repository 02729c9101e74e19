package campana.relay.store;

import campana.relay.outbox.EntryState;
import campana.store.Tx;
import campana.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Deletes what grew old, a part at a time.
final class Tidying {
  private static final int PART = 500;

  /// A stranger that was refused is known so long.
  private static final Duration LATELY = Duration.ofHours(1);

  private static final Wide OLD =
      Wide.of(
          """
          select bucket, lane, seq from entry where state = ? and done_at <= ? and %s
           order by done_at limit 500\
          """);
  private static final String DROP = "delete from entry where bucket = ? and lane = ? and seq = ?";
  private static final String DROP_ATTEMPTS =
      "delete from attempt where bucket = ? and lane = ? and seq = ?";
  private static final Wide WITH_BODY =
      Wide.of(
          """
          select bucket, lane, seq from entry
           where state = ? and done_at > ? and done_at <= ? and body is not null and %s limit 500\
          """);
  private static final String DROP_BODY =
      "update entry set body = null where bucket = ? and lane = ? and seq = ?";

  private static final Wide DEDUPS =
      Wide.twice(
          """
          delete from dedup where %s and (bucket, lane, scope, id) in
            (select bucket, lane, scope, id from dedup where until / 10000 < ? and %s limit 500)\
          """);
  private static final Wide KEYS =
      Wide.twice(
          """
          delete from key_use where %s and (bucket, lane, strand) in
            (select bucket, lane, strand from key_use where used_at <= ? and %s limit 500)\
          """);
  private static final Wide EPISODES =
      Wide.twice(
          """
          delete from episode where %s and (bucket, lane, route, subject) in
            (select bucket, lane, route, subject from episode
              where heard_at / 10000 < ? and %s limit 500)\
          """);
  private static final long INDEXED = 10_000; // milliseconds, in indexes by time

  private static final Wide STRANGERS =
      Wide.of("select lane, credential from credential where trust = 3 and since <= ? and %s");
  private static final String FORGET =
      """
      delete from credential
       where bucket = ? and lane = ? and credential = ? and trust = 3 and since <= ?\
      """;
  private static final Wide UNREACHED =
      Wide.of("select lane from lane where proven = 0 and waiting = 0 and answered_at <= ? and %s");

  private final LaneBook book;

  Tidying(LaneBook book) {
    this.book = book;
  }

  /// By bucket: what was delivered before has no body any more.
  private final Map<Integer, Instant> bodiless = new HashMap<>();

  /// A statement about all buckets or, where they are spread over nodes, about one.
  private record Wide(String all, String one) {
    static Wide of(String sql) {
      return new Wide(sql.formatted("1 = 1"), sql.formatted("bucket = ?"));
    }

    static Wide twice(String sql) {
      return new Wide(sql.formatted("1 = 1", "1 = 1"), sql.formatted("bucket = ?", "bucket = ?"));
    }

    String about(int bucket) {
      return bucket == Work.ANY ? all : one;
    }
  }

  /// How old things may be.
  ///
  /// @param names of provisional ones; deliveries are kept as long at least
  record Ages(
      Instant deliveries, Instant deadLetters, Instant bodies, Instant names, Instant now) {}

  private record Stranger(String lane, String credential) {}

  private record At(long bucket, String lane, long seq) {}

  /// @param bucket [Work#ANY]: all of them
  boolean part(Tx tx, int bucket, Ages ages) {
    var names = ages.names;
    var delivered = ages.deliveries.isBefore(names) ? ages.deliveries : names;
    var most = 0;
    for (var state : EntryState.values()) {
      most =
          Math.max(
              most,
              switch (state) {
                case WAITING -> 0;
                case DELIVERED, FOLDED -> drop(tx, bucket, state, delivered);
                case EXPIRED, DEAD, DISCARDED -> drop(tx, bucket, state, ages.deadLetters);
              });
    }
    most = Math.max(most, dropBodies(tx, bucket, ages.bodies));
    most = Math.max(most, delete(tx, DEDUPS, bucket, ages.now.toEpochMilli() / INDEXED));
    most = Math.max(most, delete(tx, KEYS, bucket, names.toEpochMilli()));
    most = Math.max(most, delete(tx, EPISODES, bucket, names.toEpochMilli() / INDEXED));
    var lately = ages.now.minus(LATELY);
    forgetStrangers(tx, bucket, lately);
    var unreached = tx.query(UNREACHED.about(bucket), row -> row.text(1), in(bucket, lately));
    book.lock(tx, unreached);
    for (var id : unreached) {
      var lane = book.find(tx, id);
      if (lane != null && lane.waiting == 0) {
        book.prove(lane); // strangers make room for others
      }
    }
    return most >= PART;
  }

  private static Object[] in(int bucket, Object... args) {
    if (bucket == Work.ANY) {
      return args;
    }
    var more = Arrays.copyOf(args, args.length + 1);
    more[args.length] = bucket;
    return more;
  }

  private static int delete(Tx tx, Wide sql, int bucket, long before) {
    return bucket == Work.ANY
        ? tx.update(sql.all, before)
        : tx.update(sql.one, bucket, before, bucket);
  }

  /// Under their lanes' locks: an entry may be about to come by one of them.
  private void forgetStrangers(Tx tx, int bucket, Instant before) {
    var strangers =
        tx.query(
            STRANGERS.about(bucket),
            row -> new Stranger(row.text(1), row.text(2)),
            in(bucket, before));
    book.lock(tx, strangers.stream().map(Stranger::lane).toList());
    for (var stranger : strangers) {
      var lane = book.find(tx, stranger.lane);
      if (lane != null) {
        tx.update(FORGET, lane.bucket, stranger.lane, stranger.credential, before);
        lane.credentials.remove(stranger.credential);
      }
    }
  }

  private static int drop(Tx tx, int bucket, EntryState state, Instant before) {
    var old = tx.query(OLD.about(bucket), Tidying::at, in(bucket, state.number(), before));
    for (var at : old) {
      tx.update(DROP_ATTEMPTS, at.bucket, at.lane, at.seq);
      tx.update(DROP, at.bucket, at.lane, at.seq);
    }
    return old.size();
  }

  private int dropBodies(Tx tx, int bucket, Instant before) {
    var delivered = EntryState.DELIVERED.number();
    var after = bodiless.getOrDefault(bucket, Instant.EPOCH);
    var old = tx.query(WITH_BODY.about(bucket), Tidying::at, in(bucket, delivered, after, before));
    old.forEach(at -> tx.update(DROP_BODY, at.bucket, at.lane, at.seq));
    if (old.isEmpty()) {
      bodiless.put(bucket, before);
    }
    return old.size();
  }

  private static At at(campana.store.Row row) {
    return new At(row.number(1), row.text(2), row.number(3));
  }
}
