package campana.client;

import static org.assertj.core.api.Assertions.assertThat;

import campana.testkit.ScriptedAnswer;
import campana.testkit.ScriptedChat;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SendListenerTest {
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

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
