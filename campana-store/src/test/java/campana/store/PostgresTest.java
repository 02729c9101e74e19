package campana.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import campana.testdb.Cable;
import campana.testdb.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What happens when the way to the database breaks, and when several write.
class PostgresTest {
  private static final String SECRET = "not-to-be-printed";
  private static final String RAISE = "update note set text = text || ? where id = ?";

  /// The way is back at once, or not at all.
  private static final Postgres.Patience LITTLE = new Postgres.Patience(3, 3, 1, 5_000);

  @TempDir Path folder;
  private Cable cable;
  private Database database;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() {
    cable = new Cable(TestPostgres.port());
    database = opened(cable.port());
  }

  @AfterEach
  void close() {
    database.close();
    cable.close();
  }

  private Database opened(int port) {
    return opened(port, LITTLE);
  }

  private Database opened(int port, Postgres.Patience patience) {
    var address =
        PostgresAddress.parse(
            "postgresql://postgres:" + SECRET + "@127.0.0.1:" + port + "/postgres");
    return Database.open(
        new Postgres(address, TestPostgres.schema(folder), patience, 4),
        Fixture.migrations("V1__note.sql"),
        Database.Settings.of(lines::add, lines::add));
  }

  private int add(long id) {
    return database.write(tx -> tx.update(Fixture.ADD, id, "text"));
  }

  private long count() {
    return database.read(tx -> tx.first(Fixture.COUNT, row -> row.number(1)).orElseThrow());
  }

  @Test
  void a_connection_that_broke_meanwhile_is_not_noticed() {
    add(1);
    assertThat(count()).isEqualTo(1);
    cable.cutAll();
    assertThat(add(2)).isEqualTo(1);
    assertThat(count()).isEqualTo(2);
    assertThat(lines).isEmpty();
  }

  @Test
  void who_runs_the_program_hears_once_that_the_database_is_away_and_once_that_it_is_back() {
    cable.set(Cable.Way.CLOSED);
    for (var id = 1; id < 4; id++) {
      var own = id;
      assertThatThrownBy(() -> add(own)).isInstanceOf(StoreBusy.class);
      assertThatThrownBy(() -> database.write(own, tx -> tx.update(Fixture.ADD, own, "text")))
          .isInstanceOf(StoreBusy.class);
    }
    assertThat(lines).singleElement().asString().contains("is away").doesNotContain(SECRET);
    cable.set(Cable.Way.OPEN);
    add(1);
    database.write(1, tx -> tx.update(Fixture.ADD, 2, "text"));
    assertThat(lines).hasSize(2).last().asString().contains("is there again");
  }

  @Test
  @Timeout(60) // without a bound it goes on for ever
  void nobody_waits_for_ever_for_a_database_that_is_away() {
    database.close();
    database = opened(cable.port(), new Postgres.Patience(Integer.MAX_VALUE, 3, 1, 50));
    cable.set(Cable.Way.CLOSED);
    assertThatThrownBy(() -> add(1)).isInstanceOf(StoreBusy.class);
  }

  @Test
  void a_unit_whose_connection_the_server_ends_runs_again_and_is_stored_once() {
    var runs = new AtomicInteger();
    var effects = new AtomicInteger();
    database.write(tx -> {
      tx.update(Fixture.ADD, 1, "text");
      if (runs.incrementAndGet() == 1) {
        tx.query("select pg_terminate_backend(pg_backend_pid())", _ -> true);
      }
      tx.afterCommit(effects::incrementAndGet);
      return true;
    });
    assertThat(runs).hasValue(2);
    assertThat(effects).hasValue(1);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void a_commit_that_was_not_answered_is_looked_up() {
    cable.set(Cable.Way.BREAKS_AFTER_COMMIT);
    var runs = new AtomicInteger();
    var effects = new AtomicInteger();
    database.write(tx -> {
      runs.incrementAndGet();
      tx.afterCommit(effects::incrementAndGet);
      return tx.update(Fixture.ADD, 1, "text");
    });
    assertThat(runs).as("it had happened").hasValue(1);
    assertThat(effects).hasValue(1);
    assertThat(count()).isEqualTo(1);
    assertThat(add(2)).isEqualTo(1);
  }

  @Test
  void a_commit_that_did_not_arrive_is_made_again() {
    cable.set(Cable.Way.BREAKS_BEFORE_COMMIT);
    var runs = new AtomicInteger();
    database.write(tx -> {
      runs.incrementAndGet();
      return tx.update(Fixture.ADD, 1, "text");
    });
    assertThat(runs).hasValue(2);
    assertThat(count()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"BREAKS_BEFORE_COMMIT, 2", "BREAKS_AFTER_COMMIT, 1"})
  void what_is_sent_with_the_commit_is_there_once_with_it(Cable.Way way, int wanted) {
    add(1);
    cable.set(way);
    var runs = new AtomicInteger();
    database.write(tx -> {
      runs.incrementAndGet();
      tx.updateLast(Fixture.ADD, 2, "text");
      tx.updateLast(Fixture.ADD, 3, "text");
      return true;
    });
    assertThat(runs).hasValue(wanted);
    assertThat(count()).isEqualTo(3);
  }

  @Test
  void what_is_sent_with_the_commit_and_fails_leaves_nothing() {
    assertThatThrownBy(() ->
            database.write(tx -> {
              tx.updateLast(Fixture.ADD, 1, "text");
              tx.updateLast(Fixture.ADD, 1, "text");
              return true;
            }))
        .isInstanceOf(StoreFailure.class);
    assertThat(count()).isEqualTo(0);
    assertThat(add(1)).isEqualTo(1);
  }

  @Test
  void what_is_to_be_sent_with_the_commit_is_seen_by_who_asks_before() {
    var seen =
        database.write(tx -> {
          tx.updateLast(Fixture.ADD, 1, "text");
          return tx.update("delete from note where id = 1");
        });
    assertThat(seen).isEqualTo(1);
    assertThat(count()).isEqualTo(0);
  }

  @Test
  void where_nobody_can_tell_nobody_is_told_and_the_writer_lives_on() {
    cable.set(Cable.Way.BREAKS_AFTER_COMMIT_FOR_GOOD);
    assertThatThrownBy(() -> add(1)).isInstanceOf(OutcomeUnknown.class);
    assertThatThrownBy(() -> add(2)).isInstanceOf(StoreBusy.class);
    cable.set(Cable.Way.OPEN);
    assertThat(add(3)).isEqualTo(1);
    assertThat(count()).isEqualTo(2);
    assertThat(lines).hasSize(2).noneMatch(line -> line.contains("stops"));
  }

  @Test
  void while_the_database_is_away_nothing_is_stored_and_then_it_goes_on() {
    add(1);
    cable.set(Cable.Way.CLOSED);
    assertThatThrownBy(() -> add(2)).isInstanceOf(StoreBusy.class);
    assertThatThrownBy(this::count).isInstanceOf(StoreBusy.class);
    cable.set(Cable.Way.OPEN);
    assertThat(add(3)).isEqualTo(1);
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void a_commit_waits_for_the_disk_where_the_database_does_not_ask_for_it() {
    assertThat(TestPostgres.execute("show synchronous_commit")).contains("off");
    var setting =
        database.write(tx -> tx.first("show synchronous_commit", row -> row.text(1)).orElse(""));
    assertThat(setting).isEqualTo("on");
  }

  @Test
  void two_that_wait_for_one_another_are_both_stored() throws Exception {
    add(1);
    add(2);
    var meeting = new CountDownLatch(2);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = callers.submit(() -> both(0, 1, 2, meeting));
      var other = callers.submit(() -> both(1, 2, 1, meeting));
      assertThat(one.get() + other.get()).isEqualTo(4);
    }
    var texts =
        database.read(tx -> tx.query("select text from note order by id", row -> row.text(1)));
    assertThat(texts).containsExactly("text++", "text++");
  }

  private int both(int bucket, int first, int second, CountDownLatch meeting) {
    return database.write(
        bucket,
        tx -> {
          var changed = tx.update(RAISE, "+", first);
          meet(meeting);
          return changed + tx.update(RAISE, "+", second);
        });
  }

  /// Waits until so many have come.
  private static void meet(CountDownLatch meeting) {
    meeting.countDown();
    try {
      assertThat(meeting.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void each_bucket_has_its_writer_and_they_write_beside_one_another() throws Exception {
    var meeting = new CountDownLatch(4);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<Integer>>();
      for (var bucket = 0; bucket < 4; bucket++) {
        var own = bucket;
        all.add(
            callers.submit(() ->
                database.write(
                    own,
                    tx -> {
                      meet(meeting); // all are inside now
                      return tx.update(Fixture.ADD, own, "text");
                    })));
      }
      for (var future : all) {
        assertThat(future.get()).isEqualTo(1);
      }
    }
  }

  @Test
  void nodes_that_start_together_make_the_schema_once() throws Exception {
    var fresh = folder.resolve("fresh");
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<Long>>();
      for (var node = 0; node < 4; node++) {
        all.add(
            callers.submit(() -> {
              try (var opened =
                  Database.open(
                      PostgresAddress.parse(TestPostgres.url()),
                      TestPostgres.schema(fresh),
                      Fixture.migrations("V1__note.sql", "V2__author.sql"),
                      Database.Settings.of(lines::add, lines::add))) {
                return opened.read(tx ->
                    tx.first("select max(version) from schema_step", row -> row.number(1))
                        .orElseThrow());
              }
            }));
      }
      for (var future : all) {
        assertThat(future.get()).isEqualTo(2);
      }
    }
  }

  @Test
  void who_reads_sees_one_moment_and_cannot_write() {
    add(1);
    var counts =
        database.read(tx -> {
          var before = tx.first(Fixture.COUNT, row -> row.number(1)).orElseThrow();
          Thread.startVirtualThread(() -> add(2));
          while (database.figures().commits() < 2) {
            Thread.onSpinWait();
          }
          return List.of(before, tx.first(Fixture.COUNT, row -> row.number(1)).orElseThrow());
        });
    assertThat(counts).containsExactly(1L, 1L);
    assertThatThrownBy(() -> database.read(tx -> tx.update(Fixture.ADD, 3, "text")))
        .isInstanceOf(StoreFailure.class);
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void what_failed_is_told_without_values_and_without_the_password() {
    add(1);
    assertThatThrownBy(() -> add(1))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("note_pkey")
        .hasMessageNotContaining("(1)");
    cable.set(Cable.Way.CLOSED);
    assertThatThrownBy(() -> opened(cable.port()))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("127.0.0.1:" + cable.port())
        .hasMessageNotContaining("\n")
        .satisfies(e -> {
          for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause.getMessage())).doesNotContain(SECRET);
          }
        });
  }
}
