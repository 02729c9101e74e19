package campana.http;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Inflates gzip that is in memory, member by member (RFC 1952). The JDK's stream calls itself once
/// per member, so a body of many empty ones would overflow the stack.
final class Gunzip {
  private static final int FHCRC = 2;
  private static final int FEXTRA = 4;
  private static final int FNAME = 8;
  private static final int FCOMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final byte[] in;
  private final int cap;
  private final ByteArrayOutputStream out;
  private int at;

  private Gunzip(byte[] in, int cap) {
    this.in = in;
    this.cap = cap;
    this.out = new ByteArrayOutputStream(Math.min(cap, 4 * in.length));
  }

  /// @param cap most bytes that may come out
  static Body inflate(byte[] in, int cap) {
    return new Gunzip(in, cap).all();
  }

  private Body all() {
    var inflater = new Inflater(true);
    try {
      do {
        if (!header()) {
          return new Body.CorruptGzip();
        }
        inflater.reset();
        inflater.setInput(in, at, in.length - at);
        var crc = new CRC32();
        var buffer = new byte[8192];
        while (!inflater.finished()) {
          int n = inflater.inflate(buffer);
          if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
            return new Body.CorruptGzip();
          }
          if (n > cap - out.size()) {
            return new Body.TooLarge(cap);
          }
          crc.update(buffer, 0, n);
          out.write(buffer, 0, n);
        }
        at += (int) inflater.getBytesRead();
        if (!trailer(crc.getValue(), inflater.getBytesWritten())) {
          return new Body.CorruptGzip();
        }
      } while (at < in.length);
      return new Body.Complete(out.toByteArray());
    } catch (DataFormatException e) {
      return new Body.CorruptGzip();
    } finally {
      inflater.end();
    }
  }

  private boolean header() {
    if (in.length - at < 10 || b(0) != 0x1f || b(1) != 0x8b || b(2) != 8) {
      return false;
    }
    int flags = b(3);
    at += 10;
    if ((flags & FEXTRA) != 0) {
      if (in.length - at < 2) {
        return false;
      }
      at += 2 + (b(0) | b(1) << 8);
    }
    if ((flags & FNAME) != 0) {
      skipText();
    }
    if ((flags & FCOMMENT) != 0) {
      skipText();
    }
    if ((flags & FHCRC) != 0) {
      at += 2;
    }
    return (flags & RESERVED) == 0 && at < in.length;
  }

  private void skipText() {
    while (at < in.length && in[at] != 0) {
      at++;
    }
    at++;
  }

  private boolean trailer(long crc, long size) {
    if (in.length - at < 8) {
      return false;
    }
    boolean fits = word(0) == crc && word(4) == (size & 0xffffffffL);
    at += 8;
    return fits;
  }

  private long word(int offset) {
    return b(offset) | b(offset + 1) << 8 | b(offset + 2) << 16 | (long) b(offset + 3) << 24;
  }

  private int b(int offset) {
    return in[at + offset] & 0xff;
  }
}
