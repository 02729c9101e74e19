package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The relay on a disk that keeps only what a completed sync covers: what it said 200 to is found
/// again after each cut, and delivered once, in order.
@Tag("proofs")
final class RelayPowerCutTest {
  private static final int CUTS = Integer.getInteger("campana.cuts", 6);
  private static final int CUTS_WITHOUT_SYNC = 2;
  private static final int EVENTS = 100;

  /// More than a sync that is cut can take.
  private static final int ENOUGH = 100_000;

  private static Path library;

  @BeforeAll
  static void compile(@TempDir Path folder) throws Exception {
    library = PowerCuts.compile(folder);
  }

  @Test
  void after_a_power_cut_every_accepted_trigger_is_delivered_and_once(@TempDir Path folder)
      throws Exception {
    assertThat(lostAfterCuts(folder, Map.of(), CUTS, true)).isNull();
  }

  @Test
  void the_proof_sees_what_an_outbox_without_sync_loses(@TempDir Path folder) throws Exception {
    assertThat(lostAfterCuts(folder, PowerCuts.WITHOUT_SYNC, CUTS_WITHOUT_SYNC, false))
        .as("with synchronous=OFF the cut must lose accepted triggers")
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("alarms in the one space");
  }

  /// @param withinSyncs whether every second cut comes within a sync
  /// @return what was wrong after the cuts, or null
  private static @Nullable Throwable lostAfterCuts(
      Path folder, Map<String, String> environment, int count, boolean withinSyncs)
      throws Exception {
    var seed = Long.getLong("campana.seed", System.nanoTime());
    var random = new Random(seed);
    var cuts = new PowerCuts(library, folder, environment);
    var config = folder.resolve("relay.yaml");
    String[] options = {"--config", config.toString()};
    try (var chat = CampanaProcess.start(folder.resolve("chat"));
        var senders = new Senders(chat)) {
      // Slow, so that most of what was accepted still waits when the power goes.
      Files.writeString(config, senders.config(chat.address(), "10/s"));
      try (var first = CampanaProcess.start(cuts.data(), options)) {
        first.stop();
      }
      cuts.keepAll();
      senders.start();
      for (int cut = 1; cut <= count; cut++) {
        var within = withinSyncs && cut % 2 == 0;
        try (var relay = cuts.start(random, within, options)) {
          senders.leadTo(relay.address());
          if (within) {
            cuts.arm();
            senders.allow(ENOUGH);
            relay.awaitEnd();
            senders.hold();
          } else {
            senders.allow(EVENTS);
            senders.awaitAccepted(1 + random.nextInt(EVENTS), Duration.ofSeconds(10));
            relay.kill();
          }
        }
        cuts.goOnWithTheDisk();
      }
      Files.writeString(config, senders.config(chat.address(), "1000/s"));
      try (var relay = CampanaProcess.start(cuts.data(), options)) {
        senders.leadTo(relay.address());
        var told = senders.finish();
        Told.awaitDelivery(relay, Duration.ofMinutes(2));
        told.check(chat, relay.call("GET", "/v1/relay/status", ""));
        System.out.printf(
            "seed %d: %d cuts, %d events accepted and found, %d unanswered%n",
            seed, count, told.accepted().size(), told.cut().size());
        assertThat(told.accepted()).hasSizeGreaterThan(10 * count);
      }
    } catch (AssertionError e) {
      return e;
    }
    return null;
  }
}
