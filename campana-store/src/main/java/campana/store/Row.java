package campana.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The current row of a query. Columns are counted from 1 or named. Valid only inside the mapper.
public final class Row {
  private final ResultSet result;
  private final Fault.Teller faults;

  Row(ResultSet result, Fault.Teller faults) {
    this.result = result;
    this.faults = faults;
  }

  /// Makes a value of a row.
  ///
  /// @param <T> that value
  @FunctionalInterface
  public interface Mapper<T> {
    T map(Row row);
  }

  private interface Reading<T> {
    T read() throws SQLException;
  }

  private <T> T reading(Reading<T> reading) {
    try {
      return reading.read();
    } catch (SQLException e) {
      throw new StoreFailure("reading a column", e, faults.of(e));
    }
  }

  /// A text that is not null.
  public String text(String column) {
    return reading(() -> present(result.getString(column), column));
  }

  public String text(int column) {
    return reading(() -> present(result.getString(column), column));
  }

  public @Nullable String textOrNull(String column) {
    try {
      return result.getString(column);
    } catch (SQLException e) {
      throw new StoreFailure("reading " + column, e, faults.of(e));
    }
  }

  public @Nullable String textOrNull(int column) {
    try {
      return result.getString(column);
    } catch (SQLException e) {
      throw new StoreFailure("reading column " + column, e, faults.of(e));
    }
  }

  /// A number that is not null.
  public long number(String column) {
    return reading(() -> result.getLong(column));
  }

  public long number(int column) {
    return reading(() -> result.getLong(column));
  }

  public @Nullable Long numberOrNull(String column) {
    try {
      var number = result.getLong(column);
      return result.wasNull() ? null : number;
    } catch (SQLException e) {
      throw new StoreFailure("reading " + column, e, faults.of(e));
    }
  }

  public @Nullable Long numberOrNull(int column) {
    try {
      var number = result.getLong(column);
      return result.wasNull() ? null : number;
    } catch (SQLException e) {
      throw new StoreFailure("reading column " + column, e, faults.of(e));
    }
  }

  /// Whether a smallint is not 0.
  public boolean flag(String column) {
    return number(column) != 0;
  }

  /// An instant that is kept as epoch milliseconds.
  public Instant instant(String column) {
    return Instant.ofEpochMilli(number(column));
  }

  public @Nullable Instant instantOrNull(String column) {
    var millis = numberOrNull(column);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  /// Bytes that are not null.
  public byte[] bytes(String column) {
    return reading(() -> present(result.getBytes(column), column));
  }

  public byte[] bytes(int column) {
    return reading(() -> present(result.getBytes(column), column));
  }

  public byte @Nullable [] bytesOrNull(int column) {
    try {
      return result.getBytes(column);
    } catch (SQLException e) {
      throw new StoreFailure("reading column " + column, e, faults.of(e));
    }
  }

  private static <T> T present(@Nullable T value, Object column) {
    if (value == null) {
      throw new IllegalStateException("column " + column + " is null: wanted a value");
    }
    return value;
  }
}
