package campana.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request that [ScriptedChat] got.
///
/// @param target path and query as they were written
/// @param headers names in lower case
/// @param at `System.nanoTime()` when its body was read
public record ScriptedRequest(
    String method, String target, Map<String, String> headers, String body, long at) {

  /// The head's lines; empty at the end of the connection.
  static Optional<List<String>> head(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var last = 0;
    for (var next = in.read(); next >= 0; next = in.read()) {
      bytes.write(next);
      last = last << 8 | next;
      if (last == 0x0D0A0D0A) {
        return Optional.of(bytes.toString(StandardCharsets.ISO_8859_1).lines().toList());
      }
    }
    return Optional.empty();
  }

  static ScriptedRequest read(List<String> head, InputStream in, long at) throws IOException {
    var headers = new LinkedHashMap<String, String>();
    for (var line : head.subList(1, head.size())) {
      var colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    var body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("half a body");
    }
    var first = head.getFirst().split(" ", -1);
    return new ScriptedRequest(
        first[0], first[1], headers, new String(body, StandardCharsets.UTF_8), at);
  }

  /// The path's space, empty where there is none.
  public String space() {
    var from = target.indexOf("/v1/spaces/");
    var to = target.indexOf("/messages");
    return from < 0 || to < from ? "" : target.substring(from + "/v1/spaces/".length(), to);
  }

  /// The query's parameters, decoded; the last one wins.
  public Map<String, String> query() {
    var query = new LinkedHashMap<String, String>();
    var mark = target.indexOf('?');
    if (mark >= 0) {
      for (var parameter : target.substring(mark + 1).split("&", -1)) {
        var parts = parameter.split("=", 2);
        query.put(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
      }
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
