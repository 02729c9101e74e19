package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// 300 posts at once by tools that know only the far side's address: its host was changed to the
/// proxy's, and nothing else. The far side is a server of ours with a strict quota, in a process of
/// its own.
@Tag("proofs")
final class ProxyStormTest {
  private static final int POSTS = 300;
  private static final int A_SECOND = 40;

  @TempDir Path folder;
  private CampanaProcess far;
  private volatile CampanaProcess proxy;
  private URI webhook;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<Integer, Told> told = new ConcurrentHashMap<>();
  private final Set<Integer> cut = ConcurrentHashMap.newKeySet();

  /// What a sender was told, and between which moments of System.nanoTime it waited for that.
  private record Told(int status, String body, long from, long to) {}

  @BeforeEach
  void start() throws IOException {
    far = CampanaProcess.start(folder.resolve("far"));
    var quota = "{\"rate\":\"" + A_SECOND + "/s\",\"burst\":1}";
    var space =
        far.call(
                "POST",
                "/v1/spaces",
                "{\"displayName\":\"Strict\",\"spaceType\":\"SPACE\",\"quota\":" + quota + "}")
            .path("name")
            .asString();
    webhook =
        URI.create(
            far.call("POST", "/v1/" + space + "/webhooks", "{\"displayName\":\"Bell\"}")
                .path("url")
                .asString());
    Files.writeString(
        folder.resolve("proxy.yaml"),
        "relay:\n  upstream: { url: \"%s\", rate: %d/s, allow-private: true }\n"
            .formatted(far.address(), A_SECOND));
    startProxy();
  }

  @AfterEach
  void stop() {
    http.close();
    proxy.close();
    far.close();
  }

  private void startProxy() {
    var config = folder.resolve("proxy.yaml").toString();
    proxy = CampanaProcess.start(folder.resolve("proxy"), "--config", config);
  }

  private static String text(int number) {
    return "number " + number;
  }

  /// The webhook's URL with another host.
  private URI address(String more) {
    var changed =
        webhook.toString().replace(webhook.getAuthority(), proxy.address().getAuthority());
    return URI.create(changed + more);
  }

  private void post(int number, String more) throws IOException, InterruptedException {
    var from = System.nanoTime();
    var answer =
        http.send(
            HttpRequest.newBuilder(address(more))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"" + text(number) + "\"}"))
                .build(),
            BodyHandlers.ofString());
    told.put(number, new Told(answer.statusCode(), answer.body(), from, System.nanoTime()));
  }

  private interface Tool {
    boolean post(int number) throws Exception;
  }

  private static void atOnce(Tool tool) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var together = new CountDownLatch(POSTS);
      var posts = new ArrayList<Future<Boolean>>();
      for (int i = 0; i < POSTS; i++) {
        var number = i;
        posts.add(
            threads.submit(() -> {
              together.countDown();
              together.await();
              return tool.post(number);
            }));
      }
      for (var post : posts) {
        post.get();
      }
    }
  }

  @Test
  void all_arrive_in_order_and_within_the_quota_and_no_sender_sees_anything_but_200()
      throws Exception {
    var began = System.nanoTime();
    atOnce(number -> {
      post(number, "");
      return true;
    });
    awaitDelivered(POSTS);
    var seconds = (System.nanoTime() - began) / 1e9;

    assertThat(told).hasSize(POSTS);
    assertThat(told.values())
        .allSatisfy(one -> assertThat(one.status()).as(one.body()).isEqualTo(200));
    var arrived = arrived();
    assertThat(arrived).hasSize(POSTS).doesNotHaveDuplicates();
    // Who had the 200 before another began stands before it.
    var latestBegin = Long.MIN_VALUE;
    for (var text : arrived) {
      var number = Integer.parseInt(text.substring("number ".length()));
      var one = Objects.requireNonNull(told.get(number));
      assertThat(one.to())
          .as(text + " was accepted too late for its place")
          .isGreaterThan(latestBegin);
      latestBegin = Math.max(latestBegin, one.from());
    }
    inTheOrderOfTheQueue();
    assertThat(entries())
        .allSatisfy(
            entry -> assertThat(entry.path("attempts").asInt()).as("never too soon").isOne());
    assertThat(seconds).isGreaterThan((POSTS - 1.0) / A_SECOND);
    System.out.printf("%d posts delivered at %d/s in %.1f s%n", POSTS, A_SECOND, seconds);
  }

  @Test
  void killed_in_the_middle_the_proxy_still_delivers_all_and_each_once() throws Exception {
    var seed = Long.getLong("campana.seed", System.nanoTime());
    var random = new Random(seed);
    try (var killer = Executors.newVirtualThreadPerTaskExecutor()) {
      var killed =
          killer.submit(() -> {
            var whileTheyPost = 1 + random.nextInt(POSTS * 2 / 3);
            Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .until(() -> told.size() >= whileTheyPost);
            proxy.close();
            startProxy();
          });
      atOnce(this::postUntilTold);
      killed.get();
    }
    var half = POSTS / 4 + random.nextInt(POSTS / 4);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> arrived().size() >= half);
    proxy.close();
    startProxy();
    var sums = awaitDelivered(told.size());

    assertThat(told.values())
        .allSatisfy(one -> assertThat(one.status()).as(one.body()).isEqualTo(200));
    var arrived = arrived();
    assertThat(arrived).doesNotHaveDuplicates().containsAll(texts(told.keySet()));
    var unasked = new ArrayList<>(arrived);
    unasked.removeAll(texts(told.keySet()));
    assertThat(texts(cut)).containsAll(unasked);
    inTheOrderOfTheQueue();
    assertThat(sums.path("delivered").asInt()).isEqualTo(arrived.size());
    System.out.printf(
        "seed %d: %d posts accepted and found; %d cut without a requestId, %d of them found%n",
        seed, told.size(), cut.size(), unasked.size());
  }

  /// Every second tool gives a requestId, and repeats with it what was cut off.
  private boolean postUntilTold(int number) throws InterruptedException {
    var repeatable = number % 2 == 0;
    while (true) {
      var to = proxy;
      try {
        post(number, repeatable ? "&requestId=storm-" + number : "");
        return true;
      } catch (ConnectException e) {
        awaitAnotherThan(to);
      } catch (IOException e) {
        if (!repeatable) {
          cut.add(number);
          return false;
        }
        awaitAnotherThan(to);
      }
    }
  }

  private void awaitAnotherThan(CampanaProcess before) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> proxy != before);
  }

  private static List<String> texts(Set<Integer> numbers) {
    return numbers.stream().map(ProxyStormTest::text).toList();
  }

  /// Waits until nothing waits and at least so many are delivered.
  private JsonNode awaitDelivered(int atLeast) {
    var entries = new JsonNode[1];
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          var status = proxy.call("GET", "/v1/relay/status", "");
          assertThat(status.path("sumsHold").asBoolean(false)).as("%s", status).isTrue();
          entries[0] = status.path("entries");
          return entries[0].path("waiting").asInt(-1) == 0
              && entries[0].path("delivered").asInt() >= atLeast;
        });
    return entries[0];
  }

  /// The texts in the far space, oldest first.
  private List<String> arrived() {
    var space = webhook.getPath().replaceFirst("/messages$", "");
    return far.call("GET", space + "/messages?pageSize=1000", "")
        .path("messages")
        .valueStream()
        .map(message -> message.path("text").asString())
        .toList();
  }

  private List<JsonNode> entries() {
    return proxy
        .call("GET", "/v1/relay/entries?state=DELIVERED&pageSize=1000", "")
        .path("entries")
        .valueStream()
        .sorted(Comparator.comparingLong(ProxyStormTest::number))
        .toList();
  }

  private static long number(JsonNode entry) {
    var name = entry.path("name").asString();
    return Long.parseLong(name.substring(name.lastIndexOf('.') + 1));
  }

  /// One webhook's posts without a thread arrive as they were queued.
  private void inTheOrderOfTheQueue() {
    var space = webhook.getPath().replaceFirst("/messages$", "");
    var there =
        far.call("GET", space + "/messages?pageSize=1000", "")
            .path("messages")
            .valueStream()
            .map(message -> message.path("name").asString())
            .toList();
    assertThat(entries().stream().map(entry -> entry.path("message").asString()))
        .containsExactlyElementsOf(there);
  }
}
