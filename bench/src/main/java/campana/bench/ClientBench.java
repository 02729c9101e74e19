package campana.bench;

import campana.client.Attempt;
import campana.client.Message;
import campana.client.SendListener;
import campana.client.SendResult;
import campana.client.Sending;
import campana.client.WebhookClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// The client beside what is possible: a bare post of the JDK's, and the space's quota.
final class ClientBench {
  private static final int ROUNDS = Integer.getInteger("campana.bench.rounds", 5);
  private static final int POSTS = Integer.getInteger("campana.bench.posts", 2_000);
  private static final int QUEUED = Integer.getInteger("campana.bench.queued", 300);

  private ClientBench() {}

  static void run(Path root, Path scratch) throws IOException, InterruptedException {
    var data = Files.createTempDirectory(scratch, "client-");
    try (var server = new Serving(root, data)) {
      overhead(url(server, "1000000/s"));
      quota(url(server, "1/s"));
    }
  }

  private static String url(Serving server, String rate) {
    var space =
        server.call(
            "POST",
            "/v1/spaces",
            "{\"displayName\":\"Bench %s\",\"spaceType\":\"SPACE\",\"quota\":{\"rate\":\"%s\",\"burst\":1}}"
                .formatted(rate, rate));
    return server
        .call(
            "POST",
            "/v1/" + space.path("name").asString() + "/webhooks",
            "{\"displayName\":\"Bell\"}")
        .path("url")
        .asString();
  }

  /// One post after the other: by the client without a pace, and by java.net.http alone. In pairs,
  /// now the one first and now the other, and medians, as a disk's sync takes now one time and now
  /// three.
  private static void overhead(String url) throws IOException, InterruptedException {
    var ratios = new double[ROUNDS];
    var bareMicros = new double[ROUNDS];
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var chat = WebhookClient.builder(url).pace(Duration.ZERO).build()) {
      for (int round = -1; round < ROUNDS; round++) { // the first: what is slow is not the figure
        var bare = new double[POSTS];
        var sent = new double[POSTS];
        for (int n = 0; n < POSTS; n++) {
          if (n % 2 == 0) {
            bare[n] = bare(http, url, n);
            sent[n] = sent(chat, n);
          } else {
            sent[n] = sent(chat, n);
            bare[n] = bare(http, url, n);
          }
        }
        if (round >= 0) {
          bareMicros[round] = PostBench.median(bare) / 1e3;
          ratios[round] = PostBench.median(sent) / 1e3 / bareMicros[round];
        }
      }
    }
    java.util.Arrays.sort(ratios);
    System.out.printf(
        "one send beside a bare post of java.net.http (%,.0f µs): ratio %.2f (%.2f to %.2f)%n",
        PostBench.median(bareMicros), ratios[ROUNDS / 2], ratios[0], ratios[ROUNDS - 1]);
  }

  private static long sent(WebhookClient chat, int n) {
    var start = System.nanoTime();
    var _ = chat.send("Disk 92 % full on db-" + n).orThrow();
    return System.nanoTime() - start;
  }

  /// As whoever has no client would write it, and with the client's time-out: without one a far
  /// side that hangs would hold the caller for ever.
  private static long bare(HttpClient http, String url, int n)
      throws IOException, InterruptedException {
    var start = System.nanoTime();
    var request =
        HttpRequest.newBuilder(URI.create(url + "&requestId=" + UUID.randomUUID()))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json; charset=UTF-8")
            .POST(BodyPublishers.ofString("{\"text\":\"Disk 92 % full on db-" + n + "\"}"))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("a bare post was answered with " + answer.statusCode());
    }
    return System.nanoTime() - start;
  }

  /// Many queued at once for one space that takes one a second.
  private static void quota(String url) {
    var refused = new AtomicInteger();
    var requests = new AtomicInteger();
    var count =
        new SendListener() {
          @Override
          public void attempted(Sending sending, Attempt attempt) {
            requests.incrementAndGet();
            refused.addAndGet(attempt.sent() ? 0 : 1);
          }
        };
    var start = System.nanoTime();
    var results = new ArrayList<CompletableFuture<SendResult>>();
    try (var chat = WebhookClient.builder(url).listener(count).build()) {
      IntStream.range(0, QUEUED)
          .forEach(n -> results.add(chat.sendAsync(Message.text("queued " + n))));
      results.forEach(result -> result.join().orThrow());
    }
    var seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%d queued for one space at 1/s: %d requests, %d refused, %.1f s; the limit is %d s, ratio %.3f%n",
        QUEUED, requests.get(), refused.get(), seconds, QUEUED - 1, seconds / (QUEUED - 1));
  }
}
