package campana.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.helidon.common.buffers.BufferData;
import java.io.ByteArrayOutputStream;
import java.util.Locale;

/// Makes one answer fit a request that cannot take it as Helidon writes it: HEAD wants no body,
/// HTTP/1.0 no chunks.
final class AnswerShape {
  private static final String CHUNKED = "transfer-encoding: chunked";

  private enum Part {
    HEAD,
    PLAIN,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    NOTHING
  }

  private final boolean old;
  private final boolean head;
  private Part part = Part.HEAD;
  private int left;
  private final StringBuilder size = new StringBuilder();

  AnswerShape(boolean old, boolean head) {
    this.old = old;
    this.head = head;
  }

  /// @param buffer what Helidon writes next; the answer's head comes whole and first
  BufferData apply(BufferData buffer) {
    var bytes = buffer.readBytes();
    var out = new ByteArrayOutputStream(bytes.length);
    int body = 0;
    if (part == Part.HEAD) {
      body = endOfHead(bytes);
      writeHead(new String(bytes, 0, body, ISO_8859_1), out);
    }
    for (int i = body; i < bytes.length; i++) {
      writeBody(bytes[i], out);
    }
    return BufferData.create(out.toByteArray());
  }

  private void writeHead(String text, ByteArrayOutputStream out) {
    boolean chunked = false;
    for (var line : text.split("\r\n", -1)) {
      if (line.isEmpty()) {
        continue;
      }
      if (old && line.toLowerCase(Locale.ROOT).equals(CHUNKED)) {
        chunked = true;
        continue;
      }
      out.writeBytes((line + "\r\n").getBytes(ISO_8859_1));
    }
    out.writeBytes(new byte[] {'\r', '\n'});
    part = head ? Part.NOTHING : chunked ? Part.CHUNK_SIZE : Part.PLAIN;
  }

  private void writeBody(byte b, ByteArrayOutputStream out) {
    switch (part) {
      case PLAIN -> out.write(b);
      case CHUNK_SIZE -> {
        if (b == '\n') {
          left = Integer.parseInt(size.toString().strip(), 16);
          size.setLength(0);
          part = left == 0 ? Part.NOTHING : Part.CHUNK;
        } else {
          size.append((char) b);
        }
      }
      case CHUNK -> {
        out.write(b);
        left--;
        if (left == 0) {
          part = Part.CHUNK_END;
        }
      }
      case CHUNK_END -> {
        if (b == '\n') {
          part = Part.CHUNK_SIZE;
        }
      }
      case HEAD, NOTHING -> {}
    }
  }

  private static int endOfHead(byte[] bytes) {
    for (int i = 3; i < bytes.length; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
        return i + 1;
      }
    }
    return bytes.length;
  }
}
