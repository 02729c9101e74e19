package campana.relay.store;

import campana.store.Buckets;
import java.util.List;
import java.util.function.Function;

/// Columns of many rows, each as one argument.
final class Columns {
  private Columns() {}

  /// @param id what the bucket is a hash of
  static <T> short[] buckets(List<T> rows, Function<T, String> id) {
    var buckets = new short[rows.size()];
    for (var i = 0; i < buckets.length; i++) {
      buckets[i] = (short) Buckets.of(id.apply(rows.get(i)));
    }
    return buckets;
  }

  static <T> String[] texts(List<T> rows, Function<T, String> text) {
    return rows.stream().map(text).toArray(String[]::new);
  }
}
