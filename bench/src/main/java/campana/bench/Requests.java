package campana.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/// The requests of the bench as bytes, put together from parts that were made before: the two cores
/// are for the server. Belongs to one thread.
final class Requests {
  private static final int DIGITS = 12;
  private static final int KEYS = 7;

  private final ByteBuffer empty;
  private final byte[][] paths; // in the order of their visits
  private final Parts plain;
  private final List<Parts> keyed;
  private long sent;

  /// What follows the path; a number stands between `head` and `end`, and one behind `query` where
  /// there is a query.
  private record Parts(byte[] query, byte[] head, byte[] end) {
    static Parts of(String host, String query, String afterNumber) {
      var text = "{\"text\":\"Disk 92 % full on db-";
      var length = text.length() + DIGITS + afterNumber.length();
      var head = " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: " + length + "\r\n\r\n";
      return new Parts(ascii(query), ascii(head + text), ascii(afterNumber));
    }

    private int length() {
      return query.length + head.length + end.length + 2 * DIGITS;
    }
  }

  /// @param host as the header has it
  /// @param urls paths with their queries
  Requests(String host, List<String> urls) {
    empty = ByteBuffer.wrap(ascii("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n\r\n"));
    paths = new byte[urls.size()][];
    for (var i = 0; i < paths.length; i++) {
      // an order that has no neighbours in it, as senders of many teams would have
      paths[i] = ascii("POST " + urls.get((int) ((i * 48_271L + 11) % paths.length)));
    }
    plain = Parts.of(host, "", "\"}");
    var query =
        "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD&requestId=r"
            + System.nanoTime()
            + "-";
    keyed =
        IntStream.range(0, KEYS)
            .mapToObj(
                key -> Parts.of(host, query, "\",\"thread\":{\"threadKey\":\"disk-" + key + "\"}}"))
            .toList();
  }

  /// The n-th visit's; so are the others, and each of those is a message of its own.
  ByteBuffer empty(long n) {
    return empty.duplicate();
  }

  ByteBuffer plain(long n) {
    return post(n, plain);
  }

  ByteBuffer keyed(long n) {
    return post(n, keyed.get((int) (n % KEYS)));
  }

  private ByteBuffer post(long n, Parts parts) {
    var path = paths[(int) (n % paths.length)];
    var request = ByteBuffer.allocate(path.length + parts.length());
    request.put(path).put(parts.query);
    if (parts.query.length > 0) {
      number(request);
    }
    request.put(parts.head);
    number(request);
    sent++;
    return request.put(parts.end).flip();
  }

  private void number(ByteBuffer request) {
    var rest = sent;
    var at = request.position();
    for (var i = DIGITS - 1; i >= 0; i--) {
      request.put(at + i, (byte) ('0' + rest % 10));
      rest /= 10;
    }
    request.position(at + DIGITS);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
