package campana.bench;

import campana.form.Draft;
import campana.server.feed.SpaceFeed;
import campana.server.message.MessageDesk;
import campana.server.message.PostRules;
import campana.server.message.Posted;
import campana.server.quota.QuotaRate;
import campana.server.space.Space;
import campana.server.space.SpaceType;
import campana.server.space.ThreadingState;
import campana.server.store.ChatSchema;
import campana.server.store.SqlMessages;
import campana.server.webhook.Webhook;
import campana.store.DataFolder;
import campana.store.Database;
import campana.wire.MessageReplyOption;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/// What the posting path costs without HTTP: writers on virtual threads post to 100,000 spaces, as
/// fast as they are answered. Prints messages a second, CPU a message, and how long a post waits.
///
/// Arguments: writers (64), seconds (5), `plain` or `full` (with request id and thread key),
/// folder.
public final class StoreBench {
  private static final int SPACES = 100_000;
  private static final QuotaRate FREE = new QuotaRate(Duration.ofNanos(1000), 1000);

  private StoreBench() {}

  public static void main(String[] args) throws Exception {
    var writers = args.length > 0 ? Integer.parseInt(args[0]) : 64;
    var seconds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    var full = args.length > 2 && args[2].equals("full");
    var folder =
        args.length > 3 ? Path.of(args[3]) : Files.createTempDirectory("campana-store-bench");
    try (var data = DataFolder.hold(folder)) {
      var settings = Database.Settings.of(System.out::println, System.out::println);
      var database = Database.open(data, ChatSchema.FILE, ChatSchema.migrations(), settings);
      var clock = Clock.systemUTC();
      var feed = new SpaceFeed();
      var messages = SqlMessages.open(database, new SecureRandom(), clock, feed);
      var desk =
          new MessageDesk(
              messages.ledger(), messages, messages.ids(), () -> PostRules.DEFAULT, clock);
      run(desk, database, writers, Math.max(1, seconds / 2), full); // warm
      System.out.println(run(desk, database, writers, seconds, full));
      var closing = System.nanoTime();
      messages.close();
      feed.close();
      database.close();
      System.out.printf("closed in %d ms%n", (System.nanoTime() - closing) / 1_000_000);
    } finally {
      if (args.length < 4) {
        delete(folder);
      }
    }
  }

  private static String run(
      MessageDesk desk, Database database, int writers, int seconds, boolean full)
      throws InterruptedException {
    var cpu = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var posted = new LongAdder();
    var started = System.nanoTime();
    var end = started + Duration.ofSeconds(seconds).toNanos();
    var cpuBefore = cpu.getProcessCpuTime();
    var writerBefore = writerCpu();
    var commitsBefore = database.figures().commits();
    var waits = new long[writers][];
    var threads = new Thread[writers];
    for (var w = 0; w < writers; w++) {
      var writer = w;
      threads[w] = Thread.ofVirtual().start(() -> waits[writer] = post(desk, posted, end, full));
    }
    for (var thread : threads) {
      thread.join();
    }
    var nanos = System.nanoTime() - started;
    var count = posted.sum();
    var all = Arrays.stream(waits).flatMapToLong(Arrays::stream).sorted().toArray();
    return String.format(
        "%s, %d writers: %,d msg/s, %.1f µs CPU a message (writer %.1f), %.0f messages a commit,"
            + " p50 %.2f ms, p99 %.2f ms, longest %.1f ms",
        full ? "with request id and key" : "plain",
        writers,
        count * 1_000_000_000L / nanos,
        (cpu.getProcessCpuTime() - cpuBefore) / 1000.0 / count,
        (writerCpu() - writerBefore) / 1000.0 / count,
        count / (double) Math.max(1, database.figures().commits() - commitsBefore),
        all[all.length / 2] / 1e6,
        all[(int) (all.length * 0.99)] / 1e6,
        all[all.length - 1] / 1e6);
  }

  private static long writerCpu() {
    var threads = ManagementFactory.getThreadMXBean();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("committer"))
        .mapToLong(thread -> threads.getThreadCpuTime(thread.threadId()))
        .sum();
  }

  private static long[] post(MessageDesk desk, LongAdder posted, long end, boolean full) {
    var content = "{\"text\":\"disk almost full on db-7\"}".getBytes(StandardCharsets.UTF_8);
    var chance = ThreadLocalRandom.current();
    var waits = new long[1024];
    var n = 0;
    for (var now = System.nanoTime(); now < end; ) {
      var id = "cmpBench" + (100_000 + chance.nextInt(SPACES));
      var space =
          new Space(
              id,
              "",
              "",
              SpaceType.SPACE,
              ThreadingState.THREADED_MESSAGES,
              FREE,
              Instant.EPOCH,
              null);
      var webhook = new Webhook(id, "w1", "", "", Instant.EPOCH, null);
      var draft =
          new Draft(
              "disk almost full on db-7",
              content,
              full ? "incident-" + chance.nextInt(5) : "",
              "",
              full
                  ? MessageReplyOption.REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD
                  : MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED,
              full ? Long.toHexString(chance.nextLong()) : "",
              "");
      if (desk.post(space, webhook, draft) instanceof Posted.Created) {
        posted.increment();
      }
      var after = System.nanoTime();
      if (n == waits.length) {
        waits = Arrays.copyOf(waits, n * 2);
      }
      waits[n++] = after - now;
      now = after;
    }
    return Arrays.copyOf(waits, n);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
