package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGKILL at random moments under load, on one data folder that lives through all of them.
final class KillTest {
  /// 20 in the suite; `make soak` sets 500.
  private static final int KILLS = Integer.getInteger("campana.kills", 20);

  private static final int CLIENTS = 64;

  @Test
  void a_kill_at_any_moment_loses_no_answered_post_and_doubles_none(@TempDir Path folder) {
    var seed = Long.getLong("campana.seed", System.nanoTime());
    var random = new Random(seed);
    var posters = new Posters();
    for (int kill = 1; kill <= KILLS; kill++) {
      try (var server = CampanaProcess.start(folder.resolve("data"))) {
        posters.repeatUnanswered(server);
        posters.postUntil(
            server,
            CLIENTS,
            4,
            () -> {
              // A number of posts, not a time: the moment is then random on quick and on slow
              // machines alike.
              posters.awaitPromised(1 + random.nextInt(600), Duration.ofSeconds(10));
              server.kill();
            });
      }
    }
    try (var server = CampanaProcess.start(folder.resolve("data"))) {
      posters.repeatUnanswered(server);
      posters.check(server);
    }
    System.out.printf(
        "seed %d: %d kills, %d posts promised and found, %d refused, %d unanswered%n",
        seed, KILLS, posters.promised(), posters.refused(), posters.unanswered());
    assertThat(posters.promised()).isGreaterThan(KILLS);
    assertThat(posters.refused()).as("refused posts: quota and queue are wide open here").isZero();
  }
}
