package campana.client;

import static org.assertj.core.api.Assertions.assertThat;

import campana.testkit.ScriptedAnswer;
import campana.testkit.ScriptedChat;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ends: of a client, of a wait, of a future. */
class CloseTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final ScriptedChat chat = ScriptedChat.start();

  @AfterEach
  void end() {
    chat.close();
  }

  private WebhookClient client(Duration pace) {
    return WebhookClient.builder(chat.url("AAAA")).pace(pace).build();
  }

  @Test
  void closing_drains_what_waits() {
    var client = client(Duration.ofMillis(10));
    var results =
        IntStream.range(0, 10).mapToObj(i -> client.sendAsync(Message.text("m" + i))).toList();
    assertThat(client.close(LONG)).isEmpty();
    assertThat(chat.requests()).hasSize(10);
    assertThat(results).allSatisfy(result -> assertThat(result.join().sent()).isTrue());
  }

  @Test
  void what_is_left_is_given_back_in_order_with_the_ids_to_repeat_it() {
    var client = client(Duration.ofHours(1));
    chat.then(ScriptedAnswer.hang());
    var results =
        List.of("1", "2", "3").stream()
            .map(text -> client.sendAsync(Message.text(text), SendOptions.inThread("k" + text)))
            .toList();
    chat.await(1, LONG);
    assertThat(client.unfinished()).isEqualTo(3);
    var left = client.close(Duration.ofMillis(50));
    assertThat(left)
        .extracting(sending -> sending.options().threadKey().orElseThrow())
        .containsExactly("k1", "k2", "k3");
    assertThat(left).extracting(Sending::attempts).containsExactly(1, 0, 0);
    assertThat(left).allMatch(sending -> sending.options().requestId().isPresent());
    assertThat(left.getFirst().options().requestId())
        .contains(chat.requests().getFirst().query().get("requestId"));
    assertThat(left.getFirst().toString()).contains("AAAA", "k1").doesNotContain("token");
    for (var result : results) {
      assertThat(result.join().reason()).isEqualTo(Reason.CLOSED);
    }
    assertThat(results.getFirst().join().text()).endsWith("perhaps stored");
    assertThat(client.unfinished()).isZero();
  }

  @Test
  void after_the_end_there_is_a_result_too() {
    var client = client(Duration.ZERO);
    client.close();
    client.close();
    assertThat(client.send("hi").reason()).isEqualTo(Reason.CLOSED);
    assertThat(client.sendAsync(Message.text("hi")).join().reason()).isEqualTo(Reason.CLOSED);
    assertThat(chat.requests()).isEmpty();
  }

  @Test
  void one_clients_end_is_not_anothers() {
    var first = client(Duration.ofMillis(50));
    try (var second = client(Duration.ofMillis(50))) {
      var one = first.sendAsync(Message.text("1"));
      var two = second.sendAsync(Message.text("2"));
      first.close(Duration.ZERO);
      assertThat(one.join().reason()).isIn(Reason.CLOSED, Reason.SENT);
      assertThat(two.join().sent()).isTrue();
    }
  }

  @Test
  void an_interrupted_thread_stops_waiting_and_stays_interrupted() throws Exception {
    try (var client = client(Duration.ofHours(1))) {
      chat.then(ScriptedAnswer.hang());
      var found = new CompletableFuture<SendResult>();
      var thread =
          Thread.ofPlatform()
              .start(() -> {
                var result = client.send("hi");
                found.complete(Thread.currentThread().isInterrupted() ? result : null);
              });
      chat.await(1, LONG);
      thread.interrupt();
      assertThat(found.get().reason()).isEqualTo(Reason.CANCELLED);
      assertThat(client.unfinished()).isZero();
    }
  }

  @Test
  void a_cancelled_request_frees_its_connection_and_its_lane() {
    try (var client = client(Duration.ZERO)) {
      chat.then(ScriptedAnswer.hang());
      var hanging = client.sendAsync(Message.text("1"));
      chat.await(1, LONG);
      hanging.cancel(true);
      assertThat(client.send("2").sent()).isTrue();
    }
  }

  @Test
  void a_future_may_be_used_from_its_own_callback() {
    try (var client = client(Duration.ZERO)) {
      var second =
          client
              .sendAsync(Message.text("1"))
              .thenApply(first -> client.send("2"))
              .thenApply(result -> client.send("3"));
      assertThat(second.join().sent()).isTrue();
    }
  }

  @Test
  void an_hour_of_retry_after_does_not_hold_close_up() {
    var client = client(Duration.ZERO);
    chat.otherwise(request -> ScriptedAnswer.of(429, "").with("Retry-After", "600"));
    var waiting = client.sendAsync(Message.text("1"));
    chat.await(1, LONG);
    assertThat(client.close(Duration.ofMillis(100))).hasSize(1);
    assertThat(waiting.join().reason()).isEqualTo(Reason.CLOSED);
  }

  @Test
  void any_time_to_wait_is_taken() {
    for (var wait : List.of(ChronoUnit.FOREVER.getDuration(), Duration.ofSeconds(Long.MIN_VALUE))) {
      var client = client(Duration.ZERO);
      assertThat(client.send("1").sent()).isTrue();
      assertThat(client.close(wait)).isEmpty();
    }
  }

  @Test
  void a_listener_may_close_the_client_when_it_hears_of_an_end() throws Exception {
    var made = new CompletableFuture<WebhookClient>();
    var left = new CompletableFuture<List<Sending>>();
    var closes =
        new SendListener() {
          @Override
          public void ended(Sending sending, SendResult result) {
            left.complete(made.join().close(LONG));
          }
        };
    var client =
        WebhookClient.builder(chat.url("AAAA"))
            .pace(Duration.ofMillis(10))
            .listener(closes)
            .build();
    var first = client.sendAsync(Message.text("1"));
    var second = client.sendAsync(Message.text("2"));
    made.complete(client);
    assertThat(left.get(20, TimeUnit.SECONDS)).isEmpty();
    assertThat(first.join().sent()).isTrue();
    assertThat(second.join().sent()).isTrue();
  }
}
