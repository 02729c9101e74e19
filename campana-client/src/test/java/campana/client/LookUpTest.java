package campana.client;

import static org.assertj.core.api.Assertions.assertThat;

import campana.testkit.ScriptedChat;
import campana.testkit.SlowNames;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A host's name that takes long to be looked up holds nobody longer than the message has. */
class LookUpTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  private final ScriptedChat chat = ScriptedChat.start();
  private final CountDownLatch found = SlowNames.hold();

  @AfterEach
  void end() {
    found.countDown();
    chat.close();
  }

  private String slowUrl() {
    return chat.url("SLOW").replace("127.0.0.1", UUID.randomUUID() + ".slow.invalid");
  }

  private WebhookClient slow() {
    return WebhookClient.builder(slowUrl()).deadline(SHORT).pace(Duration.ZERO).build();
  }

  private static <T> T inTime(Callable<T> task) throws Exception {
    var done = new FutureTask<>(task);
    Thread.ofVirtual().start(done);
    return done.get(20, TimeUnit.SECONDS);
  }

  @Test
  void a_deadline_ends_a_message_meanwhile() throws Exception {
    var slow = slow();
    assertThat(inTime(() -> slow.send("hi")).reason()).isEqualTo(Reason.NO_ANSWER);
    var later = slow();
    assertThat(inTime(() -> later.sendAsync(Message.text("hi")).join()).reason())
        .isEqualTo(Reason.NO_ANSWER);
    assertThat(chat.requests()).isEmpty();
  }

  @Test
  void it_does_so_where_a_listener_sends() throws Exception {
    var slow = slow();
    var inner = new CompletableFuture<SendResult>();
    var listener =
        new SendListener() {
          @Override
          public void attempted(Sending sending, Attempt attempt) {
            inner.complete(slow.send("what the other client did"));
          }
        };
    try (var quick = WebhookClient.builder(chat.url("AAAA")).listener(listener).build()) {
      assertThat(inTime(() -> quick.send("hi")).sent()).isTrue();
    }
    assertThat(inner.join().reason()).isEqualTo(Reason.NO_ANSWER);
  }

  @Test
  void a_post_gives_its_future_at_once_and_cancelling_that_ends_it() throws Exception {
    var address = URI.create(slowUrl());
    var attempt =
        inTime(() -> Poster.shared().postAsync(address, new byte[0], Duration.ofMinutes(5)));
    assertThat(attempt).as(String.valueOf(attempt.getNow(null))).isNotDone();
    attempt.cancel(true);
    found.countDown();
    try (var client = WebhookClient.builder(chat.url("AAAA")).build()) {
      assertThat(client.send("hi").sent()).isTrue();
    }
    assertThat(chat.requests()).hasSize(1);
  }

  @Test
  void a_message_that_waits_for_a_thread_meanwhile_ends_with_its_deadline() throws Exception {
    var waiting = new ArrayList<CompletableFuture<Attempt>>();
    for (int host = 0; host < Threads.WORKERS; host++) {
      var address = URI.create(slowUrl());
      waiting.add(Poster.shared().postAsync(address, new byte[0], Duration.ofMinutes(5)));
    }
    SlowNames.awaitLooking(Threads.WORKERS);
    try (var other = WebhookClient.builder(chat.url("AAAA")).deadline(SHORT).build()) {
      assertThat(inTime(() -> other.sendAsync(Message.text("hi")).join()).reason())
          .isEqualTo(Reason.DEADLINE);
    } finally {
      waiting.forEach(one -> one.cancel(true));
    }
  }
}
