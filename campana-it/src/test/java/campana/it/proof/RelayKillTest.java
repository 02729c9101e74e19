package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// SIGKILL of the relay and of the chat server behind it, each at random moments of its own under
/// load. Both live on in their data folders.
@Tag("proofs")
final class RelayKillTest {
  private static final JsonMapper JSON = new JsonMapper();

  /// 20 in the suite; `make soak` sets 500.
  private static final int KILLS = Integer.getInteger("campana.kills", 20);

  private static final int EVENTS = 60;

  @TempDir Path folder;
  private volatile CampanaProcess chat;
  private volatile CampanaProcess relay;
  private SteadyAddress far;
  private Senders senders;

  @BeforeEach
  void start() throws IOException {
    chat = CampanaProcess.start(folder.resolve("chat"));
    far = new SteadyAddress();
    far.leadsTo(chat.address());
    senders = new Senders(chat);
    Files.writeString(config(), senders.config(far.address(), "200/s"));
    relay = relay();
    senders.leadTo(relay.address());
    senders.start();
  }

  @AfterEach
  void end() {
    senders.close();
    far.close();
    chat.close();
    relay.close();
  }

  private Path config() {
    return folder.resolve("relay.yaml");
  }

  private CampanaProcess relay() {
    return CampanaProcess.start(folder.resolve("relay"), "--config", config().toString());
  }

  private void killRelay() {
    relay.close();
    relay = relay();
    senders.leadTo(relay.address());
  }

  private void killChat() {
    chat.close();
    chat = CampanaProcess.start(folder.resolve("chat"));
    far.leadsTo(chat.address());
  }

  @Test
  void a_kill_on_either_side_loses_no_accepted_trigger_doubles_none_and_keeps_the_order()
      throws Exception {
    var seed = Long.getLong("campana.seed", System.nanoTime());
    try (var killers = Executors.newFixedThreadPool(2)) {
      var ofRelay = killers.submit(killer(new Random(seed), this::killRelay));
      var ofChat = killers.submit(killer(new Random(seed + 1), this::killChat));
      ofRelay.get();
      ofChat.get();
    }
    killRelay(); // a fresh one does not wait out what the last failures made it wait for
    var told = senders.finish();
    Told.awaitDelivery(relay, Duration.ofSeconds(150));
    var status = Tools.campana(folder, relay.data(), "relay", "status", "--json");
    told.check(chat, JSON.readTree(status.substring(status.indexOf('{'))));
    System.out.printf(
        "seed %d: %d kills; %d events accepted and found, %d unanswered%n",
        seed, KILLS, told.accepted().size(), told.cut().size());
    assertThat(told.accepted()).hasSizeGreaterThan(10 * KILLS);
  }

  /// Half of the kills. After a number of events, not after a time: the moment is then random on
  /// quick and on slow machines alike.
  private Callable<Void> killer(Random random, Runnable killAndStart) {
    return () -> {
      for (int kill = 0; kill < KILLS / 2; kill++) {
        senders.allow(EVENTS);
        senders.awaitAccepted(1 + random.nextInt(EVENTS), Duration.ofSeconds(10));
        killAndStart.run();
      }
      return null;
    };
  }
}
