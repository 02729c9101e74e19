package campana.store;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/// Columns of many rows, each as one argument of [Tx].
public final class Columns {
  private Columns() {}

  public static <T> short[] shorts(List<T> rows, ToIntFunction<T> number) {
    var shorts = new short[rows.size()];
    for (var i = 0; i < shorts.length; i++) {
      shorts[i] = (short) number.applyAsInt(rows.get(i));
    }
    return shorts;
  }

  public static <T> long[] longs(List<T> rows, ToLongFunction<T> number) {
    return rows.stream().mapToLong(number).toArray();
  }

  public static <T> String[] texts(List<T> rows, Function<T, String> text) {
    return rows.stream().map(text).toArray(String[]::new);
  }

  public static <T> byte[][] bytes(List<T> rows, Function<T, byte[]> bytes) {
    return rows.stream().map(bytes).toArray(byte[][]::new);
  }
}
