package campana.relay.store;

import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Caps;
import campana.store.Database;
import campana.store.Tx;
import campana.testkit.FreshDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/// An outbox on a real SQLite file.
public final class SqliteOpened extends StoreOpened {
  private SqliteOpened(
      Path folder, FreshDatabase fresh, Caps caps, Duration alarmAfter, InstantSource clock) {
    super(folder, fresh, caps, alarmAfter, clock);
  }

  public static SqliteOpened at(Path folder, Caps caps, Duration alarmAfter, InstantSource clock) {
    var fresh = FreshDatabase.at(folder, RelaySchema.FILE, RelaySchema.migrations());
    return new SqliteOpened(folder, fresh, caps, alarmAfter, clock);
  }

  /// On a disk with room for so many pages of the file.
  static SqliteOpened small(Path folder, int pages, InstantSource clock) {
    var fresh = FreshDatabase.small(folder, RelaySchema.FILE, RelaySchema.migrations(), pages);
    return new SqliteOpened(folder, fresh, Caps.DEFAULT, Duration.ofHours(1), clock);
  }

  Database database() {
    return fresh.database();
  }

  /// As they stand on the disk.
  long rows(String table) {
    return database()
        .read(tx -> tx.first("select count(*) from " + table, row -> row.number(1)).orElseThrow());
  }

  /// What `work` comes to that runs in one transaction with something that fails, and so again.
  <T> T afterFailing(Supplier<T> work) {
    var open = new CountDownLatch(1);
    var held = new CountDownLatch(1);
    var holds =
        started(() ->
            database()
                .write(tx -> {
                  held.countDown();
                  return await(open);
                }));
    assertThat(await(held)).isTrue(); // else all three would be in one group
    var done = started(work);
    Awaitility.await().until(() -> database().figures().waiting() == 1);
    var fails = started(() -> database().write(SqliteOpened::fail));
    Awaitility.await().until(() -> database().figures().waiting() == 2);
    open.countDown();
    assertThat(holds.join()).isTrue();
    assertThat(fails.handle((_, e) -> e != null).join()).isTrue();
    return done.join();
  }

  private static <T> CompletableFuture<T> started(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean fail(Tx tx) {
    throw new IllegalStateException("with whatever shares its transaction");
  }

  @Override
  public SqliteOpened killed() {
    var target = beside("killed");
    return new SqliteOpened(target, fresh.copiedTo(target), caps, alarmAfter, clock);
  }

  /// What a start finds after this one was killed, which is no more.
  SqliteOpened again() {
    var copy = killed();
    close();
    return copy;
  }

  @Override
  public byte[] bytes() {
    var whole = new java.io.ByteArrayOutputStream();
    try {
      for (var suffix : new String[] {"", "-wal"}) {
        var file = folder.resolve(RelaySchema.FILE + suffix);
        if (Files.exists(file)) {
          whole.writeBytes(Files.readAllBytes(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return whole.toByteArray();
  }
}
