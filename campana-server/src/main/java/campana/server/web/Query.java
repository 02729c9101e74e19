package campana.server.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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
        var name = decode(raw.substring(start, bare ? end : equals), true);
        boolean secret = name.equals("token") || name.equals("key");
        var value = bare ? "" : decode(raw.substring(equals + 1, end), !secret);
        values.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
      }
      start = end + 1;
    }
    return new Query(values);
  }

  /// Undoes `%XX`, read as UTF-8.
  ///
  /// @param plus whether `+` is a blank
  static String decode(String text, boolean plus) {
    if (text.indexOf('%') < 0) {
      return plus ? text.replace('+', ' ') : text;
    }
    var bytes = new ByteArrayOutputStream(text.length());
    var raw = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(raw[i + 2], 16) : -1;
      if (low >= 0) {
        bytes.write(high * 16 + low);
        i += 2;
      } else {
        bytes.write(plus && raw[i] == '+' ? ' ' : raw[i]);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
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
