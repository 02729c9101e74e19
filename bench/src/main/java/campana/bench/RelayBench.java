package campana.bench;

import campana.relay.RelayApp;
import campana.relay.RelaySettings;
import campana.relay.outbox.Body;
import campana.relay.outbox.Caps;
import campana.relay.outbox.Dedup;
import campana.relay.outbox.Destination;
import campana.relay.outbox.Draft;
import campana.relay.outbox.Priority;
import campana.relay.outbox.Threading;
import campana.relay.store.RelaySchema;
import campana.store.DataFolder;
import campana.store.Database;
import campana.store.Vault;
import campana.wire.WebhookUrl;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/// A backlog in many lanes at 1/s each, before a far side on loopback that counts what comes too
/// soon: how much of the quota is used, and what it takes.
final class RelayBench {
  private static final int SECONDS = 20;
  private static final Duration WARM = Duration.ofSeconds(15);
  private static final byte[] ANSWER =
      "{\"name\":\"spaces/A/messages/M.M\",\"thread\":{\"name\":\"spaces/A/threads/M\"}}"
          .getBytes(StandardCharsets.UTF_8);

  private final Map<String, Long> last = new ConcurrentHashMap<>();
  private final LongAdder came = new LongAdder();
  private final LongAdder tooSoon = new LongAdder();

  private RelayBench() {}

  /// In a process of its own with as much heap as the bar allows, the far side in it.
  static void run() throws IOException, InterruptedException {
    for (var lanes : List.of("1000", "10000")) {
      new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx256m",
              // The far side of this bench: it answers at once and keeps each lane's connection.
              "-Dsun.net.httpserver.nodelay=true",
              "-Dsun.net.httpserver.maxIdleConnections=20000",
              "--enable-native-access=ALL-UNNAMED",
              "-cp",
              System.getProperty("java.class.path"),
              Main.class.getName(),
              "lanes",
              lanes)
          .inheritIO()
          .start()
          .waitFor();
    }
  }

  static void run(Path scratch, String lanes) throws Exception {
    new RelayBench().run(scratch, Integer.parseInt(lanes));
  }

  private void run(Path scratch, int lanes) throws Exception {
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2_000);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    var base = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/spaces/S";
    var destinations = new HashMap<String, Destination>();
    for (var n = 0; n < lanes; n++) {
      destinations.put("d" + n, destination("d" + n, base + n + "/messages?key=bench&token=t" + n));
    }
    var settings =
        new RelaySettings(
            Caps.DEFAULT,
            "",
            RelaySettings.ALARM_AFTER,
            Optional.empty(),
            destinations,
            RelaySettings.Retention.DEFAULT);
    try (var data = DataFolder.hold(Files.createTempDirectory(scratch, "relay"));
        var database = open(data);
        var relay = new RelayApp(settings, database, vault(data), Clock.systemUTC())) {
      var each = Math.max(4, (int) (WARM.toSeconds() + SECONDS + 5) * 1_000 / lanes);
      var taken = take(relay, destinations, each);
      relay.start();
      Thread.sleep(WARM);
      var before = came.sum();
      Thread.sleep(Duration.ofSeconds(SECONDS));
      var share = (came.sum() - before) / (double) SECONDS / lanes;
      System.out.printf(
          "relay, %,d lanes: %,.0f triggers/s taken by 64 senders; %s; %d too soon; %s%n",
          lanes,
          taken,
          lanes > 1_000
              ? "%,d delivered".formatted(came.sum())
              : "%.3f of the quota".formatted(share),
          tooSoon.sum(),
          memory());
    } finally {
      server.stop(0);
    }
  }

  private static Destination destination(String name, String url) {
    return new Destination(
        name,
        WebhookUrl.parse(url),
        Destination.INTERVAL,
        Destination.KEEP_TRYING,
        "",
        true,
        false,
        "en",
        ZoneOffset.UTC);
  }

  private static Database open(DataFolder data) {
    var settings = Database.Settings.of(System.out::println, System.out::println);
    return Database.open(data, RelaySchema.FILE, RelaySchema.migrations(), settings);
  }

  private static Vault vault(DataFolder data) {
    return Vault.open(data.file(Vault.KEY_FILE), true, new SecureRandom());
  }

  /// @return triggers a second
  private static double take(RelayApp relay, Map<String, Destination> destinations, int each) {
    var begun = System.nanoTime();
    try (var senders = Executors.newFixedThreadPool(64, Thread.ofVirtual().factory())) {
      for (var destination : destinations.values()) {
        senders.execute(() -> {
          for (var n = 0; n < each; n++) {
            relay.outbox().enqueue("bench", List.of(draft(destination, n)));
          }
        });
      }
    }
    return destinations.size() * each / ((System.nanoTime() - begun) / 1e9);
  }

  private static Draft draft(Destination destination, int number) {
    var text = "{\"text\":\"message " + number + " " + "x".repeat(300) + "\"}";
    return new Draft(
        destination.credential(),
        "bench",
        "message",
        Priority.NORMAL,
        Body.of(text.getBytes(StandardCharsets.UTF_8)),
        new Threading.Apart(),
        "",
        "",
        Dedup.NONE,
        destination.keepTrying());
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    var now = System.nanoTime();
    var before = last.put(exchange.getRequestURI().getPath(), now);
    if (before != null && now - before < 1_000_000_000L) {
      tooSoon.increment();
    }
    came.increment();
    exchange.sendResponseHeaders(200, ANSWER.length);
    exchange.getResponseBody().write(ANSWER);
    exchange.close();
  }

  private static String memory() throws IOException {
    System.gc();
    var runtime = Runtime.getRuntime();
    var heap = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    var peak =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .findFirst()
            .orElse("VmHWM: unknown");
    return "heap " + heap + " MB, peak of the process " + peak.substring(6).strip();
  }
}
