package campana.client;

import static org.assertj.core.api.Assertions.assertThat;

import campana.testkit.LogTap;
import campana.testkit.ScriptedAnswer;
import campana.testkit.ScriptedChat;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SendListenerTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  private final ScriptedChat chat = ScriptedChat.start();
  private final List<String> heard = new CopyOnWriteArrayList<>();

  private final SendListener listener =
      new SendListener() {
        @Override
        public void attempted(Sending sending, Attempt attempt) {
          heard.add("attempt " + sending.attempts() + " " + attempt.reason());
        }

        @Override
        public void waits(Sending sending, Duration wait, Wait why) {
          heard.add("waits for " + why);
          assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofMillis(400));
        }

        @Override
        public void ended(Sending sending, SendResult result) {
          heard.add("ended " + sending.space() + " " + result.reason());
        }
      };

  @AfterEach
  void end() {
    chat.close();
  }

  private WebhookClient.Builder builder() {
    return WebhookClient.builder(chat.url("AAAA"))
        .pace(Duration.ofMillis(20))
        .backoff(Backoff.of(Duration.ofMillis(100), Duration.ZERO, Duration.ofMillis(100)));
  }

  @Test
  void it_hears_attempts_waits_and_the_end_in_order() {
    chat.then(ScriptedAnswer.html(503), ScriptedAnswer.of(429, "").with("Retry-After", "0.2"));
    try (var client = builder().listener(listener).build()) {
      client.send("1");
      assertThat(heard)
          .containsExactly(
              "attempt 1 UNAVAILABLE",
              "waits for BACKOFF",
              "attempt 2 QUOTA",
              "waits for QUOTA",
              "attempt 3 SENT",
              "ended AAAA SENT");
      heard.clear();
      client.send("2");
      assertThat(heard).containsExactly("waits for PACE", "attempt 1 SENT", "ended AAAA SENT");
    }
  }

  @ParameterizedTest
  @MethodSource
  void one_that_throws_harms_nobody(Throwable thrown) throws Exception {
    var broken =
        new SendListener() {
          @Override
          public void attempted(Sending sending, Attempt attempt) {
            SendListenerTest.<RuntimeException>sneak(thrown);
          }

          @Override
          public void waits(Sending sending, Duration wait, Wait why) {
            SendListenerTest.<RuntimeException>sneak(thrown);
          }

          @Override
          public void ended(Sending sending, SendResult result) {
            SendListenerTest.<RuntimeException>sneak(thrown);
          }
        };
    try (var client = builder().listener(broken).build()) {
      for (int i = 0; i < 3; i++) {
        var result = client.sendAsync(Message.text("" + i));
        assertThat(result.get(10, TimeUnit.SECONDS).sent()).isTrue();
      }
    }
  }

  static List<Throwable> one_that_throws_harms_nobody() {
    return List.of(
        new IllegalStateException("from the test's own listener"),
        new StackOverflowError("from the test's own listener"),
        new IOException("from the test's own listener, unchecked"));
  }

  @Test
  void listeners_that_all_send_and_wait_hold_no_message_up() throws Exception {
    var most = 2 * Threads.WORKERS;
    var all = new CountDownLatch(Threads.WORKERS); // that is all threads that tell
    var inner = new CopyOnWriteArrayList<SendResult>();
    var sends =
        new SendListener() {
          @Override
          public void attempted(Sending sending, Attempt attempt) {
            all.countDown();
            awaitUninterrupted(all);
            inner.add(client("INNER" + sending.space(), listener).send("of " + sending.space()));
          }
        };
    var sent = new ArrayList<CompletableFuture<SendResult>>();
    for (int i = 0; i < most; i++) {
      sent.add(client("OUTER" + i, sends).sendAsync(Message.text("hi")));
    }
    for (var one : sent) {
      assertThat(one.get(20, TimeUnit.SECONDS).sent()).isTrue();
    }
    assertThat(inner).hasSize(most).allMatch(SendResult::sent);
  }

  private WebhookClient client(String space, SendListener listener) {
    return WebhookClient.builder(chat.url(space)).listener(listener).build();
  }

  @Test
  void one_that_hears_of_a_deadline_may_wait_for_a_pace() throws Exception {
    var paced = new CompletableFuture<SendResult>();
    var sends =
        new SendListener() {
          @Override
          public void ended(Sending sending, SendResult result) {
            paced.complete(second("BBBB"));
          }
        };
    var first = WebhookClient.builder(chat.url("AAAA")).listener(sends).build();
    assertThat(expired(first).reason()).isEqualTo(Reason.DEADLINE);
    assertThat(paced.get(20, TimeUnit.SECONDS).sent()).isTrue();
    first.close(Duration.ZERO);
  }

  @Test
  void a_handler_of_logs_that_does_may_so_too() throws Exception {
    var paced = new CompletableFuture<SendResult>();
    var first = WebhookClient.of(chat.url("AAAA"));
    try (var _ = LogTap.on("campana.client", () -> paced.complete(second("BBBB")))) {
      assertThat(expired(first).reason()).isEqualTo(Reason.DEADLINE);
    }
    assertThat(paced.get(20, TimeUnit.SECONDS).sent()).isTrue();
    first.close(Duration.ZERO);
  }

  /** Of a message that waits behind one that hangs. */
  private SendResult expired(WebhookClient client) throws Exception {
    chat.then(ScriptedAnswer.hang());
    var hangs = client.sendAsync(Message.text("1"));
    chat.await(1, Duration.ofSeconds(20));
    var waits = client.sendAsync(Message.text("2"), SendOptions.none().deadline(SHORT));
    assertThat(hangs).isNotDone();
    return waits.get(20, TimeUnit.SECONDS);
  }

  private SendResult second(String space) {
    try (var client = WebhookClient.builder(chat.url(space)).pace(SHORT).build()) {
      client.send("1");
      return client.send("2");
    }
  }

  @Test
  void closing_where_something_is_told_waits_for_the_end_of_it() throws Exception {
    var left = new CompletableFuture<List<Sending>>();
    var client = new CompletableFuture<WebhookClient>();
    var closes =
        new SendListener() {
          @Override
          public void waits(Sending sending, Duration wait, Wait why) {
            left.complete(client.join().close(Duration.ofSeconds(20)));
          }
        };
    client.complete(WebhookClient.builder(chat.url("AAAA")).pace(SHORT).listener(closes).build());
    client.join().send("1");
    var waiting = client.join().sendAsync(Message.text("2"));
    assertThat(waiting.get(20, TimeUnit.SECONDS).sent()).isTrue();
    assertThat(left.join()).isEmpty();
  }

  @Test
  void a_log_that_blocks_takes_no_thread_for_each_message() throws Exception {
    var release = new CountDownLatch(1);
    var tooLong = Message.text("x".repeat(40_000));
    var refused = new ArrayList<CompletableFuture<SendResult>>();
    try (var client = WebhookClient.of(chat.url("AAAA"));
        var _ = LogTap.on("campana.client", () -> awaitUninterrupted(release))) {
      for (int i = 0; i < 100; i++) {
        refused.add(client.sendAsync(tooLong));
      }
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().startsWith("campana-client-tells"))
          .hasSizeLessThanOrEqualTo(Threads.WORKERS);
      release.countDown();
      for (var one : refused) {
        assertThat(one.get(20, TimeUnit.SECONDS).reason()).isEqualTo(Reason.TOO_LARGE);
      }
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
