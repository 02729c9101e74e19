package campana.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/// Rows for one table, in the text form of `copy`, sent many at a time.
final class PostgresCopy {
  private static final int MANY = 1 << 16; // bytes
  private static final byte[] NULL = {'\\', 'N'};
  private static final byte[] HEX = {'\\', '\\', 'x'};

  private final String table;
  private final CopyIn copy;
  private final ByteArrayOutputStream rows = new ByteArrayOutputStream(2 * MANY);

  PostgresCopy(String table, CopyIn copy) {
    this.table = table;
    this.copy = copy;
  }

  void add(@Nullable Object[] row) {
    for (var i = 0; i < row.length; i++) {
      if (i > 0) {
        rows.write('\t');
      }
      switch (row[i]) {
        case null -> rows.writeBytes(NULL);
        case Long number -> rows.writeBytes(ascii(Long.toString(number)));
        case byte[] bytes -> {
          rows.writeBytes(HEX);
          rows.writeBytes(ascii(HexFormat.of().formatHex(bytes)));
        }
        case String text -> escape(text.getBytes(StandardCharsets.UTF_8));
        case Object other -> throw new IllegalArgumentException("a " + other.getClass());
      }
    }
    rows.write('\n');
    if (rows.size() >= MANY) {
      send();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void escape(byte[] text) {
    for (var b : text) {
      switch (b) {
        case '\\' -> rows.writeBytes(new byte[] {'\\', '\\'});
        case '\t' -> rows.writeBytes(new byte[] {'\\', 't'});
        case '\n' -> rows.writeBytes(new byte[] {'\\', 'n'});
        case '\r' -> rows.writeBytes(new byte[] {'\\', 'r'});
        default -> rows.write(b);
      }
    }
  }

  private void send() {
    try {
      copy.writeToCopy(rows.toByteArray(), 0, rows.size());
      rows.reset();
    } catch (SQLException e) {
      throw new StoreFailure("copying " + table, e, Postgres.fault(e));
    }
  }

  void end() {
    send();
    try {
      copy.endCopy();
    } catch (SQLException e) {
      throw new StoreFailure("copying " + table, e, Postgres.fault(e));
    }
  }
}
