package campana.relay.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
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

  @Nullable V find(LaterKey key) {
    return unwritten.get(key);
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
    all.sort(LaterKey.ORDER);
    round = all;
    from = 0;
    to = 0;
  }

  /// Writes a part of the round.
  ///
  /// @return how many of `most` are left over
  int write(int most, BiConsumer<LaterKey, V> row) {
    var left = most;
    for (; to < round.size() && left > 0; to++) {
      var key = round.get(to);
      var value = unwritten.get(key);
      if (value != null) {
        row.accept(key, value);
        left--;
      }
    }
    return left;
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
