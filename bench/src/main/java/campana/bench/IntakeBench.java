package campana.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/// Durable triggers a second posted to `/in/ROUTE`, beside the same server answering an empty
/// route. Meanwhile each of the ten lanes delivers its one message a second, to this process.
final class IntakeBench {
  private static final int ROUTES = 10;
  private static final long MILLIS = Long.getLong("campana.bench.millis", 2_000);

  /// A trigger goes a long way, which takes its compiler time.
  private static final long WARM_MILLIS = 5 * MILLIS;

  private static final byte[] ANSWER =
      "{\"name\":\"spaces/S/messages/M.M\",\"thread\":{\"name\":\"spaces/S/threads/M\"}}"
          .getBytes(UTF_8);

  private IntakeBench() {}

  static void run(Path root, Path scratch) throws IOException {
    var folder = Files.createTempDirectory(scratch, "intake");
    var config = folder.resolve("campana.yaml");
    var far = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    far.createContext("/", IntakeBench::answer);
    far.start();
    Files.writeString(config, config(far.getAddress().getPort()));
    var fsync = Fsync.measure(scratch, 2_000);
    System.out.printf("disk: append 4 KiB and sync: p50 %,d µs, p99 %,d µs%n", fsync[0], fsync[1]);
    try (var server = new Serving(root, folder.resolve("data"), "--config", config.toString())) {
      var host = server.address.getHost() + ":" + server.address.getPort();
      var paths = IntStream.range(0, ROUTES).mapToObj(n -> "/in/json" + n + "/TOKEN").toList();
      var requests = new Requests(host, paths);
      LongFunction<ByteBuffer> empty = requests::empty;
      LongFunction<ByteBuffer> json = requests::plain;
      LongFunction<ByteBuffer> alerts = new Alerts(host, ROUTES)::next;
      for (var connections : List.of(64, 512)) {
        for (var what : List.of(empty, json, alerts)) {
          new Load(server.socket(), connections, what).run(WARM_MILLIS);
        }
        PostBench.compare(server, connections, "triggers of plain JSON", empty, json);
        PostBench.compare(server, connections, "alerts of Alertmanager", empty, alerts);
      }
    } finally {
      far.stop(0);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(200, ANSWER.length);
    exchange.getResponseBody().write(ANSWER);
    exchange.close();
  }

  private static String config(int port) {
    var destinations = new StringBuilder("relay:\n  max-waiting: 100000000\n  destinations:\n");
    var routes = new StringBuilder("  routes:\n");
    for (int n = 0; n < ROUTES; n++) {
      destinations.append(
          """
              d%1$d: { webhook: "http://127.0.0.1:%2$d/v1/spaces/S%1$d/messages?key=k&token=t%1$d",
                allow-private: true }
          """
              .formatted(n, port));
      routes.append(
          """
              json%1$d: { source: json, auth: { path: TOKEN }, to: [d%1$d] }
              alerts%1$d: { source: alertmanager, auth: { path: TOKEN }, to: [d%1$d] }
          """
              .formatted(n));
    }
    return destinations.toString() + routes;
  }
}
