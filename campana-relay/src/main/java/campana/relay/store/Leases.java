package campana.relay.store;

import campana.relay.outbox.Lane;
import campana.store.Buckets;
import campana.store.Columns;
import campana.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Which lanes this process empties. Where other processes can hold some, too, a lease is changed
/// under its lane's lock, and is believed for as long as it lasts.
final class Leases {
  static final Duration LASTS = Duration.ofSeconds(6);

  /// What is left of a lease that needs no second look: more than it takes to commit.
  private static final Duration SURE = Duration.ofSeconds(1);

  /// Stands for what one process does for all: no lane has a name of two characters.
  private static final String CARE = "--";

  private static final String TAKE =
      """
      insert into lease (bucket, lane, holder, until) values (?, ?, ?, ?)
        on conflict (bucket, lane) do update set holder = excluded.holder, until = excluded.until
        where lease.holder = excluded.holder or lease.until <= ?\
      """;
  private static final String TAKE_ALL =
      """
      insert into lease (bucket, lane, holder, until)
        select w.bucket, w.lane, ?, ? from unnest(?::smallint[], ?::text[]) as w (bucket, lane)
        on conflict (bucket, lane) do update set holder = excluded.holder, until = excluded.until
        where lease.holder = excluded.holder or lease.until <= ?
      returning lane\
      """;
  private static final String MINE =
      "select 1 from lease where bucket = ? and lane = ? and holder = ?";
  private static final String STILL_MINE = MINE + " and until > ?";
  private static final String RENEW = "update lease set until = ? where holder = ?";
  private static final String RENEW_TELLING = RENEW + " returning lane";
  private static final String RENEW_HERE =
      "update lease set until = ? where bucket = ? and holder = ? returning lane";
  private static final String DROP =
      "delete from lease where bucket = ? and lane = ? and holder = ?";
  private static final String VOID = "delete from lease";
  private static final String LEAVE = "delete from lease where holder = ?";

  private final String holder;
  private final boolean shared;

  /// As committed, with the time until which nobody else can have them.
  private final Map<String, Instant> mine = new ConcurrentHashMap<>();

  /// @param holder nobody else's name
  /// @param shared whether other processes can hold lanes of this database
  Leases(String holder, boolean shared) {
    this.holder = holder;
    this.shared = shared;
  }

  static int careBucket() {
    return Buckets.of(CARE);
  }

  String holder() {
    return holder;
  }

  /// Takes a lane that nobody has.
  ///
  /// @return whether it is ours now
  boolean take(Tx tx, Lane lane, Instant now) {
    return take(tx, lane.id(), now);
  }

  /// Takes what one process at a time does for all lanes.
  ///
  /// @return whether it is ours now
  boolean takeCare(Tx tx, Instant now) {
    return take(tx, CARE, now);
  }

  /// Whether that is ours, without a look at the database.
  boolean hasCare(Instant now) {
    return sure(CARE, now);
  }

  private boolean take(Tx tx, String laneId, Instant now) {
    if (sure(laneId, now)) {
      return true;
    }
    var until = now.plus(LASTS);
    var taken = tx.update(TAKE, Buckets.of(laneId), laneId, holder, until, now) > 0;
    if (taken) {
      tx.afterCommit(() -> mine.put(laneId, shared ? until : Instant.MAX));
    }
    return taken;
  }

  boolean sure(String laneId, Instant now) {
    var until = mine.get(laneId);
    return until != null && until.isAfter(now.plus(SURE));
  }

  /// Takes those that nobody else has. Where the database is shared.
  ///
  /// @param lanes locked
  /// @return their ids
  List<String> takeAll(Tx tx, Collection<Lane> lanes, Instant now) {
    var all = new ArrayList<>(lanes);
    var until = now.plus(LASTS);
    if (tx.spread()) {
      return all.stream().filter(lane -> take(tx, lane, now)).map(Lane::id).toList();
    }
    var taken =
        tx.query(
            TAKE_ALL,
            row -> row.text(1),
            holder,
            until,
            Columns.shorts(all, lane -> Buckets.of(lane.id())),
            Columns.texts(all, Lane::id),
            now);
    tx.afterCommit(() -> taken.forEach(id -> mine.put(id, until)));
    return taken;
  }

  boolean has(Tx tx, String laneId) {
    return tx.first(MINE, row -> true, Buckets.of(laneId), laneId, holder).orElse(false);
  }

  /// Whether it is ours and has not ended: nobody else can have taken it.
  boolean stillHas(Tx tx, String laneId, Instant now) {
    return sure(laneId, now)
        || tx.first(STILL_MINE, row -> true, Buckets.of(laneId), laneId, holder, now).orElse(false);
  }

  /// Gives a lane up in which nothing waits. It is forgotten at once, as a unit behind this one in
  /// the same transaction may want it again.
  void drop(Tx tx, String laneId) {
    mine.remove(laneId);
    tx.update(DROP, Buckets.of(laneId), laneId, holder);
  }

  void renew(Tx tx, Instant now) {
    var until = now.plus(LASTS);
    if (!shared) {
      tx.update(RENEW, until, holder);
      return;
    }
    var renewed = tx.query(RENEW_TELLING, row -> row.text(1), until, holder);
    tx.afterCommit(() -> {
      mine.keySet().retainAll(renewed);
      renewed.forEach(id -> mine.put(id, until));
    });
  }

  /// The buckets of lanes that are ours.
  Set<Integer> buckets() {
    return mine.keySet().stream().map(Buckets::of).collect(Collectors.toSet());
  }

  /// The same as [#renew] for one bucket alone.
  void renew(Tx tx, int bucket, Instant now) {
    var until = now.plus(LASTS);
    var renewed = tx.query(RENEW_HERE, row -> row.text(1), until, bucket, holder);
    tx.afterCommit(() -> {
      mine.keySet().removeIf(id -> Buckets.of(id) == bucket && !renewed.contains(id));
      renewed.forEach(id -> mine.put(id, until));
    });
  }

  void voidAll(Tx tx) {
    tx.update(VOID);
    tx.afterCommit(mine::clear);
  }

  /// Gives all up, at an end in good order: others need not wait until they end by themselves.
  void leave(Tx tx) {
    mine.clear();
    tx.update(LEAVE, holder);
  }
}
