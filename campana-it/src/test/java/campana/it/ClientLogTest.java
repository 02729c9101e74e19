package campana.it;

import static org.assertj.core.api.Assertions.assertThat;

import campana.client.Attempt;
import campana.client.Message;
import campana.client.Reason;
import campana.client.SendListener;
import campana.client.Sending;
import campana.client.WebhookClient;
import campana.testkit.ScriptedAnswer;
import campana.testkit.ScriptedChat;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/// The client in a program whose log fails.
class ClientLogTest {
  private static final class FullDisk extends Handler {
    @Override
    public void publish(LogRecord said) {
      throw new IllegalStateException("from the test itself");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static final class Rude implements SendListener {
    @Override
    public void attempted(Sending sending, Attempt attempt) {
      throw new IllegalStateException("from the test itself");
    }
  }

  @Test
  void a_log_that_fails_keeps_no_result_back() throws Exception {
    var log = Logger.getLogger("campana.client");
    var full = new FullDisk();
    log.addHandler(full);
    try (var chat = ScriptedChat.start();
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
    } finally {
      log.removeHandler(full);
    }
  }
}
