package campana.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;

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
    try {
      var in = request.content().inputStream();
      var bytes = length < 0 ? in.readNBytes(cap + 1) : exactly(in, (int) length);
      if (bytes.length > cap) {
        return new Body.TooLarge(cap);
      }
      return gzip ? Gunzip.inflate(bytes, cap) : new Body.Complete(bytes);
    } catch (RequestException e) {
      return e.status().code() == 413 ? new Body.TooLarge(cap) : new Body.Broken();
    } catch (IOException | RuntimeException e) {
      // Helidon tells a lost client and bad chunks by unchecked exceptions of many kinds.
      return late() ? new Body.Late() : new Body.Broken();
    }
  }

  /// A body whose length is known needs no buffer besides its own.
  private static byte[] exactly(InputStream in, int length) throws IOException {
    var bytes = new byte[length];
    var read = in.readNBytes(bytes, 0, length);
    // only a look beyond the end tells Helidon that the body was read
    return in.read() < 0 && read < length ? Arrays.copyOf(bytes, read) : bytes;
  }

  private static boolean late() {
    return Connection.CURRENT.isBound() && Connection.CURRENT.get().late();
  }
}
