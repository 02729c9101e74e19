package campana.relay.store;

import campana.relay.outbox.Draft;
import campana.relay.outbox.EntryId;
import campana.relay.outbox.EntryState;
import campana.relay.outbox.Receipt;
import campana.store.Row;
import campana.store.Tx;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// By what a repetition is known. What came last is in memory, see [Filing].
final class Dedups {
  private static final String BEFORE =
      """
      select d.seq, e.opener from dedup d
        join entry e on e.bucket = d.bucket and e.lane = d.lane and e.seq = d.seq
       where d.bucket = ? and d.lane = ? and d.scope = ? and d.id = ? and d.until > ?\
      """;
  private static final String WRITE =
      """
      insert into dedup (bucket, lane, scope, id, seq, until) values (?, ?, ?, ?, ?, ?)
        on conflict (bucket, lane, scope, id) do update set seq = excluded.seq,
          until = excluded.until\
      """;
  private static final String FORGET =
      "delete from dedup where bucket = ? and lane = ? and scope = ? and id = ? and seq = ?";

  private final Later<Seen> later = new Later<>();
  private final Set<LaterKey> unknown = new HashSet<>(); // to the table, in this transaction

  /// @param opener of its thread
  private record Seen(long seq, long opener, Instant until) {}

  /// Whether an entry in this state may not come again.
  static boolean counts(EntryState state) {
    return switch (state) {
      case WAITING, DELIVERED, FOLDED -> true;
      case EXPIRED, DEAD, DISCARDED -> false;
    };
  }

  /// The receipt of the one that this draft repeats; null: it repeats none.
  @Nullable Receipt first(Tx tx, LaneRow lane, Draft draft, Instant now) {
    var id = id(draft);
    if (id == null) {
      return null;
    }
    var key = LaterKey.of(lane, draft.dedup().scope(), id);
    var seen = later.find(key);
    if (seen != null && seen.until.isAfter(now)) {
      return receipt(lane, draft, seen.seq, seen.opener);
    }
    if (unknown.contains(key)) {
      return null;
    }
    var first =
        tx.first(
                BEFORE,
                row -> receipt(lane, draft, row.number(1), row.number(2)),
                lane.bucket,
                lane.lane.id(),
                draft.dedup().scope(),
                id,
                now)
            .orElse(null);
    if (first == null) {
      unknown.add(key);
    }
    return first;
  }

  static Receipt receipt(LaneRow lane, Draft draft, long seq, long opener) {
    var space = draft.credential().url().space();
    return new Receipt(Placing.id(lane, seq), space, new EntryId(lane.lane.id(), opener));
  }

  /// As it stands in the entry's row; null: it repeats nobody, and nobody repeats it.
  static byte @Nullable [] id(Draft draft) {
    return draft.dedup().id().isEmpty() ? null : Placing.hash(draft.dedup().id());
  }

  /// Until when it is known by its id; null: it has none.
  static @Nullable Instant until(Draft draft, Instant now) {
    return draft.dedup().id().isEmpty() ? null : now.plus(draft.dedup().window());
  }

  /// An entry was added.
  ///
  /// @param opener of its thread
  /// @param id the draft's
  void remember(LaneRow lane, long seq, long opener, Draft draft, byte[] id, Instant now) {
    var dedup = draft.dedup();
    later.put(
        LaterKey.of(lane, dedup.scope(), id), new Seen(seq, opener, now.plus(dedup.window())));
  }

  void forget(Tx tx, LaneRow lane, String scope, byte[] id, long seq) {
    var key = LaterKey.of(lane, scope, id);
    var seen = later.find(key);
    if (seen != null && seen.seq == seq) {
      later.remove(key);
    }
    tx.update(FORGET, lane.bucket, lane.lane.id(), scope, id, seq);
  }

  void recover(Row row) {
    later.recover(
        LaterKey.of(row, row.text("dedup_scope"), row.bytes("dedup_id")),
        new Seen(row.number("seq"), row.number("opener"), row.instant("dedup_until")));
  }

  void begin() {
    later.begin();
  }

  /// @return how many of `most` are left over
  int write(Tx tx, int most) {
    return later.write(
        most,
        (key, seen) ->
            tx.update(
                WRITE, key.bucket(), key.lane(), key.name(), key.hash(), seen.seq, seen.until));
  }

  void committed() {
    later.committed();
    unknown.clear();
  }

  void rolledBack(boolean begun) {
    later.rolledBack(begun);
    unknown.clear();
  }
}
