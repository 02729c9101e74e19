package campana.it;

import static org.assertj.core.api.Assertions.assertThat;

import campana.client.Attempt;
import campana.client.Message;
import campana.client.Reason;
import campana.client.SendListener;
import campana.client.Sending;
import campana.client.WebhookClient;
import campana.testkit.LogTap;
import campana.testkit.ScriptedAnswer;
import campana.testkit.ScriptedChat;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The client in a program whose log fails.
class ClientLogTest {
  private static void fullDisk() {
    throw new IllegalStateException("from the test itself");
  }

  private static final class Rude implements SendListener {
    @Override
    public void attempted(Sending sending, Attempt attempt) {
      throw new IllegalStateException("from the test itself");
    }
  }

  @Test
  void a_log_that_fails_keeps_no_result_back() throws Exception {
    try (var _ = LogTap.on("campana.client", ClientLogTest::fullDisk);
        var chat = ScriptedChat.start();
        var client =
            WebhookClient.builder(chat.url("AAAA"))
                .pace(Duration.ZERO)
                .listener(new Rude())
                .build()) {
      chat.then(ScriptedAnswer.error(400, "INVALID_ARGUMENT", "no"));
      var refused = client.sendAsync(Message.text("1"));
      var sent = client.sendAsync(Message.text("2"));
      assertThat(refused.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.INVALID);
      assertThat(sent.get(10, TimeUnit.SECONDS).sent()).isTrue();
    }
  }
}
