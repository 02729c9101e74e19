package campana.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What both kinds promise.
@ParameterizedClass
@EnumSource(Kind.class)
class DatabaseTest {
  @TempDir Path folder;
  private final Kind kind;

  DatabaseTest(Kind kind) {
    this.kind = kind;
  }

  @Test
  void what_was_written_is_there_after_a_restart() {
    try (var fixture = new Fixture(kind, folder)) {
      assertThat(fixture.add(1, "one")).isEqualTo(1);
    }
    try (var fixture = new Fixture(kind, folder)) {
      assertThat(fixture.count()).isEqualTo(1);
    }
  }

  /// The writer is held in one unit while the others gather behind it.
  @Test
  void units_that_wait_together_share_a_commit_and_a_bad_one_fails_alone() throws Exception {
    try (var fixture = new Fixture(kind, folder);
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      fixture.add(7, "there before");
      var commitsBefore = fixture.database.figures().commits();
      var go = fixture.hold();
      var gathered = new ArrayList<Future<Integer>>();
      for (var i = 0; i < 50; i++) {
        var id = i;
        gathered.add(callers.submit(() -> fixture.add(id, "note " + id)));
      }
      fixture.awaitWaiting(50);
      go.countDown();
      var failed = new ArrayList<Integer>();
      for (var i = 0; i < gathered.size(); i++) {
        try {
          gathered.get(i).get();
        } catch (ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(StoreFailure.class);
          assertThat(((StoreFailure) e.getCause()).constraint()).isTrue();
          failed.add(i);
        }
      }
      assertThat(failed).containsExactly(7);
      assertThat(fixture.count()).isEqualTo(50);
      // the holding unit, then at most one commit for each halving of the fifty
      assertThat(fixture.database.figures().commits() - commitsBefore).isLessThan(12);
    }
  }

  @Test
  void effects_in_memory_happen_once_and_only_with_the_commit() throws Exception {
    try (var fixture = new Fixture(kind, folder);
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      fixture.add(1, "there before");
      var effects = new AtomicInteger();
      var runs = new AtomicInteger();
      var go = fixture.hold();
      var good =
          callers.submit(
              (Callable<Integer>)
                  () ->
                      fixture.database.write(tx -> {
                        runs.incrementAndGet();
                        tx.afterCommit(effects::incrementAndGet);
                        return tx.update(Fixture.ADD, 2, "good");
                      }));
      fixture.awaitWaiting(1); // it runs first
      var bad =
          callers.submit(
              (Callable<Integer>)
                  () ->
                      fixture.database.write(tx -> {
                        tx.afterCommit(() -> effects.addAndGet(100));
                        return tx.update(Fixture.ADD, 1, "bad");
                      }));
      fixture.awaitWaiting(2);
      go.countDown();
      assertThat(good.get()).isEqualTo(1);
      assertThatThrownBy(bad::get).hasCauseInstanceOf(StoreFailure.class);
      assertThat(runs.get()).isGreaterThan(1); // rolled back with the bad one, then again
      assertThat(effects.get()).isEqualTo(1);
    }
  }

  @Test
  void a_full_queue_refuses_and_stores_nothing() throws Exception {
    try (var fixture = new Fixture(kind, folder, 10, 0, "V1__note.sql");
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var go = fixture.hold();
      var gathered = new ArrayList<Future<Integer>>();
      for (var i = 0; i < 10; i++) {
        var id = i;
        gathered.add(callers.submit(() -> fixture.add(id, "waits")));
      }
      fixture.awaitWaiting(10);
      assertThatThrownBy(() -> fixture.add(99, "one too many")).isInstanceOf(StoreBusy.class);
      go.countDown();
      for (var future : gathered) {
        future.get();
      }
      assertThat(fixture.count()).isEqualTo(10);
    }
  }

  @Test
  void a_new_step_is_applied_once_and_an_old_program_refuses() {
    try (var fixture = new Fixture(kind, folder)) {
      fixture.add(1, "kept");
      assertThat(fixture.lines).isEmpty();
    }
    for (var start = 0; start < 2; start++) {
      try (var newer = new Fixture(kind, folder, 100, 0, "V1__note.sql", "V2__author.sql")) {
        assertThat(newer.update("update note set author = 'Ann'")).isEqualTo(1);
        assertThat(newer.lines).hasSize(1 - start);
      }
    }
    assertThatThrownBy(() -> new Fixture(kind, folder))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("version 2")
        .hasMessageNotContaining("\n");
  }
}
