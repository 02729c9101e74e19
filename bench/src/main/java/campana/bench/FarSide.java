package campana.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What the relay posts to under measurement, in a process of its own: answers at once, keeps each
/// connection, and counts per path what comes within a second of the one before, on arrival. It
/// does as little as can be done, as the cores are for the relay.
final class FarSide implements AutoCloseable {
  private static final byte[] BODY =
      "{\"name\":\"spaces/A/messages/M.M\",\"thread\":{\"name\":\"spaces/A/threads/M\"}}"
          .getBytes(UTF_8);
  private static final byte[] HEAD =
      ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
              + BODY.length
              + "\r\n\r\n")
          .getBytes(ISO_8859_1);
  private static final byte[] ANSWER = new byte[HEAD.length + BODY.length];

  static {
    System.arraycopy(HEAD, 0, ANSWER, 0, HEAD.length);
    System.arraycopy(BODY, 0, ANSWER, HEAD.length, BODY.length);
  }

  private static final Map<String, Long> LAST = new ConcurrentHashMap<>();
  private static final LongAdder CAME = new LongAdder();
  private static final LongAdder TOO_SOON = new LongAdder();
  private static final LongAdder CONNECTIONS = new LongAdder();

  private final Process process;
  private final BufferedReader out;
  final int port;

  /// @param tooSoon requests that came less than a second after the one before in their path
  record Figures(long came, long tooSoon, long connections) {}

  FarSide() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "farside")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    out = process.inputReader(UTF_8);
    port = Integer.parseInt(out.readLine());
  }

  /// Since its start.
  Figures figures() throws IOException {
    process.outputWriter(UTF_8).append("figures\n").flush();
    var line = out.readLine().split(" ", -1);
    return new Figures(Long.parseLong(line[0]), Long.parseLong(line[1]), Long.parseLong(line[2]));
  }

  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    process.destroy();
  }

  /// The process itself: tells its port, then its figures whenever it is asked, until nobody can
  /// ask any more.
  static void run() throws IOException {
    try (var server = new ServerSocket(0, 20_000, InetAddress.getLoopbackAddress())) {
      System.out.println(server.getLocalPort());
      Thread.ofPlatform().daemon(true).start(() -> accept(server));
      var asked = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      while (asked.readLine() != null) {
        System.out.println(CAME.sum() + " " + TOO_SOON.sum() + " " + CONNECTIONS.sum());
      }
    }
  }

  private static void accept(ServerSocket server) {
    try {
      while (true) {
        var socket = server.accept();
        CONNECTIONS.increment();
        Thread.startVirtualThread(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private static void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream(), 2_048);
      for (var request = line(in); !request.isEmpty(); request = line(in)) {
        count(request.substring(0, request.indexOf('?')));
        var length = 0;
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
          if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
            length = Integer.parseInt(header.substring(15).strip());
          }
        }
        in.skipNBytes(length);
        socket.getOutputStream().write(ANSWER);
      }
    } catch (IOException e) {
      // the relay has gone
    }
  }

  /// On arrival, before anything is read of it but its line.
  private static void count(String path) {
    var now = System.nanoTime();
    var before = LAST.put(path, now);
    if (before != null && now - before < 1_000_000_000L) {
      TOO_SOON.increment();
    }
    CAME.increment();
  }

  /// Without its end; empty: there is none.
  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder(120);
    for (var next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
