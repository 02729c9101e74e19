package campana.http.out;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One GET over a connection that is closed afterwards. HTTP/1.1, just enough of it.
final class Exchange {
  private static final int HEAD_BYTES = 64 * 1024;

  /// Status and header lines, names in lower case; of several of a name the last.
  record Head(int status, Map<String, String> headers) {
    @Nullable String header(String name) {
      return headers.get(name);
    }

    boolean isRedirect() {
      return switch (status) {
        case 301, 302, 303, 307, 308 -> true;
        default -> false;
      };
    }
  }

  private final Socket socket;
  private final InputStream in;
  private final int cap;
  private int headLeft = HEAD_BYTES;

  Exchange(Socket socket, int cap) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.cap = cap;
  }

  void ask(URI url, String accept) throws IOException {
    var path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    var target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    var host = url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    var request =
        "GET "
            + target
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nUser-Agent: Campana\r\nAccept: "
            + accept
            + "\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  Head head() throws IOException {
    while (true) {
      var parts = line().split(" ", 3);
      if (parts.length < 2 || !parts[0].startsWith("HTTP/1.")) {
        throw new IOException("no HTTP");
      }
      int status = number(parts[1], 10);
      var headers = new HashMap<String, String>();
      for (var line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          var name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
          headers.put(name, line.substring(colon + 1).strip());
        }
      }
      if (status >= 200) { // 1xx announce, they do not answer
        return new Head(status, headers);
      }
    }
  }

  /// The whole body, or null if it is larger than the cap.
  byte @Nullable [] body(Head head) throws IOException {
    var coding = head.header("transfer-encoding");
    if (coding != null) {
      if (!coding.toLowerCase(Locale.ROOT).equals("chunked")) {
        throw new IOException("unknown transfer encoding");
      }
      return chunks();
    }
    var length = head.header("content-length");
    if (length == null) {
      var bytes = in.readNBytes(cap + 1);
      return bytes.length > cap ? null : bytes;
    }
    long size;
    try {
      size = Long.parseLong(length);
    } catch (NumberFormatException e) {
      throw new IOException("no length", e);
    }
    if (size > cap) {
      return null;
    }
    return exactly((int) size);
  }

  private byte @Nullable [] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    headLeft = HEAD_BYTES;
    while (true) {
      int size = number(line().split(";", 2)[0].strip(), 16);
      if (size == 0) {
        return body.toByteArray();
      }
      if (size > cap - body.size()) {
        return null;
      }
      body.writeBytes(exactly(size));
      if (!line().isEmpty()) {
        throw new IOException("no chunks");
      }
      headLeft = HEAD_BYTES;
    }
  }

  private byte[] exactly(int size) throws IOException {
    if (size < 0) {
      throw new IOException("no length");
    }
    var bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("the answer is cut off");
    }
    return bytes;
  }

  private static int number(String text, int radix) throws IOException {
    try {
      return Integer.parseUnsignedInt(text, radix) & Integer.MAX_VALUE;
    } catch (NumberFormatException e) {
      throw new IOException("no number", e);
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the answer is cut off");
      }
      headLeft--;
      if (headLeft < 0) {
        throw new IOException("header lines without end");
      }
      line.append((char) b);
    }
    int length = line.length();
    if (length > 0 && line.charAt(length - 1) == '\r') {
      line.setLength(length - 1);
    }
    return line.toString();
  }
}
