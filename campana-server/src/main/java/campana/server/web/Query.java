package campana.server.web;

import campana.http.Percent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A request's query, decoded once. `+` means a blank as in forms, but not in `key` and `token`,
/// where base64 may have one. A broken escape stands for itself. Immutable.
final class Query {
  private final Map<String, List<String>> values;

  private Query(Map<String, List<String>> values) {
    this.values = values;
  }

  /// @param raw what stands behind the `?`, possibly empty
  static Query parse(String raw) {
    var values = new LinkedHashMap<String, List<String>>();
    int start = 0;
    while (start < raw.length()) {
      int end = raw.indexOf('&', start);
      end = end < 0 ? raw.length() : end;
      if (end > start) {
        int equals = raw.indexOf('=', start);
        boolean bare = equals < 0 || equals > end;
        var name = Percent.decode(raw.substring(start, bare ? end : equals), true);
        boolean secret = name.equals("token") || name.equals("key");
        var value = bare ? "" : Percent.decode(raw.substring(equals + 1, end), !secret);
        values.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
      }
      start = end + 1;
    }
    return new Query(values);
  }

  /// The last value of a name, as the last one counts; empty where there is none.
  String last(String name) {
    var all = values.get(name);
    return all == null ? "" : all.getLast();
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /// Whether a name stands there more than once.
  boolean repeated(String name) {
    var all = values.get(name);
    return all != null && all.size() > 1;
  }

  /// Whether the answer is wanted in lines: `prettyPrint=false` says no. Errors always are.
  boolean pretty() {
    return !last("prettyPrint").equals("false");
  }

  Map<String, List<String>> values() {
    return values;
  }
}
