package campana.bench;

import campana.relay.RelayApp;
import campana.relay.RelaySettings;
import campana.relay.outbox.Attempt;
import campana.relay.outbox.Body;
import campana.relay.outbox.Caps;
import campana.relay.outbox.Dedup;
import campana.relay.outbox.Destination;
import campana.relay.outbox.Draft;
import campana.relay.outbox.EntryState;
import campana.relay.outbox.Priority;
import campana.relay.outbox.Records;
import campana.relay.outbox.Threading;
import campana.relay.store.RelaySchema;
import campana.store.DataFolder;
import campana.store.Database;
import campana.store.Vault;
import campana.wire.WebhookUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/// A backlog in many lanes at 1/s each, before a far side on loopback that counts what comes too
/// soon: how much of the quota is used, what the time between two posts of a lane is made of, and
/// what it all takes.
final class RelayBench {
  private static final int SECONDS = 20;

  /// Until then the compiler takes a core.
  private static final Duration WARM = Duration.ofSeconds(25);

  private static final int SAMPLE = 10_000; // deliveries, the newest

  private RelayBench() {}

  /// In a process of its own with as much heap as the bar allows; the far side is another one.
  static void run() throws IOException, InterruptedException {
    for (var lanes : List.of("1000", "10000")) {
      new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx256m",
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
    try (var farSide = new FarSide()) {
      run(scratch, farSide, Integer.parseInt(lanes));
    }
  }

  private static void run(Path scratch, FarSide farSide, int lanes) throws Exception {
    var base = "http://127.0.0.1:" + farSide.port + "/v1/spaces/S";
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
      var before = Spent.now(farSide);
      Thread.sleep(Duration.ofSeconds(SECONDS));
      var after = Spent.now(farSide);
      var came = after.came - before.came;
      var parts = lanes > 1_000 ? "" : period(relay.records());
      System.out.printf(
          "relay, %,d lanes: %,.0f triggers/s taken by 64 senders; %s; %d too soon; %s%n",
          lanes,
          taken,
          lanes > 1_000
              ? "%,d delivered".formatted(after.came)
              : "%.3f of the quota".formatted(came / (double) SECONDS / lanes),
          farSide.figures().tooSoon(),
          memory());
      if (!parts.isEmpty()) {
        System.out.printf(
            "  CPU a post: %d µs here, %d µs of the far side; %,d connections made, %d of them while"
                + " this was measured%n",
            (after.here - before.here) / 1_000 / Math.max(came, 1),
            (after.there - before.there) / 1_000 / Math.max(came, 1),
            after.connections,
            after.connections - before.connections);
        System.out.println("  " + parts);
      }
    }
  }

  /// @param here nanoseconds of CPU
  private record Spent(long came, long connections, long here, long there) {
    static Spent now(FarSide farSide) throws IOException {
      var figures = farSide.figures();
      return new Spent(
          figures.came(),
          figures.connections(),
          ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos(),
          farSide.cpu().toNanos());
    }
  }

  /// What the time between two posts of a lane is made of.
  private static String period(Records records) {
    var attempts = new HashMap<String, TreeMap<Long, Attempt>>();
    for (var entry : records.entries(EntryState.DELIVERED, Optional.empty(), SAMPLE)) {
      var whole = records.entry(entry.id()).orElseThrow();
      attempts
          .computeIfAbsent(entry.id().lane(), _ -> new TreeMap<>())
          .put(entry.id().seq(), whole.attempts().getFirst());
    }
    var answers = new ArrayList<Long>();
    var rests = new ArrayList<Long>();
    for (var lane : attempts.values()) {
      Instant answered = null;
      for (var attempt : lane.values()) {
        answers.add(Duration.between(attempt.startedAt(), attempt.endedAt()).toMillis());
        if (answered != null) {
          rests.add(Duration.between(answered, attempt.startedAt()).toMillis());
        }
        answered = attempt.endedAt();
      }
    }
    return "ms from a post to its answer: %s; from there to the next post: %s"
        .formatted(spread(answers), spread(rests));
  }

  private static String spread(List<Long> values) {
    var sorted = values.stream().sorted().toList();
    return "mean %.1f, p50 %d, p99 %d"
        .formatted(
            sorted.stream().mapToLong(value -> value).average().orElse(0),
            sorted.get(sorted.size() / 2),
            sorted.get(sorted.size() * 99 / 100));
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
