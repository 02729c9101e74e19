package campana.relay.store;

import campana.relay.outbox.Draft;
import campana.relay.outbox.EntryId;
import campana.relay.outbox.EntryState;
import campana.relay.outbox.Receipt;
import campana.relay.store.Entries.New;
import campana.store.Row;
import campana.store.Tx;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// By what a repetition is known. What came last is in memory, see [Filing].
final class Dedups {
  private static final String BEFORE =
      """
      select seq from dedup where bucket = ? and lane = ? and scope = ? and id = ? and until > ?\
      """;
  private static final String WRITE =
      """
      insert into dedup (bucket, lane, scope, id, seq, until) values (?, ?, ?, ?, ?, ?)
        on conflict (bucket, lane, scope, id) do update set seq = excluded.seq,
          until = excluded.until\
      """;
  static final String KEYS = "select id from dedup";
  private static final String FORGET =
      "delete from dedup where bucket = ? and lane = ? and scope = ? and id = ? and seq = ?";

  private final Later<Seen> later = new Later<>();
  private final Set<LaterKey> unknown = new HashSet<>(); // to the table, in this transaction

  private final Consumer<Tx> placing;

  /// @param placing puts all entries into their places
  Dedups(Consumer<Tx> placing) {
    this.placing = placing;
  }

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
  @Nullable Receipt first(Tx tx, LaneRow lane, Wanted wanted, Instant now) {
    var key = wanted.dedup();
    if (key == null) {
      return null;
    }
    var draft = wanted.draft();
    var seen = later.find(key);
    if (seen != null && seen.until.isAfter(now)) {
      return receipt(lane, draft, seen.seq, seen.opener);
    }
    if (later.isNew(key) || unknown.contains(key)) {
      return null;
    }
    var before =
        tx.first(
                BEFORE,
                row -> row.number(1),
                lane.bucket,
                lane.lane.id(),
                key.name(),
                key.hash(),
                now)
            .map(seq -> entry(tx, lane, draft, seq))
            .orElse(null);
    if (before == null) {
      unknown.add(key);
    }
    return before;
  }

  private @Nullable Receipt entry(Tx tx, LaneRow lane, Draft draft, long seq) {
    placing.accept(tx); // it may have been written sooner than its entry
    var entry = Entries.find(tx, lane, seq);
    return entry == null ? null : receipt(lane, draft, seq, entry.opener());
  }

  static Receipt receipt(LaneRow lane, Draft draft, long seq, long opener) {
    var space = draft.credential().url().space();
    return new Receipt(Placing.id(lane, seq), space, new EntryId(lane.lane.id(), opener));
  }

  /// An entry was added.
  void remember(New entry) {
    var key = entry.wanted().dedup();
    var until = entry.dedupUntil();
    if (key != null && until != null) {
      later.put(key, new Seen(entry.seq(), entry.place().opener(), until));
    }
  }

  void forget(Tx tx, LaneRow lane, String scope, byte[] id, long seq) {
    var key = LaterKey.of(lane.lane, scope, id);
    var seen = later.find(key);
    if (seen != null && seen.seq == seq) {
      later.remove(key);
    }
    tx.update(FORGET, lane.bucket, lane.lane.id(), scope, id, seq);
  }

  Later<?> rows() {
    return later;
  }

  void recover(Row row) {
    later.recover(
        LaterKey.of(row, row.text("dedup_scope"), row.bytes("dedup_id")),
        new Seen(row.number("seq"), row.number("opener"), row.instant("dedup_until")));
  }

  void begin() {
    later.begin();
  }

  /// How many of the round are not written.
  int left() {
    return later.left();
  }

  /// @return how many of `most` are left over
  int write(Tx tx, int most) {
    return later.write(tx, most, WRITE, Dedups::row);
  }

  /// All that is not written yet.
  void writeAll(Tx tx) {
    later.begin();
    write(tx, Integer.MAX_VALUE);
  }

  private static @Nullable Object[] row(LaterKey key, Seen seen) {
    return new @Nullable Object[] {
      key.bucket(), key.lane(), key.name(), key.hash(), seen.seq, seen.until
    };
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
