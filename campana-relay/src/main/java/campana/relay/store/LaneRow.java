package campana.relay.store;

import campana.relay.outbox.Attempt;
import campana.relay.outbox.Lane;
import campana.relay.outbox.Rest;
import campana.relay.outbox.Sums;
import campana.store.Buckets;
import campana.store.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A lane's row, as the writer's thread has it before it: read once, written once a transaction.
final class LaneRow {
  static final String SELECT =
      """
      select lane, name, last_seq, accepted, delivered, folded, expired, dead, discarded, waiting,
          late, carried, paused, proven, untold_since, told_at, answered_at, asides, held,
          free_at, slow_until
        from lane\
      """;
  private static final String INSERT =
      """
      insert into lane (bucket, lane, name, last_seq, accepted, delivered, folded, expired, dead,
          discarded, waiting, late, carried, paused, proven, untold_since, told_at, answered_at,
          asides, held, free_at, slow_until)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (bucket, lane) do\
      """;
  static final String BEGIN = INSERT + " nothing";
  static final String UPSERT =
      INSERT
          + """
           update set
          name = excluded.name, last_seq = excluded.last_seq, accepted = excluded.accepted,
              delivered = excluded.delivered, folded = excluded.folded, expired =
              excluded.expired, dead = excluded.dead, discarded = excluded.discarded, waiting =
              excluded.waiting, late = excluded.late, carried = excluded.carried, paused =
              excluded.paused, proven = excluded.proven, untold_since = excluded.untold_since,
              told_at = excluded.told_at, answered_at = excluded.answered_at, asides =
              excluded.asides, held = excluded.held, free_at = excluded.free_at, slow_until =
              excluded.slow_until\
          """;
  static final String TOOK =
      "update lane set last_seq = ?, accepted = ?, waiting = ? where bucket = ? and lane = ?";

  final Lane lane;
  final int bucket;
  long lastSeq;
  long accepted;
  long delivered;
  long folded;
  long expired;
  long dead;
  long discarded;
  long waiting;
  long late;
  long carried;
  boolean paused;
  boolean proven;
  @Nullable Long untoldSince;
  @Nullable Long toldAt;
  long answeredAt;
  long asides;
  long held;
  long freeAt;
  long slowUntil;

  /// Whether what [#TOOK] writes has changed in this transaction, but for [Arrivals].
  boolean took;

  /// Whether more has changed in this transaction than that.
  boolean otherwise = true;

  /// Those that were looked up. Whoever changes one touches the lane, so that a rolled back
  /// transaction takes them along.
  final Map<String, Credentials.Known> credentials = new HashMap<>();

  LaneRow(Lane lane) {
    this.lane = lane;
    this.bucket = Buckets.of(lane.id());
  }

  static LaneRow of(Row row) {
    var lane = new LaneRow(new Lane(row.text("lane"), row.text("name")));
    lane.lastSeq = row.number("last_seq");
    lane.accepted = row.number("accepted");
    lane.delivered = row.number("delivered");
    lane.folded = row.number("folded");
    lane.expired = row.number("expired");
    lane.dead = row.number("dead");
    lane.discarded = row.number("discarded");
    lane.waiting = row.number("waiting");
    lane.late = row.number("late");
    lane.carried = row.number("carried");
    lane.paused = row.flag("paused");
    lane.proven = row.flag("proven");
    lane.untoldSince = row.numberOrNull("untold_since");
    lane.toldAt = row.numberOrNull("told_at");
    lane.answeredAt = row.number("answered_at");
    lane.asides = row.number("asides");
    lane.held = row.number("held");
    lane.freeAt = row.number("free_at");
    lane.slowUntil = row.number("slow_until");
    lane.otherwise = false;
    return lane;
  }

  /// Where nothing is late, held or paused any more, there is nothing to tell.
  void settleAlarm() {
    if (late == 0 && held == 0 && !paused) {
      untoldSince = null;
      toldAt = null;
    }
  }

  Object[] took() {
    return new Object[] {lastSeq, accepted, waiting, bucket, lane.id()};
  }

  @Nullable Object[] values() {
    return new @Nullable Object[] {
      bucket,
      lane.id(),
      lane.name(),
      lastSeq,
      accepted,
      delivered,
      folded,
      expired,
      dead,
      discarded,
      waiting,
      late,
      carried,
      paused,
      proven,
      untoldSince,
      toldAt,
      answeredAt,
      asides,
      held,
      freeAt,
      slowUntil
    };
  }

  /// The far side has answered.
  void answered(Attempt attempt) {
    answeredAt = Math.max(answeredAt, attempt.endedAt().toEpochMilli());
    freeAt = Math.max(freeAt, attempt.rest().freeAt().toEpochMilli());
    slowUntil = Math.max(slowUntil, attempt.rest().slowUntil().toEpochMilli());
  }

  Rest rest() {
    return new Rest(Instant.ofEpochMilli(freeAt), Instant.ofEpochMilli(slowUntil));
  }

  Sums.Entries entries() {
    return new Sums.Entries(accepted, delivered, folded, expired, dead, discarded, waiting);
  }
}
