package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that keeps only what a completed sync covers: after each cut the server goes on with that
/// disk, and every 200 must be on it.
@Tag("proofs")
final class PowerCutTest {
  private static final int CUTS = Integer.getInteger("campana.cuts", 10);
  private static final int CUTS_WITHOUT_SYNC = 3;

  private static Path library;

  @BeforeAll
  static void compile(@TempDir Path folder) throws Exception {
    library = PowerCuts.compile(folder);
  }

  @Test
  void after_a_power_cut_every_answered_post_is_there(@TempDir Path folder) throws Exception {
    assertThat(lostAfterCuts(folder, Map.of(), CUTS, true)).isNull();
  }

  @Test
  void the_proof_sees_what_a_database_without_sync_loses(@TempDir Path folder) throws Exception {
    assertThat(lostAfterCuts(folder, PowerCuts.WITHOUT_SYNC, CUTS_WITHOUT_SYNC, false))
        .as("with synchronous=OFF the cut must lose answered posts")
        .isNotNull();
  }

  /// @param withinSyncs whether every second cut comes within a sync, of which only some sectors
  ///   get through
  /// @return what was wrong after the cuts, or null
  private static @Nullable Throwable lostAfterCuts(
      Path folder, Map<String, String> environment, int count, boolean withinSyncs)
      throws Exception {
    var seed = Long.getLong("campana.seed", System.nanoTime());
    var random = new Random(seed);
    var posters = new Posters();
    var cuts = new PowerCuts(library, folder, environment);
    try {
      for (int cut = 1; cut <= count; cut++) {
        var within = withinSyncs && cut % 2 == 0;
        try (var server = cuts.start(random, within)) {
          posters.repeatUnanswered(server);
          posters.postUntil(
              server,
              16,
              2,
              () -> {
                if (within) {
                  cuts.arm();
                  server.awaitEnd();
                } else {
                  posters.awaitPromised(1 + random.nextInt(300), Duration.ofSeconds(10));
                  server.kill();
                }
              });
        }
        cuts.goOnWithTheDisk();
      }
      try (var server = CampanaProcess.start(cuts.data())) {
        posters.check(server);
      }
    } catch (IllegalStateException | AssertionError e) {
      return e;
    }
    System.out.printf(
        "seed %d: %d cuts, %d posts promised and found, %d unanswered%n",
        seed, count, posters.promised(), posters.unanswered());
    assertThat(posters.promised()).isGreaterThan(count);
    return null;
  }
}
