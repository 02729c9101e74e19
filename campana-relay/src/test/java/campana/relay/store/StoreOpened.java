package campana.relay.store;

import campana.relay.outbox.Backlog;
import campana.relay.outbox.Caps;
import campana.relay.outbox.Opened;
import campana.relay.outbox.Outbox;
import campana.relay.outbox.Records;
import campana.relay.outbox.Watch;
import campana.store.Vault;
import campana.testkit.FreshDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/// An outbox on a real database; by kind below.
abstract class StoreOpened implements Opened {
  final Path folder;
  final FreshDatabase fresh;
  final Caps caps;
  final Duration alarmAfter;
  final InstantSource clock;
  private final RelayStore store;
  private volatile boolean diskLow;

  StoreOpened(
      Path folder, FreshDatabase fresh, Caps caps, Duration alarmAfter, InstantSource clock) {
    this.folder = folder;
    this.fresh = fresh;
    this.caps = caps;
    this.alarmAfter = alarmAfter;
    this.clock = clock;
    this.store = store();
  }

  /// Another one on the same database, which knows nothing but what is in it.
  final RelayStore store() {
    var vault = Vault.open(folder.resolve(Vault.KEY_FILE), true, new SecureRandom());
    return new RelayStore(
        fresh.database(), vault, () -> caps, () -> alarmAfter, () -> diskLow, clock);
  }

  /// A folder beside this one's, with its key.
  final Path beside(String name) {
    try {
      var target = Files.createTempDirectory(folder.getParent(), name);
      Files.copy(folder.resolve(Vault.KEY_FILE), target.resolve(Vault.KEY_FILE));
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public RelayStore relay() {
    return store;
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
  public void diskLow(boolean low) {
    diskLow = low;
  }

  @Override
  public void close() {
    fresh.close();
  }
}
