package campana.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/// Reads request bodies, however they are sent, and never more of them than asked for.
public final class Bodies {
  private Bodies() {}

  /// Reads the whole body: by length, by chunks, gzipped or not. To be called once per request, on
  /// the request's own thread. A client that waits with `Expect: 100-continue` is told to go on.
  ///
  /// @param cap most bytes, before and after inflating
  public static Body read(ServerRequest request, int cap) {
    var encoding =
        request
            .headers()
            .first(HeaderNames.CONTENT_ENCODING)
            .orElse("")
            .strip()
            .toLowerCase(Locale.ROOT);
    boolean gzip = encoding.equals("gzip") || encoding.equals("x-gzip");
    if (!gzip && !encoding.isEmpty() && !encoding.equals("identity")) {
      return new Body.UnknownEncoding(encoding);
    }
    long length = request.headers().contentLength().orElse(-1);
    if (length > cap) {
      return new Body.TooLarge(cap);
    }
    if (!request.content().hasEntity()) {
      return new Body.Complete(new byte[0]);
    }
    var raw = new Counted(request.content().inputStream(), cap);
    try {
      return gzip ? inflated(raw, cap) : plain(raw, cap);
    } catch (Overrun e) {
      return new Body.TooLarge(cap);
    } catch (RequestException e) {
      return e.status().code() == 413 ? new Body.TooLarge(cap) : new Body.Broken();
    } catch (RuntimeException e) {
      // Helidon tells a lost client and bad chunks by unchecked exceptions of many kinds.
      return late() ? new Body.Late() : new Body.Broken();
    }
  }

  private static Body plain(Counted raw, int cap) {
    try {
      var bytes = raw.readNBytes(cap + 1);
      return bytes.length > cap ? new Body.TooLarge(cap) : new Body.Complete(bytes);
    } catch (IOException e) {
      return late() ? new Body.Late() : new Body.Broken();
    }
  }

  private static Body inflated(Counted raw, int cap) {
    try (var gzip = new GZIPInputStream(raw)) {
      var bytes = gzip.readNBytes(cap + 1);
      if (bytes.length > cap) {
        return new Body.TooLarge(cap);
      }
      return raw.read() < 0 ? new Body.Complete(bytes) : new Body.CorruptGzip();
    } catch (IOException e) {
      return late() ? new Body.Late() : new Body.CorruptGzip();
    }
  }

  private static boolean late() {
    return Connection.CURRENT.isBound() && Connection.CURRENT.get().late();
  }

  /// More came than was allowed; ends the reading wherever it is.
  private static final class Overrun extends RuntimeException {
    private static final long serialVersionUID = 1;

    Overrun() {
      super(null, null, false, false);
    }
  }

  /// Counts what comes from the wire, so that neither a bomb's wrapping nor its content is
  /// unbounded.
  private static final class Counted extends InputStream {
    private final InputStream in;
    private long left;

    Counted(InputStream in, int cap) {
      this.in = in;
      this.left = cap;
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      if (b >= 0) {
        count(1);
      }
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = in.read(bytes, offset, length);
      if (n > 0) {
        count(n);
      }
      return n;
    }

    @Override
    public int available() throws IOException {
      return in.available();
    }

    private void count(int n) {
      left -= n;
      if (left < 0) {
        throw new Overrun();
      }
    }
  }
}
