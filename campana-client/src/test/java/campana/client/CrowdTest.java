package campana.client;

import static org.assertj.core.api.Assertions.assertThat;

import campana.testkit.ScriptedChat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many messages, many spaces, few threads. */
class CrowdTest {
  private static final int SPACES = 10_000;
  private static final int EACH = 5;

  /** A timer, at most eight workers, and one selector of the one HTTP client. */
  private static final int THREADS = 10;

  @Test
  void fifty_thousand_messages_over_ten_thousand_spaces_wait_without_threads() {
    try (var chat = ScriptedChat.start()) {
      var lanes = new Lanes(System::nanoTime, Timer.daemon(), Threads.WORK, Threads::tell);
      var clients = new ArrayList<WebhookClient>();
      for (int i = 0; i < SPACES; i++) {
        clients.add(
            WebhookClient.builder(chat.url("S" + i)).pace(Duration.ofMinutes(30)).build(lanes));
      }
      for (int round = 0; round < EACH; round++) {
        for (var client : clients) {
          var _ = client.sendAsync(Message.text("message " + round));
        }
      }
      assertThat(threads()).hasSizeLessThanOrEqualTo(THREADS);
      chat.await(SPACES, Duration.ofMinutes(2));
      assertThat(threads()).hasSizeLessThanOrEqualTo(THREADS);
      assertThat(lanes.count()).isEqualTo(SPACES);
      assertThat(chat.mostOpen()).isLessThanOrEqualTo(256);
      assertThat(chat.requests().stream().map(request -> request.space()).distinct())
          .hasSize(SPACES);
      assertThat(chat.requests()).allMatch(request -> request.body().contains("message 0"));
      var left = new ArrayList<Sending>();
      clients.forEach(client -> left.addAll(client.close(Duration.ofSeconds(0))));
      assertThat(left.stream().filter(sending -> sending.attempts() == 0))
          .hasSize(SPACES * (EACH - 1));
    }
  }

  @Test
  void what_others_do_on_the_common_pool_holds_no_result_up() throws Exception {
    var busy = new CountDownLatch(1);
    var pool = ForkJoinPool.commonPool();
    for (int i = 0; i < pool.getParallelism(); i++) {
      var _ =
          pool.submit(() -> {
            busy.await();
            return null;
          });
    }
    try (var chat = ScriptedChat.start();
        var patient =
            WebhookClient.builder(chat.url("AAAA"))
                .pace(Duration.ZERO)
                .timeout(Duration.ofMinutes(5))
                .build()) {
      for (int i = 0; i < 2; i++) {
        var sent = new FutureTask<>(() -> patient.send("hi"));
        Thread.ofVirtual().start(sent);
        assertThat(sent.get(20, TimeUnit.SECONDS).sent()).isTrue();
      }
    } finally {
      busy.countDown();
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("campana-client") || name.startsWith("HttpClient"))
        .filter(name -> !name.startsWith("campana-client-tells")) // idle, of other tests' listeners
        .toList();
  }
}
