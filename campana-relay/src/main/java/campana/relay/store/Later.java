package campana.relay.store;

import campana.store.Tx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Rows of one table that are written later, in rounds: sorted, so that a page is changed once for
/// many of them. Until then they are known here. Belongs to the writer's thread.
///
/// @param <V> a row but for its key
final class Later<V> {
  private final Map<LaterKey, V> unwritten = new HashMap<>();
  private final Deque<Runnable> undo = new ArrayDeque<>(); // of the open transaction
  private List<LaterKey> round = List.of(); // in order
  private int from; // before it all is written and committed
  private int to; // before it all is written
  private @Nullable Traces written; // in the table when it was read; null: nobody knows
  private @Nullable Traces since; // written since that began

  @Nullable V find(LaterKey key) {
    return unwritten.get(key);
  }

  /// Whether the table surely has no such row.
  boolean isNew(LaterKey key) {
    return written != null && since != null && !written.mayHave(key) && !since.mayHave(key);
  }

  /// Before the table is read, in a transaction of its own: from here on it is known what is
  /// written.
  ///
  /// @return whether it is worth while: it was never read, or as much again was written since
  boolean forget() {
    if (written != null && since != null && since.keys() <= written.keys()) {
      return false;
    }
    written = null;
    since = new Traces();
    return true;
  }

  /// After it was read.
  boolean know(Traces read) {
    written = read;
    return true;
  }

  void put(LaterKey key, V row) {
    restoring(key, unwritten.put(key, row));
  }

  void remove(LaterKey key) {
    restoring(key, unwritten.remove(key));
  }

  /// At a start: this row is not written yet.
  void recover(LaterKey key, V row) {
    unwritten.put(key, row);
  }

  private void restoring(LaterKey key, @Nullable V before) {
    undo.push(() -> {
      if (before == null) {
        unwritten.remove(key);
      } else {
        unwritten.put(key, before);
      }
    });
  }

  Map<LaterKey, V> copy() {
    return Map.copyOf(unwritten);
  }

  /// Begins with all that is known now; the last round has ended.
  void begin() {
    var all = new ArrayList<>(unwritten.keySet());
    all.sort(null);
    round = all;
    from = 0;
    to = 0;
  }

  /// How many of the round are not written.
  int left() {
    return round.size() - to;
  }

  /// Writes a part of the round.
  ///
  /// @param sql writes one
  /// @param values of one, as the statement wants them
  /// @return how many of `most` are left over
  int write(Tx tx, int most, String sql, BiFunction<LaterKey, V, @Nullable Object[]> values) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (; to < round.size() && rows.size() < most; to++) {
      var key = round.get(to);
      var row = unwritten.get(key);
      if (row != null) {
        if (since != null) {
          since.add(key);
        }
        rows.add(values.apply(key, row));
      }
    }
    tx.updateAll(sql, rows);
    return most - rows.size();
  }

  void committed() {
    undo.clear();
    for (; from < to; from++) {
      unwritten.remove(round.get(from));
    }
  }

  /// @param begun whether the round began in the transaction that is void
  void rolledBack(boolean begun) {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
    to = from;
    if (begun) {
      round = List.of();
      from = 0;
      to = 0;
    }
  }
}
