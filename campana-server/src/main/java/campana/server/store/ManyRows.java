package campana.server.store;

import campana.store.Tx;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Gathers rows for one table and inserts them many at a time: a statement costs five times what
/// one more row in it does. Belongs to the writer's thread.
final class ManyRows {
  private static final int MOST = 24;

  private final int columns;
  private final String[] statements = new String[MOST + 1]; // by number of rows
  private final @Nullable Object[] values;
  private int rows;

  /// @param insert up to and without `values`
  /// @param conflict what follows the rows, perhaps nothing
  ManyRows(String insert, int columns, String conflict) {
    this.columns = columns;
    this.values = new @Nullable Object[columns * MOST];
    var row = "(" + "?, ".repeat(columns - 1) + "?)";
    for (var n = 1; n <= MOST; n++) {
      statements[n] = insert + " values " + (row + ", ").repeat(n - 1) + row + " " + conflict;
    }
  }

  void add(Tx tx, @Nullable Object... row) {
    if (row.length != columns) {
      throw new IllegalArgumentException("wanted " + columns + " values, got " + row.length);
    }
    System.arraycopy(row, 0, values, rows * columns, columns);
    rows++;
    if (rows == MOST) {
      flush(tx);
    }
  }

  /// Inserts what is gathered.
  void flush(Tx tx) {
    if (rows > 0) {
      var args = Arrays.copyOf(values, rows * columns);
      var sql = statements[rows];
      clear();
      tx.update(sql, args);
    }
  }

  void clear() {
    rows = 0;
    Arrays.fill(values, null);
  }
}
