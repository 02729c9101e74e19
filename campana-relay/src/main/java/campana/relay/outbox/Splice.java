package campana.relay.outbox;

import java.nio.charset.StandardCharsets;

/// Puts a thread into a message that has none.
public final class Splice {
  private Splice() {}

  public static byte[] threadKey(byte[] json, String key) {
    return thread(json, "threadKey", key);
  }

  public static byte[] threadName(byte[] json, String name) {
    return thread(json, "name", name);
  }

  /// @param json an object without `thread`
  private static byte[] thread(byte[] json, String field, String value) {
    var brace = 0;
    while (brace < json.length && json[brace] != '{') {
      brace++;
    }
    var next = brace + 1;
    while (next < json.length && Character.isWhitespace(json[next])) {
      next++;
    }
    if (next >= json.length) {
      return json; // no object: the far side will say so
    }
    var thread =
        ("\"thread\":{\""
                + field
                + "\":\""
                + escaped(value)
                + "\"}"
                + (json[next] == '}' ? "" : ","))
            .getBytes(StandardCharsets.UTF_8);
    var whole = new byte[json.length + thread.length];
    System.arraycopy(json, 0, whole, 0, brace + 1);
    System.arraycopy(thread, 0, whole, brace + 1, thread.length);
    System.arraycopy(json, brace + 1, whole, brace + 1 + thread.length, json.length - brace - 1);
    return whole;
  }

  private static String escaped(String text) {
    var escaped = new StringBuilder();
    text.chars()
        .forEach(c -> {
          if (c < 0x20) {
            escaped.append(String.format("\\u%04x", c));
          } else {
            if (c == '"' || c == '\\') {
              escaped.append('\\');
            }
            escaped.append((char) c);
          }
        });
    return escaped.toString();
  }
}
