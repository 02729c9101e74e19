package campana.server.store;

import campana.store.Buckets;
import campana.store.Columns;
import campana.store.Database;
import campana.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Deletes old messages where they are found by their keys: looked for by time, beside the posts,
/// and deleted in small parts, each of one bucket and by its own writer.
final class KeyedAgeing implements Retention.Ageing {
  private static final int LOOK = 10_000;
  private static final int PART = 500;

  private static final String OLD =
      "select space_id, position from message where create_time < ? limit ?";
  private static final String DELETE =
      """
      delete from message where bucket = ? and (space_id, position) in
       (select w.space_id, w.position from unnest(?::text[], ?::bigint[]) as w (space_id, position))\
      """;
  private static final String NOTE_END =
      """
      insert into space_head (bucket, space_id, position, quota_state) values (?, ?, ?, ?)
      on conflict (bucket, space_id)
      do update set position = excluded.position, quota_state = excluded.quota_state
       where excluded.position >= space_head.position\
      """;
  private static final String OLD_REQUESTS =
      "select space_id, request_hash from request where create_time < ? limit ?";
  private static final String DELETE_REQUESTS =
      """
      delete from request where bucket = ? and (space_id, request_hash) in
       (select w.space_id, w.hash from unnest(?::text[], ?::bytea[]) as w (space_id, hash))\
      """;
  private static final String DELETE_KEYS =
      """
      delete from thread_key where bucket = ? and (space_id, key_hash) in
       (select k.space_id, k.key_hash from thread_key k
         where k.bucket = ? and k.bind_time < ?
           and not exists (select 1 from message m where m.bucket = ?
                            and m.space_id = k.space_id and m.thread = k.thread
                            and m.thread <> m.position)
         limit ?)\
      """;

  private record Place(String spaceId, long position) {}

  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Request(String spaceId, byte[] hash) {}

  private final Database database;

  KeyedAgeing(Database database) {
    this.database = database;
  }

  @Override
  public int messages(Instant cutoff, BooleanSupplier closing) {
    var deleted = 0;
    for (var found = LOOK; found == LOOK && !closing.getAsBoolean(); ) {
      var old =
          database.read(
              tx -> tx.query(OLD, row -> new Place(row.text(1), row.number(2)), cutoff, LOOK));
      found = old.size();
      deleted += inParts(old, Place::spaceId, closing, this::delete);
    }
    return deleted;
  }

  private int delete(int bucket, List<Place> part) {
    return database.write(
        bucket,
        tx -> {
          noteEnds(tx, bucket, part);
          return tx.update(
              DELETE,
              bucket,
              Columns.texts(part, Place::spaceId),
              Columns.longs(part, Place::position));
        });
  }

  /// Of spaces that lose their newest message.
  private static void noteEnds(Tx tx, int bucket, List<Place> part) {
    var spaces = part.stream().map(Place::spaceId).collect(Collectors.toCollection(TreeSet::new));
    var going = Set.copyOf(part);
    List<@Nullable Object[]> ends = new ArrayList<>();
    for (var end : Ends.of(tx, spaces)) {
      if (going.contains(new Place(end.spaceId(), end.position()))) {
        ends.add(new Object[] {bucket, end.spaceId(), end.position(), end.quotaState()});
      }
    }
    tx.updateAll(NOTE_END, ends);
  }

  @Override
  public void requests(Instant before, BooleanSupplier closing) {
    for (var found = LOOK; found == LOOK && !closing.getAsBoolean(); ) {
      var old =
          database.read(tx ->
              tx.query(OLD_REQUESTS, row -> new Request(row.text(1), row.bytes(2)), before, LOOK));
      found = old.size();
      inParts(old, Request::spaceId, closing, this::deleteRequests);
    }
  }

  private int deleteRequests(int bucket, List<Request> part) {
    return database.write(
        bucket,
        tx ->
            tx.update(
                DELETE_REQUESTS,
                bucket,
                Columns.texts(part, Request::spaceId),
                Columns.bytes(part, Request::hash)));
  }

  /// What is done with a part of one bucket.
  private interface Deed<T> {
    /// @return how many it was done to
    int doTo(int bucket, List<T> part);
  }

  private static <T> int inParts(
      List<T> all, Function<T, String> spaceId, BooleanSupplier closing, Deed<T> deed) {
    var buckets =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    each -> Buckets.of(spaceId.apply(each)), TreeMap::new, Collectors.toList()));
    var done = 0;
    for (var bucket : buckets.entrySet()) {
      var rows = bucket.getValue();
      for (var from = 0; from < rows.size() && !closing.getAsBoolean(); from += PART) {
        var part = rows.subList(from, Math.min(from + PART, rows.size()));
        done += deed.doTo(bucket.getKey(), part);
      }
    }
    return done;
  }

  @Override
  public void keys(int bucket, Instant cutoff) {
    for (int part = PART; part == PART; ) {
      part =
          database.write(
              bucket, tx -> tx.update(DELETE_KEYS, bucket, bucket, cutoff, bucket, PART));
    }
  }
}
