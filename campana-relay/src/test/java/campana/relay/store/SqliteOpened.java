package campana.relay.store;

import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Backlog;
import campana.relay.outbox.Caps;
import campana.relay.outbox.Opened;
import campana.relay.outbox.Outbox;
import campana.relay.outbox.Records;
import campana.relay.outbox.Watch;
import campana.store.Database;
import campana.store.Tx;
import campana.store.Vault;
import campana.testkit.FreshDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/// An outbox on a real SQLite file.
public final class SqliteOpened implements Opened {
  private final Path folder;
  private final FreshDatabase fresh;
  private final Caps caps;
  private final Duration alarmAfter;
  private final InstantSource clock;
  private final RelayStore store;
  private volatile boolean diskLow;

  private SqliteOpened(
      Path folder, FreshDatabase fresh, Caps caps, Duration alarmAfter, InstantSource clock) {
    this.folder = folder;
    this.fresh = fresh;
    this.caps = caps;
    this.alarmAfter = alarmAfter;
    this.clock = clock;
    this.store = store();
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

  /// Another one on the same file, which knows nothing but what is on the disk.
  RelayStore store() {
    var vault = Vault.open(folder.resolve(Vault.KEY_FILE), true, new SecureRandom());
    return new RelayStore(
        fresh.database(), vault, () -> caps, () -> alarmAfter, () -> diskLow, clock);
  }

  public RelayStore relay() {
    return store;
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
  public Outbox outbox() {
    return store.outbox();
  }

  @Override
  public Backlog backlog() {
    return store.backlog();
  }

  @Override
  public Records records() {
    return store.records();
  }

  @Override
  public Watch watch() {
    return store.watch();
  }

  @Override
  public Backlog rival() {
    return store().backlog();
  }

  @Override
  public SqliteOpened killed() {
    try {
      var target = Files.createTempDirectory(folder.getParent(), "killed");
      Files.copy(folder.resolve(Vault.KEY_FILE), target.resolve(Vault.KEY_FILE));
      return new SqliteOpened(target, fresh.copiedTo(target), caps, alarmAfter, clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  @Override
  public void diskLow(boolean low) {
    diskLow = low;
  }

  @Override
  public void close() {
    fresh.close();
  }
}
