package campana.relay.store;

import campana.relay.outbox.Backlog;
import campana.relay.outbox.Backlog.Held;
import campana.relay.outbox.Caps;
import campana.relay.outbox.Outbox;
import campana.relay.outbox.Records;
import campana.relay.outbox.Watch;
import campana.store.Database;
import campana.store.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The relay's database with all that asks it.
public final class RelayStore {
  private final SqlOutbox outbox;
  private final Backlog backlog;
  private final Records records;
  private final Watch watch;
  private final LaneBook book;
  private volatile Consumer<Held> listener = _ -> {};

  /// @param database migrated by [RelaySchema]
  /// @param caps asked for each draft anew
  /// @param alarmAfter an entry that waits longer is late
  /// @param diskLow whether less of the disk is free than should be; quick
  public RelayStore(
      Database database,
      Vault vault,
      Supplier<Caps> caps,
      Supplier<Duration> alarmAfter,
      BooleanSupplier diskLow,
      InstantSource clock) {
    var shared = database.shared();
    Consumer<LaneRow> wake = row -> listener.accept(held(row, shared));
    var credentials = new Credentials(vault);
    var leases = new Leases(UUID.randomUUID().toString(), shared);
    var arrivals = Arrivals.open(database);
    book = LaneBook.open(database, arrivals, clock);
    var filing = Filing.open(database, arrivals, book, clock);
    var settling = new Settling(book, credentials, filing);
    Supplier<SqlOutbox.Rules> rules = () -> new SqlOutbox.Rules(caps.get(), alarmAfter.get());
    outbox =
        new SqlOutbox(arrivals, book, leases, credentials, filing, rules, diskLow, clock, wake);
    backlog =
        new SqlBacklog(
            shared, database.spread(), arrivals, book, leases, credentials, settling, clock);
    var replaying = new Replaying(book, leases, settling, wake);
    records = new SqlRecords(shared, arrivals, book, filing.episodes(), replaying, clock);
    watch =
        new SqlWatch(
            database,
            arrivals,
            book,
            leases,
            settling,
            outbox,
            filing,
            new Adopting(book, leases, credentials, wake));
  }

  /// When a lane last had an answer is known to whoever empties it, unless that was another
  /// process.
  private static Held held(LaneRow row, boolean shared) {
    return shared
        ? new Held(row.lane, Instant.ofEpochMilli(row.answeredAt), row.rest())
        : new Held(row.lane);
  }

  /// Who hears, after the commit and on the writer's thread, in which lane of ours something is
  /// new.
  public void listen(Consumer<Held> newListener) {
    listener = newListener;
  }

  public Outbox outbox() {
    return outbox;
  }

  public Backlog backlog() {
    return backlog;
  }

  public Records records() {
    return records;
  }

  public Watch watch() {
    return watch;
  }

  /// Entries that wait, in all lanes. In memory.
  public long waiting() {
    return book.waiting();
  }
}
