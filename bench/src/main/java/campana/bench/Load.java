package campana.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/// A closed loop of HTTP/1.1 requests from one thread: each connection sends its next request once
/// the last was answered. Much cheaper than the server, so that what is measured is the server.
final class Load {
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

  private final List<InetSocketAddress> servers;
  private final int connections;
  private final LongFunction<ByteBuffer> requests;

  /// @param requests the whole bytes of the n-th request, n from 0; called on the loop's thread
  Load(InetSocketAddress server, int connections, LongFunction<ByteBuffer> requests) {
    this(List.of(server), connections, requests);
  }

  /// @param servers each with its share of the connections
  Load(List<InetSocketAddress> servers, int connections, LongFunction<ByteBuffer> requests) {
    this.servers = servers;
    this.connections = connections;
    this.requests = requests;
  }

  /// @param perSecond answered with 200 a second
  /// @param answered with 200
  /// @param p50 microseconds from request to answer
  /// @param p99 microseconds
  /// @param others answers that were not 200
  record Result(double perSecond, long answered, long p50, long p99, long others) {}

  private static final class Connection {
    final byte[] bytes = new byte[16 * 1024];
    final ByteBuffer in = ByteBuffer.wrap(bytes);
    ByteBuffer out = ByteBuffer.allocate(0);
    long sentAt;
  }

  /// Runs for so long and measures all of it.
  Result run(long millis) throws IOException {
    return run(millis, Long.MAX_VALUE);
  }

  /// Sends the first `count` requests, however long that takes.
  Result first(long count) throws IOException {
    return run(TimeUnit.HOURS.toMillis(1), count);
  }

  private Result run(long millis, long count) throws IOException {
    long[] latencies = new long[1 << 16];
    int answered = 0;
    long others = 0;
    long number = 0;
    var start = System.nanoTime();
    var end = start + millis * 1_000_000;
    try (var selector = Selector.open()) {
      for (int c = 0; c < connections; c++) {
        var channel = SocketChannel.open();
        channel.socket().setTcpNoDelay(true);
        channel.connect(servers.get(c % servers.size()));
        channel.configureBlocking(false);
        var connection = new Connection();
        connection.out = requests.apply(number++);
        connection.sentAt = System.nanoTime();
        channel.register(selector, SelectionKey.OP_READ, connection);
        write(channel, connection);
      }
      start = System.nanoTime();
      end = start + millis * 1_000_000;
      var now = start;
      while (now < end && answered + others < count) {
        selector.select(100);
        now = System.nanoTime();
        for (var key : selector.selectedKeys()) {
          var connection = (Connection) key.attachment();
          var channel = (SocketChannel) key.channel();
          if (key.isWritable()) {
            write(channel, connection);
            key.interestOps(
                connection.out.hasRemaining()
                    ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                    : SelectionKey.OP_READ);
          }
          if (!key.isReadable()) {
            continue;
          }
          if (channel.read(connection.in) < 0) {
            throw new IOException("the server closed a connection under load");
          }
          var status = answer(connection.bytes, connection.in.position());
          if (status == 0) {
            continue;
          }
          if (status == 200) {
            if (answered == latencies.length) {
              latencies = Arrays.copyOf(latencies, answered * 2);
            }
            latencies[answered++] = now - connection.sentAt;
          } else {
            others++;
          }
          connection.in.clear();
          if (number >= count) {
            continue;
          }
          connection.out = requests.apply(number++);
          connection.sentAt = now;
          write(channel, connection);
          if (connection.out.hasRemaining()) {
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
          }
        }
        selector.selectedKeys().clear();
      }
      for (var key : selector.keys()) {
        key.channel().close();
      }
    }
    var seconds = (System.nanoTime() - start) / 1e9;
    Arrays.sort(latencies, 0, answered);
    return new Result(
        answered / seconds,
        answered,
        answered == 0 ? 0 : latencies[answered / 2] / 1000,
        answered == 0 ? 0 : latencies[(int) (answered * 0.99)] / 1000,
        others);
  }

  private static void write(SocketChannel channel, Connection connection) throws IOException {
    channel.write(connection.out);
  }

  /// @param size how many of the bytes were read so far
  /// @return the status of a whole answer, or 0 while it is not whole
  private static int answer(byte[] bytes, int size) {
    var head = -1;
    for (int i = 3; i < size; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
        head = i + 1;
        break;
      }
    }
    if (head < 0) {
      return 0;
    }
    var length = 0;
    for (int i = 0; i < head - LENGTH.length; i++) {
      if (bytes[i] == '\n' && matches(bytes, i + 1)) {
        for (int d = i + 1 + LENGTH.length; bytes[d] != '\r'; d++) {
          length = bytes[d] == ' ' ? length : length * 10 + bytes[d] - '0';
        }
        break;
      }
    }
    return size < head + length
        ? 0
        : (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
  }

  private static boolean matches(byte[] bytes, int at) {
    for (int i = 0; i < LENGTH.length; i++) {
      if ((bytes[at + i] | 0x20) != LENGTH[i] && bytes[at + i] != LENGTH[i]) {
        return false;
      }
    }
    return true;
  }
}
