package campana.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/// Accepted durable messages per second over many spaces, beside the same server answering an empty
/// route.
final class PostBench {
  private static final int SPACES = Integer.getInteger("campana.bench.spaces", 100_000);
  private static final int ROUNDS = Integer.getInteger("campana.bench.rounds", 5);
  private static final long MILLIS = Long.getLong("campana.bench.millis", 3_000);
  private static final long WARM_MILLIS = 2 * MILLIS;

  private record Kind(String name, LongFunction<ByteBuffer> requests) {}

  private PostBench() {}

  static void run(Path root, Path scratch) throws IOException {
    var data = scratch.resolve("spaces-" + SPACES);
    var urls = scratch.resolve("spaces-" + SPACES + ".urls");
    if (!Files.exists(urls)) {
      System.out.printf("making %,d spaces with a webhook each, once …%n", SPACES);
      try (var server = new Serving(root, data)) {
        Files.write(urls, spaces(server));
      }
    }
    var paths = Files.readAllLines(urls);
    var fsync = Fsync.measure(scratch, 2_000);
    System.out.printf("disk: append 4 KiB and sync: p50 %,d µs, p99 %,d µs%n", fsync[0], fsync[1]);
    try (var server = new Serving(root, data)) {
      var host = server.address.getHost() + ":" + server.address.getPort();
      var requests = new Requests(host, paths);
      LongFunction<ByteBuffer> empty = requests::empty;
      LongFunction<ByteBuffer> plain = requests::plain;
      LongFunction<ByteBuffer> keyed = requests::keyed;
      var cold = new Load(server.socket(), 64, plain).first(paths.size());
      System.out.printf(
          "right after the start, each space's first post: %,.0f messages/s, p99 %,d µs%n",
          cold.perSecond(), cold.p99());
      // One kind after the other: what is filed of the one would be on the other's account.
      for (var posts :
          List.of(new Kind("plain", plain), new Kind("requestId + threadKey", keyed))) {
        for (var connections : List.of(64, 512)) {
          for (var what : List.of(empty, posts.requests)) { // slow at first is not the figure
            new Load(server.socket(), connections, what).run(WARM_MILLIS);
          }
          compare(server, connections, posts.name, empty, posts.requests);
        }
      }
    }
  }

  /// Both in turns, so that the machine's moods meet both.
  static void compare(
      Serving server,
      int connections,
      String what,
      LongFunction<ByteBuffer> empty,
      LongFunction<ByteBuffer> posts)
      throws IOException {
    var limits = new ArrayList<Load.Result>();
    var figures = new ArrayList<Load.Result>();
    for (int round = 0; round < ROUNDS; round++) {
      limits.add(new Load(server.socket(), connections, empty).run(MILLIS));
      figures.add(new Load(server.socket(), connections, posts).run(MILLIS));
    }
    var ratios =
        IntStream.range(0, ROUNDS)
            .mapToDouble(i -> figures.get(i).perSecond() / limits.get(i).perSecond())
            .sorted()
            .toArray();
    System.out.printf(
        "%3d connections, %-22s %,8.0f/s  empty route %,8.0f/s  ratio %.2f (%.2f to %.2f)"
            + "  p50 %,d µs p99 %,d µs (empty route p99 %,d µs)  refused %,d%n",
        connections,
        what + ":",
        median(figures.stream().mapToDouble(Load.Result::perSecond).toArray()),
        median(limits.stream().mapToDouble(Load.Result::perSecond).toArray()),
        ratios[ROUNDS / 2],
        ratios[0],
        ratios[ROUNDS - 1],
        (long) median(figures.stream().mapToDouble(Load.Result::p50).toArray()),
        (long) median(figures.stream().mapToDouble(Load.Result::p99).toArray()),
        (long) median(limits.stream().mapToDouble(Load.Result::p99).toArray()),
        figures.stream().mapToLong(Load.Result::others).sum());
  }

  static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static List<String> spaces(Serving server) {
    try (var threads = Executors.newFixedThreadPool(64)) {
      var tasks = new ArrayList<Future<String>>();
      for (int i = 0; i < SPACES; i++) {
        var name = "Team " + i;
        tasks.add(
            threads.submit(() -> {
              var space =
                  server.call(
                      "POST",
                      "/v1/spaces",
                      "{\"displayName\":\"%s\",\"spaceType\":\"SPACE\",\"quota\":{\"rate\":\"1000000/s\",\"burst\":1000}}"
                          .formatted(name));
              var url =
                  server
                      .call(
                          "POST",
                          "/v1/" + space.path("name").asString() + "/webhooks",
                          "{\"displayName\":\"Bell\"}")
                      .path("url")
                      .asString();
              return url.substring(url.indexOf("/v1/"));
            }));
      }
      var urls = new ArrayList<String>();
      for (var task : tasks) {
        urls.add(done(task));
      }
      return urls;
    }
  }

  private static String done(Future<String> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a space could not be made", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while making spaces", e);
    }
  }
}
