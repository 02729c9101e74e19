package campana.relay.store;

import campana.relay.outbox.Lane;
import campana.store.Buckets;
import campana.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which lanes this process empties.
final class Leases {
  static final Duration LASTS = Duration.ofSeconds(6);

  private static final String TAKE =
      """
      insert into lease (bucket, lane, holder, until) values (?, ?, ?, ?)
        on conflict (bucket, lane) do update set holder = excluded.holder, until = excluded.until
        where lease.holder = excluded.holder or lease.until <= ?\
      """;
  private static final String MINE =
      "select 1 from lease where bucket = ? and lane = ? and holder = ?";
  private static final String RENEW = "update lease set until = ? where holder = ?";
  private static final String DROP =
      "delete from lease where bucket = ? and lane = ? and holder = ?";
  private static final String VOID = "delete from lease";

  private final String holder;
  private final Set<String> mine = ConcurrentHashMap.newKeySet(); // as committed

  /// @param holder nobody else's name
  Leases(String holder) {
    this.holder = holder;
  }

  /// Takes a lane that nobody has.
  ///
  /// @return whether it is ours now
  boolean take(Tx tx, Lane lane, Instant now) {
    if (mine.contains(lane.id())) {
      return true;
    }
    var bucket = Buckets.of(lane.id());
    var taken = tx.update(TAKE, bucket, lane.id(), holder, now.plus(LASTS), now) > 0;
    if (taken) {
      tx.afterCommit(() -> mine.add(lane.id()));
    }
    return taken;
  }

  boolean has(Tx tx, String laneId) {
    return tx.first(MINE, row -> true, Buckets.of(laneId), laneId, holder).orElse(false);
  }

  /// Gives a lane up in which nothing waits.
  void drop(Tx tx, String laneId) {
    tx.update(DROP, Buckets.of(laneId), laneId, holder);
    tx.afterCommit(() -> mine.remove(laneId));
  }

  void renew(Tx tx, Instant now) {
    tx.update(RENEW, now.plus(LASTS), holder);
  }

  void voidAll(Tx tx) {
    tx.update(VOID);
    tx.afterCommit(mine::clear);
  }
}
