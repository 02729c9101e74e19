package campana.store;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A table that both sides have.
///
/// @param columns in the order of the target's
/// @param only a condition on the source's rows; empty: all
record MoveTable(String name, List<Column> columns, String only) {
  /// @param type as the target calls it
  record Column(String name, String type) {
    private @Nullable Object of(Row row, int at) {
      return switch (type) {
        case "smallint", "integer", "bigint" -> row.numberOrNull(at);
        case "bytea" -> row.bytesOrNull(at);
        case "text", "character varying" -> stored(row.textOrNull(at));
        default -> throw new IllegalStateException("column " + name + " is a " + type);
      };
    }

    private static @Nullable String stored(@Nullable String text) {
      return text == null ? null : Postgres.storable(text);
    }
  }

  String names() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  private String from() {
    return " from " + name + (only.isEmpty() ? "" : " where " + only);
  }

  /// On the source.
  String select() {
    return "select " + names() + from();
  }

  /// On the source.
  String count() {
    return "select count(*)" + from();
  }

  /// Of a row of [#select], each a Long, a String, bytes or null.
  @Nullable Object[] values(Row row) {
    var values = new @Nullable Object[columns.size()];
    for (var i = 0; i < values.length; i++) {
      values[i] = columns.get(i).of(row, i + 1);
    }
    return values;
  }
}
