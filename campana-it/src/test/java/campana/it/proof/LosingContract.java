package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import campana.testdb.Cable;
import campana.testdb.OwnPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

/// The program loses its database, or the way to it, under load. Whatever had a 200 is there, once;
/// whatever had an error is not; and it goes on by itself. The load is the subclass's.
abstract class LosingContract {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /// So that a short silence is one for the program, too.
  private static final String QUICK = "?socketTimeout=2&connectTimeout=1";

  @TempDir Path folder;
  private OwnPostgres postgres;
  private Cable cable;

  interface Losing {
    void run() throws Exception;
  }

  /// Loads it before, during and after, and holds its answers against what it has then.
  ///
  /// @param losing loses the database, and brings it back
  abstract void holds(String what, String url, Losing losing) throws Exception;

  /// Answers that promised something, so far.
  abstract int promised();

  /// Requests that were answered with an error, or not at all.
  abstract int disappointed();

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

  CampanaProcess serve(String url, String... options) {
    return CampanaProcess.start(
        List.of(), Map.of("CAMPANA_DATABASE", url), folder.resolve("data"), options);
  }

  /// Loses it under way, and waits until all goes on.
  Back lose(String what, Losing losing) throws Exception {
    awaitPromised(100);
    var lost = System.nanoTime();
    losing.run();
    var at = Instant.now();
    var back = System.nanoTime();
    awaitPromised(1);
    var first = System.nanoTime();
    awaitPromised(100);
    return new Back(
        at,
        "%s: %d ms, taken again %d ms later, 100 more in %d ms"
            .formatted(
                what,
                TimeUnit.NANOSECONDS.toMillis(back - lost),
                TimeUnit.NANOSECONDS.toMillis(first - back),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - first)));
  }

  /// @param at when the database was there again
  /// @param words how long all that took
  record Back(Instant at, String words) {}

  private void awaitPromised(int more) {
    var wanted = promised() + more;
    Awaitility.await("it goes on")
        .pollInterval(Duration.ofMillis(1))
        .atMost(PATIENCE)
        .until(() -> promised() >= wanted);
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
  void the_network_stalls_for_some_seconds() throws Exception {
    holds("network stalled for 4 s", url(cable.port(), QUICK), () -> stalls(Duration.ofSeconds(4)));
  }

  @Test
  @Tag("proofs")
  void the_network_stalls_for_a_minute() throws Exception {
    holds(
        "network stalled for a minute", url(cable.port(), ""), () -> stalls(Duration.ofMinutes(1)));
  }

  @Test
  void connections_break_in_the_midst_of_commits() throws Exception {
    holds(
        "connections cut in 10 commits",
        url(cable.port(), ""),
        () -> {
          for (var cut = 0; cut < 10; cut++) {
            cable.set(
                cut % 2 == 0 ? Cable.Way.BREAKS_BEFORE_COMMIT : Cable.Way.BREAKS_AFTER_COMMIT);
            Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(() -> cable.way() == Cable.Way.OPEN);
            awaitPromised(5); // the next one is to cut a commit of these, not what heals this one
          }
        });
    assertThat(disappointed()).as("nobody notices").isZero();
  }

  @Test
  @Tag("proofs")
  void nobody_listens_for_some_seconds() throws Exception {
    holds(
        "network refused for 3 s",
        url(cable.port(), ""),
        () -> {
          cable.set(Cable.Way.CLOSED);
          lasts(Duration.ofSeconds(3));
          cable.set(Cable.Way.OPEN);
        });
  }

  void losesItsServerTwice() throws Exception {
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
  void others_have_taken_all_connections() throws Exception {
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
  void another_database_takes_over() throws Exception {
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
