package campana.relay;

import campana.relay.delivery.Care;
import campana.relay.delivery.Delivery;
import campana.relay.delivery.WirePosts;
import campana.relay.delivery.Wires;
import campana.relay.outbox.Destination;
import campana.relay.outbox.Outbox;
import campana.relay.outbox.Records;
import campana.relay.outbox.Upstream;
import campana.relay.store.RelayStore;
import campana.store.Database;
import campana.store.Vault;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// The relay, wired by hand. Database and vault are its starter's, who closes them after.
public final class RelayApp implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final RelayStore store;
  private final Wires wires = new Wires();
  private final Delivery delivery;

  /// Another one with each start: it has to differ from other relays, not to be known again.
  private final String id = UUID.randomUUID().toString().substring(0, 8);

  private volatile RelaySettings settings;

  /// Sends nothing yet: see [#start].
  ///
  /// @param database migrated to [campana.relay.store.RelaySchema]
  public RelayApp(RelaySettings settings, Database database, Vault vault, InstantSource clock) {
    this.settings = settings;
    vault.fit(database);
    // A database of others' has a disk of its own.
    BooleanSupplier disk =
        database.shared()
            ? () -> false
            : new FreeDisk(database.file(), () -> this.settings.caps().minFreeDisk(), clock);
    store =
        new RelayStore(
            database,
            vault,
            () -> this.settings.caps(),
            () -> this.settings.alarmAfter(),
            disk,
            clock);
    delivery =
        new Delivery(
            store.outbox(),
            store.backlog(),
            store.watch(),
            wires.sender(id, host -> this.settings.allowsPrivate(host)),
            this::rules,
            clock,
            new SecureRandom()::nextDouble,
            GRACE);
    store.listen(delivery::wake);
  }

  private Delivery.Rules rules() {
    var now = settings;
    return new Delivery.Rules(
        now.alarm(),
        now.alarmAfter(),
        now.destinations(),
        now.upstream().map(Upstream::interval).orElse(Destination.INTERVAL),
        new Care.Keep(
            now.retention().deliveries(), now.retention().deadLetters(), now.retention().bodies()));
  }

  /// Takes up what waits from before and begins to send.
  public void start() {
    delivery.start();
  }

  /// Takes other settings, effective with the next entry and the next attempt.
  public void reload(RelaySettings newSettings) {
    settings = newSettings;
    delivery.adopt();
  }

  /// What tells this relay from others: see [campana.relay.outbox.Trail].
  public String id() {
    return id;
  }

  public Outbox outbox() {
    return store.outbox();
  }

  public WirePosts wirePosts() {
    return delivery.wirePosts();
  }

  public Records records() {
    return store.records();
  }

  /// Attempts since the start, by outcome: `delivered`, `quota`, `failed`, `denied`, `rejected`.
  public Map<String, Long> attempts() {
    return delivery.attempts();
  }

  /// Entries that wait, for metrics. In memory.
  public long waiting() {
    return store.waiting();
  }

  /// Ends the attempts under way; what waits stays on disk. Doors have to be closed before.
  @Override
  public void close() {
    delivery.close();
    wires.close();
  }
}
