package campana.server.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/// Many arguments for a statement of a fixed number of them, which every kind of database can
/// prepare once.
final class Parts {
  private static final int SIZE = 64;

  private Parts() {}

  /// So many holes, one like the other.
  static String holes(String one) {
    return String.join(", ", Collections.nCopies(SIZE, one));
  }

  /// Parts of that size; where one is short, its last element stands there again.
  static <T> List<List<T>> of(Collection<T> all) {
    var rest = List.copyOf(all);
    var parts = new ArrayList<List<T>>();
    for (var from = 0; from < rest.size(); from += SIZE) {
      var part = new ArrayList<>(rest.subList(from, Math.min(from + SIZE, rest.size())));
      part.addAll(Collections.nCopies(SIZE - part.size(), part.getLast()));
      parts.add(part);
    }
    return parts;
  }
}
