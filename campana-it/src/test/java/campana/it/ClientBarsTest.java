package campana.it;

import static org.assertj.core.api.Assertions.assertThat;

import campana.client.Attempt;
import campana.client.Backoff;
import campana.client.Message;
import campana.client.Reason;
import campana.client.SendListener;
import campana.client.SendOptions;
import campana.client.SendResult;
import campana.client.Sending;
import campana.client.WebhookClient;
import campana.testkit.ScriptedAnswer;
import campana.testkit.ScriptedChat;
import campana.testkit.ScriptedRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the client library promises, against a server of ours in a process of its own. All runs go
/// on at once: each has a space to itself, and most of its time it waits for that space's quota.
class ClientBarsTest {
  @TempDir static Path data;
  private static final ExecutorService together = Executors.newVirtualThreadPerTaskExecutor();
  private static CampanaProcess server;
  private static Future<?> fiftyThreads = together.submit(() -> {});
  private static Future<?> manyQueued = together.submit(() -> {});
  private static Future<?> chatsOwnQuota = together.submit(() -> {});
  private static Future<?> faults = together.submit(() -> {});

  /// Counts attempts by what came of them.
  private static final class Tally implements SendListener {
    private final Map<Reason, Integer> attempts = new EnumMap<>(Reason.class); // guarded by this
    private final List<Long> answers = new ArrayList<>(); // guarded by this

    @Override
    public synchronized void attempted(Sending sending, Attempt attempt) {
      attempts.merge(attempt.reason(), 1, Integer::sum);
      answers.add(System.nanoTime());
    }

    /// From one answer to the next, as most are: a moment in which the machine stood still is not
    /// the client's.
    synchronized Duration usualStep() {
      var steps =
          IntStream.range(1, answers.size())
              .mapToLong(i -> answers.get(i) - answers.get(i - 1))
              .sorted()
              .toArray();
      return Duration.ofNanos(steps[steps.length / 2]);
    }

    synchronized Map<Reason, Integer> attempts() {
      return Map.copyOf(attempts);
    }
  }

  @BeforeAll
  static void start() {
    server = CampanaProcess.start(data);
    fiftyThreads = together.submit(ClientBarsTest::sendFromFiftyThreads);
    // At this rate a busy machine's slow answers weigh more than our pacing, so a wide bound.
    manyQueued = together.submit(() -> sendInOrder(300, "10/s", Duration.ofMillis(100), 1.25));
    chatsOwnQuota = together.submit(() -> sendInOrder(31, "1/s", Duration.ofSeconds(1), 1.05));
    faults = together.submit(ClientBarsTest::sendThroughFaults);
  }

  @AfterAll
  static void stop() {
    together.shutdownNow();
    server.close();
  }

  /// @param name `spaces/ID`
  private record Space(String name, String url) {}

  private static Space space(String displayName, String rate) {
    var space =
        server.call(
            "POST",
            "/v1/spaces",
            "{\"displayName\":\"%s\",\"spaceType\":\"SPACE\",\"quota\":{\"rate\":\"%s\",\"burst\":1}}"
                .formatted(displayName, rate));
    var name = space.path("name").asString();
    var webhook = server.call("POST", "/v1/" + name + "/webhooks", "{\"displayName\":\"Bell\"}");
    return new Space(name, webhook.path("url").asString());
  }

  /// The texts of all messages, oldest first.
  private static List<String> stored(Space space) {
    var all = new ArrayList<String>();
    var page = "";
    do {
      var path = "/v1/" + space.name() + "/messages?pageSize=1000&pageToken=" + page;
      var answer = server.call("GET", path, "");
      answer.path("messages").forEach(message -> all.add(message.path("text").asString()));
      page = URLEncoder.encode(answer.path("nextPageToken").asString(""), StandardCharsets.UTF_8);
    } while (!page.isEmpty());
    return all;
  }

  private static List<String> texts(int count) {
    return IntStream.range(0, count).mapToObj(i -> "message " + i).toList();
  }

  @Test
  void five_hundred_messages_of_fifty_threads_into_one_space() throws Exception {
    fiftyThreads.get();
  }

  @Test
  void three_hundred_messages_make_three_hundred_requests_and_none_is_refused() throws Exception {
    manyQueued.get();
  }

  @Test
  void at_chats_own_quota_the_queue_loses_less_than_a_twentieth() throws Exception {
    chatsOwnQuota.get();
  }

  @Test
  void faults_on_the_way_lose_nothing_double_nothing_and_keep_the_order() throws Exception {
    faults.get();
  }

  private static void sendFromFiftyThreads() {
    var tally = new Tally();
    var space = space("Fifty threads", "20/s");
    var results = new ConcurrentHashMap<String, SendResult>();
    try (var client =
            WebhookClient.builder(space.url()).pace(Duration.ofMillis(50)).listener(tally).build();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int t = 0; t < 50; t++) {
        var thread = "thread " + t;
        threads.execute(() -> {
          for (int i = 0; i < 10; i++) {
            var text = thread + " message " + i;
            results.put(text, client.send(text, SendOptions.inThread(thread)));
          }
        });
      }
    }
    assertThat(results).hasSize(500);
    assertThat(results.values()).allMatch(SendResult::sent);
    assertThat(results.values().stream().map(one -> one.messageName().orElseThrow()).distinct())
        .hasSize(500);
    var stored = stored(space);
    assertThat(stored).hasSize(500).doesNotHaveDuplicates();
    for (int t = 0; t < 50; t++) {
      var thread = "thread " + t + " ";
      assertThat(stored.stream().filter(text -> text.startsWith(thread)))
          .containsExactlyElementsOf(
              IntStream.range(0, 10).mapToObj(i -> thread + "message " + i).toList());
    }
    assertThat(tally.attempts()).isEqualTo(Map.of(Reason.SENT, 500));
  }

  /// Sends so many at once into a strict space, and holds what came of it against the promise.
  ///
  /// @param most how long each may take, as a multiple of what the quota allows at best
  private static void sendInOrder(int count, String rate, Duration pace, double most) {
    var tally = new Tally();
    var space = space("Strict " + rate, rate);
    var began = System.nanoTime();
    try (var client = WebhookClient.builder(space.url()).pace(pace).listener(tally).build()) {
      var results =
          texts(count).stream().map(text -> client.sendAsync(Message.text(text))).toList();
      assertThat(results.stream().map(CompletableFuture::join)).allMatch(SendResult::sent);
    }
    var wall = System.nanoTime() - began;
    assertThat(tally.attempts()).isEqualTo(Map.of(Reason.SENT, count));
    assertThat(stored(space)).containsExactlyElementsOf(texts(count));
    assertThat((double) wall / pace.multipliedBy(count - 1).toNanos()).isBetween(1.0, 1.25);
    assertThat((double) tally.usualStep().toNanos() / pace.toNanos()).isBetween(1.0, most);
  }

  private static void sendThroughFaults() {
    var tally = new Tally();
    var space = space("Faults", "1000000/s");
    try (var front = ScriptedChat.start();
        var behind = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var client =
            WebhookClient.builder(
                    front.address() + space.url().substring(space.url().indexOf("/v1/")))
                .pace(Duration.ofMillis(2))
                .backoff(
                    Backoff.of(Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMillis(50)))
                .timeout(Duration.ofMillis(700))
                .attempts(50)
                .listener(tally)
                .build()) {
      var chance = new Random(20_261_122);
      front.otherwise(request -> {
        var drawn = chance.nextInt(100);
        var before = chance.nextBoolean(); // fails on the way there, or on the way back
        if (drawn < 20) {
          return ScriptedAnswer.error(503, "UNAVAILABLE", "The service is currently unavailable.");
        } else if (drawn < 21) {
          return ScriptedAnswer.error(429, "RESOURCE_EXHAUSTED", "slowly")
              .with("Retry-After", "0.05");
        } else if (drawn < 31 && before) {
          return drawn < 26 ? ScriptedAnswer.reset() : ScriptedAnswer.hang();
        }
        var answer = pass(behind, request);
        return drawn < 26
            ? drawn < 21 ? answer : ScriptedAnswer.reset()
            : drawn < 31 ? ScriptedAnswer.hang() : answer;
      });
      var results = texts(300).stream().map(text -> client.sendAsync(Message.text(text))).toList();
      assertThat(results.stream().map(CompletableFuture::join)).allMatch(SendResult::sent);
    }
    assertThat(stored(space)).containsExactlyElementsOf(texts(300));
    assertThat(tally.attempts())
        .containsEntry(Reason.SENT, 300)
        .containsKeys(Reason.UNAVAILABLE, Reason.NO_ANSWER, Reason.QUOTA)
        .hasSize(4);
  }

  private static ScriptedAnswer pass(HttpClient behind, ScriptedRequest request) {
    try {
      var answer =
          behind.send(
              HttpRequest.newBuilder(URI.create(server.address() + request.target()))
                  .POST(HttpRequest.BodyPublishers.ofString(request.body()))
                  .build(),
              BodyHandlers.ofString());
      return ScriptedAnswer.of(answer.statusCode(), answer.body());
    } catch (IOException e) {
      return ScriptedAnswer.reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ScriptedAnswer.reset();
    }
  }
}
