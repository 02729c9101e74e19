package campana.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.helidon.common.socket.PeerInfo;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The first request of a connection, as far as it takes to know which HTTP it is.
///
/// Helidon speaks 1.1 only, but nginx by default, health checks and small devices speak 1.0. Such a
/// request is told to Helidon as a 1.1 one that asks for the connection to be closed; keeping it
/// open is a wish in 1.0, never a duty. The answer is unchunked by [AnswerShape].
final class FirstRequest {
  // what concerns a connection that we close anyway, or what 1.0 does not have
  private static final Set<String> DROPPED =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "upgrade",
          "http2-settings",
          "expect",
          "te");

  private byte[] seen = {};
  private boolean old;

  /// Whether the client speaks HTTP/1.0; known once [#add] has answered.
  boolean old() {
    return old;
  }

  /// @param limit bytes of a head at most; a longer one is passed on, and refused there
  /// @param local where the client connected to, for a request without Host
  /// @return what Helidon shall read, or null if more bytes are needed
  byte @Nullable [] add(byte[] bytes, int limit, PeerInfo local) {
    seen = seen.length == 0 ? bytes : join(seen, bytes);
    if (seen[0] == '\r' || seen[0] == '\n') {
      seen = withoutEmptyLines(seen); // RFC 9112, 2.2: some clients send one too many
      if (seen.length == 0) {
        return null;
      }
    }
    int line = indexOf(seen, 0, '\n');
    if (line < 0) {
      return seen.length > limit ? seen : null;
    }
    int end = line > 0 && seen[line - 1] == '\r' ? line - 1 : line;
    if (!endsWith(seen, end, " HTTP/1.0")) {
      return seen;
    }
    int body = endOfHead(seen, line + 1);
    if (body < 0) {
      return seen.length > limit ? seen : null;
    }
    old = true;
    return rewritten(end, line + 1, body, local);
  }

  private byte[] rewritten(int requestLine, int headers, int body, PeerInfo local) {
    var head = new StringBuilder(body + 64);
    head.append(new String(seen, 0, requestLine - 1, ISO_8859_1)).append("1\r\n");
    boolean host = false;
    for (var line : new String(seen, headers, body - headers, ISO_8859_1).split("\r?\n", -1)) {
      if (line.isEmpty()) {
        continue;
      }
      int colon = line.indexOf(':');
      var name = colon < 0 ? line : line.substring(0, colon).toLowerCase(Locale.ROOT);
      if (!DROPPED.contains(name)) {
        head.append(line).append("\r\n");
        host |= name.equals("host");
      }
    }
    if (!host) {
      var name = local.host().indexOf(':') < 0 ? local.host() : "[" + local.host() + "]";
      head.append("Host: ").append(name).append(':').append(local.port()).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    var bytes = head.toString().getBytes(ISO_8859_1);
    return join(bytes, Arrays.copyOfRange(seen, body, seen.length));
  }

  /// Index after the empty line, or -1.
  private static int endOfHead(byte[] bytes, int from) {
    int start = from;
    while (true) {
      int line = indexOf(bytes, start, '\n');
      if (line < 0) {
        return -1;
      }
      if (line == start || (line == start + 1 && bytes[start] == '\r')) {
        return line + 1;
      }
      start = line + 1;
    }
  }

  private static byte[] withoutEmptyLines(byte[] bytes) {
    int start = 0;
    while (start < bytes.length && (bytes[start] == '\r' || bytes[start] == '\n')) {
      start++;
    }
    return Arrays.copyOfRange(bytes, start, bytes.length);
  }

  private static boolean endsWith(byte[] bytes, int end, String suffix) {
    int start = end - suffix.length();
    if (start < 0) {
      return false;
    }
    for (int i = 0; i < suffix.length(); i++) {
      if (bytes[start + i] != suffix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int indexOf(byte[] bytes, int from, char wanted) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static byte[] join(byte[] a, byte[] b) {
    var all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }
}
