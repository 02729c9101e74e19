package campana.it.proof;

import campana.it.CampanaProcess;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The relay, its intake and its proxy, and the tools before it. The far side is a server of ours
/// with a database of its own, which is always there.
final class RelayLosingTest extends LosingContract {
  private static final int A_SECOND = 100; // a lane waits for the far side's disk each time

  private CampanaProcess chat;
  private Senders senders;

  @BeforeEach
  void startChat() {
    chat = CampanaProcess.start(folder.resolve("chat"));
    senders = new Senders(chat);
  }

  @AfterEach
  void endChat() {
    senders.close();
    chat.close();
  }

  @Override
  void holds(String what, String url, Losing losing) throws Exception {
    var config = folder.resolve("relay.yaml");
    Files.writeString(config, senders.config(chat.address(), "1000/s"));
    try (var relay = serve(url, "--config", config.toString())) {
      senders.leadTo(relay.address());
      senders.start();
      senders.flow(A_SECOND);
      var back = lose(what, losing);
      var told = senders.finish();
      var held = System.nanoTime();
      Told.awaitDelivery(relay, PATIENCE);
      var emptied = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - held);
      told.check(chat, relay.call("GET", "/v1/relay/status", ""));
      System.out.printf(
          "%s; delivered again %d ms later, all in the end within %d ms;"
              + " %d accepted and found, %d refused, %d unanswered%n",
          back.words(),
          Duration.between(back.at(), told.nextDelivery(chat, back.at())).toMillis(),
          emptied,
          told.accepted().size(),
          senders.refused(),
          senders.unanswered());
    }
  }

  @Test
  @Tag("proofs") // the chat server's is in the suite
  void the_database_is_restarted_and_later_killed() throws Exception {
    losesItsServerTwice();
  }

  @Override
  int promised() {
    return senders.accepted();
  }

  @Override
  int disappointed() {
    return senders.refused() + senders.unanswered();
  }
}
