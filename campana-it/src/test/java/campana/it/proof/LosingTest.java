package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import campana.testdb.Cable;
import campana.testdb.OwnPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program loses its database, or the way to it, while it is posted to. Whatever had a 200 is
/// there, once; whatever had an error is not; and it goes on by itself.
final class LosingTest {
  private static final int CLIENTS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// So that a short silence is one for the program, too.
  private static final String QUICK = "?socketTimeout=2&connectTimeout=1";

  @TempDir Path folder = Path.of("");
  private OwnPostgres postgres;
  private Cable cable;
  private final Posters posters = new Posters();

  private interface Losing {
    void run() throws Exception;
  }

  @BeforeEach
  void begin() {
    postgres = OwnPostgres.start(folder.resolve("postgres"));
    cable = new Cable(postgres.port());
  }

  @AfterEach
  void end() {
    cable.close();
    postgres.close();
  }

  private String url(int port, String options) {
    return "postgresql://postgres@127.0.0.1:" + port + "/postgres" + options;
  }

  private CampanaProcess serve(String url) {
    return CampanaProcess.start(List.of(), Map.of("CAMPANA_DATABASE", url), folder.resolve("data"));
  }

  /// Posts before, during and after.
  ///
  /// @param losing loses it, and brings it back
  private void holds(String what, String url, Losing losing) {
    try (var server = serve(url)) {
      posters.postThrough(
          server,
          CLIENTS,
          4,
          () -> {
            awaitPromised(200);
            var lost = System.nanoTime();
            try {
              losing.run();
            } catch (Exception e) {
              throw new IllegalStateException(what, e);
            }
            var back = System.nanoTime();
            awaitPromised(1);
            var first = System.nanoTime();
            awaitPromised(200);
            System.out.printf(
                "%s: %d ms, posts again %d ms later, 200 more in %d ms; %d refused, %d unanswered%n",
                what,
                TimeUnit.NANOSECONDS.toMillis(back - lost),
                TimeUnit.NANOSECONDS.toMillis(first - back),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - first),
                posters.refused(),
                posters.unanswered());
          });
      posters.repeatUnanswered(server);
      posters.check(server);
      assertThat(posters.statuses()).isSubsetOf(503);
    }
  }

  private void awaitPromised(int more) {
    var before = posters.promised();
    posters.awaitPromised(more, PATIENCE);
    assertThat(posters.promised()).as("posts go on").isGreaterThanOrEqualTo(before + more);
  }

  private static void lasts(Duration time) {
    var until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
  }

  private void stalls(Duration time) {
    cable.set(Cable.Way.STALLED);
    lasts(time);
    cable.set(Cable.Way.OPEN);
  }

  @Test
  @Tag("proofs")
  void the_network_stalls_for_some_seconds() {
    holds("network stalled for 4 s", url(cable.port(), QUICK), () -> stalls(Duration.ofSeconds(4)));
  }

  @Test
  @Tag("proofs")
  void the_network_stalls_for_a_minute() {
    holds(
        "network stalled for a minute", url(cable.port(), ""), () -> stalls(Duration.ofMinutes(1)));
  }

  @Test
  void connections_break_in_the_midst_of_commits() {
    holds(
        "connections cut in 20 commits",
        url(cable.port(), ""),
        () -> {
          for (var cut = 0; cut < 20; cut++) {
            cable.set(
                cut % 2 == 0 ? Cable.Way.BREAKS_BEFORE_COMMIT : Cable.Way.BREAKS_AFTER_COMMIT);
            Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(() -> cable.way() == Cable.Way.OPEN);
          }
        });
    assertThat(posters.refused() + posters.unanswered()).as("nobody notices").isZero();
  }

  @Test
  @Tag("proofs")
  void nobody_listens_for_some_seconds() {
    holds(
        "network refused for 3 s",
        url(cable.port(), ""),
        () -> {
          cable.set(Cable.Way.CLOSED);
          lasts(Duration.ofSeconds(3));
          cable.set(Cable.Way.OPEN);
        });
  }

  @Test
  void the_database_is_restarted_and_later_killed() {
    holds(
        "database stopped and killed",
        url(postgres.port(), ""),
        () -> {
          postgres.stop();
          postgres.start();
          awaitPromised(100);
          postgres.kill();
          postgres.start();
        });
  }

  @Test
  @Tag("proofs")
  void others_have_taken_all_connections() {
    holds(
        "all connections taken for 3 s",
        url(postgres.port(), ""),
        () -> {
          try (var _ = postgres.takeAllConnections()) {
            lasts(Duration.ofSeconds(3));
          }
        });
  }

  /// Two servers behind one address of two hosts; the first one's commits wait for the second.
  @Test
  @Tag("proofs")
  void another_database_takes_over() {
    try (var other = postgres.follower(folder.resolve("follower"))) {
      Awaitility.await().atMost(PATIENCE).until(postgres::followed);
      var both = "127.0.0.1:" + postgres.port() + ",127.0.0.1:" + other.port();
      holds(
          "failover to a synchronous standby",
          "postgresql://postgres@" + both + "/postgres",
          () -> {
            postgres.kill();
            other.takeOver();
          });
    }
  }
}
