package campana.relay.store;

import campana.relay.outbox.Draft;
import campana.relay.outbox.EntryId;
import campana.relay.outbox.Receipt;
import campana.store.Tx;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The statements by which a repetition is known.
final class Dedups {
  private static final String BEFORE =
      """
      select d.seq, e.opener from dedup d
        join entry e on e.bucket = d.bucket and e.lane = d.lane and e.seq = d.seq
       where d.bucket = ? and d.lane = ? and d.scope = ? and d.id = ? and d.until > ?\
      """;
  private static final String REMEMBER =
      """
      insert into dedup (bucket, lane, scope, id, seq, until) values (?, ?, ?, ?, ?, ?)
        on conflict (bucket, lane, scope, id) do update set seq = excluded.seq,
          until = excluded.until\
      """;

  private Dedups() {}

  /// The receipt of the one that this draft repeats; null: it repeats none.
  static @Nullable Receipt first(Tx tx, LaneRow lane, Draft draft, Instant now) {
    var dedup = draft.dedup();
    if (dedup.id().isEmpty()) {
      return null;
    }
    return tx.first(
            BEFORE,
            row -> receipt(lane, draft, row.number(1), row.number(2)),
            lane.bucket,
            lane.lane.id(),
            dedup.scope(),
            Placing.hash(dedup.id()),
            now)
        .orElse(null);
  }

  static Receipt receipt(LaneRow lane, Draft draft, long seq, long opener) {
    var space = draft.credential().url().space();
    return new Receipt(Placing.id(lane, seq), space, new EntryId(lane.lane.id(), opener));
  }

  /// As it stands in the entry's row; null: it repeats nobody, and nobody repeats it.
  static byte @Nullable [] id(Draft draft) {
    return draft.dedup().id().isEmpty() ? null : Placing.hash(draft.dedup().id());
  }

  static void remember(Tx tx, LaneRow lane, Draft draft, long seq, Instant now) {
    var id = id(draft);
    if (id != null) {
      var until = now.plus(draft.dedup().window());
      tx.update(REMEMBER, lane.bucket, lane.lane.id(), draft.dedup().scope(), id, seq, until);
    }
  }
}
