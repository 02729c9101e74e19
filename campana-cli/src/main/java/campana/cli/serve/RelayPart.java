package campana.cli.serve;

import campana.relay.RelayApp;
import campana.relay.RelaySettings;
import campana.relay.Routes;
import campana.relay.delivery.WirePosts;
import campana.relay.outbox.Caps;
import campana.relay.outbox.LaneStatus;
import campana.relay.outbox.Outbox;
import campana.relay.outbox.Records;
import campana.relay.web.Gate;
import campana.relay.web.Parts;
import campana.relay.web.RelayWeb;
import campana.server.Operations;
import campana.server.web.Beside;
import campana.server.web.Meters;
import campana.store.Database;
import campana.store.Vault;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The relay beside the server. It begins with the first config that names a route or an upstream,
/// or with what an earlier one has left on disk, and goes on as long as the program: what was
/// accepted is delivered, whatever a later config leaves out.
///
/// Thread-safe.
final class RelayPart implements Beside, AutoCloseable {
  private static final RelaySettings NOTHING =
      new RelaySettings(
          Caps.DEFAULT,
          "",
          RelaySettings.ALARM_AFTER,
          Optional.empty(),
          Map.of(),
          RelaySettings.Retention.DEFAULT);

  private final Databases databases;
  private final Vault vault;
  private final InstantSource clock;
  private final RelayWeb web = new RelayWeb(this::parts);
  private final RelayFigures figures;
  private volatile @Nullable Running running;
  private volatile boolean open = true;
  private boolean started; // guarded by this

  /// What runs, with the config that is in force. A reload makes a new one around the same app.
  private record Running(
      Database database,
      RelayApp app,
      RelaySettings settings,
      Map<String, Gate> gates,
      InstantSource clock,
      java.util.function.BooleanSupplier doors)
      implements Parts {
    @Override
    public Optional<Gate> gate(String route) {
      return Optional.ofNullable(gates.get(route));
    }

    @Override
    public boolean open() {
      return doors.getAsBoolean();
    }

    @Override
    public String relay() {
      return app.id();
    }

    @Override
    public Outbox outbox() {
      return app.outbox();
    }

    @Override
    public WirePosts wirePosts() {
      return app.wirePosts();
    }

    @Override
    public Records records() {
      return app.records();
    }
  }

  RelayPart(Databases databases, Vault vault, InstantSource clock) {
    this.databases = databases;
    this.vault = vault;
    this.clock = clock;
    this.figures = new RelayFigures(this::records, this::attempts, clock);
  }

  /// Takes a config: wholly, or it throws and nothing has changed.
  ///
  /// @param named empty where the config names no relay
  /// @throws campana.store.CannotOpen when the relay's database cannot be used
  synchronized void take(Optional<RelaySettings> named) {
    var now = running;
    if (named.isEmpty() && now == null && !databases.hasRelay()) {
      return;
    }
    var settings = named.orElse(NOTHING);
    var gates = Routes.gates(settings, clock);
    if (now != null) {
      now.app().reload(settings);
      running = new Running(now.database(), now.app(), settings, gates, clock, () -> open);
      return;
    }
    var database = databases.relay();
    try {
      vault.fit(database);
      var app = new RelayApp(settings, database, vault, clock);
      if (started) {
        app.start();
      }
      running = new Running(database, app, settings, gates, clock, () -> open);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /// Begins to deliver. The server answers by then: it may be where some of it goes.
  synchronized void start() {
    started = true;
    var now = running;
    if (now != null) {
      now.app().start();
    }
  }

  private Optional<Parts> parts() {
    return Optional.ofNullable(running);
  }

  Optional<Records> records() {
    return parts().map(Parts::records);
  }

  private Map<String, Long> attempts() {
    return Optional.ofNullable(running).map(now -> now.app().attempts()).orElse(Map.of());
  }

  /// What an owner should know at once; empty: nothing.
  Optional<Operations.Alarm> alarm() {
    return figures
        .overview()
        .flatMap(lanes ->
            Optional.ofNullable(lanes.untoldSince())
                .map(since -> new Operations.Alarm(lanes.untold(), lanes.held(), since)));
  }

  Optional<Database> database() {
    return Optional.ofNullable(running).map(Running::database);
  }

  @Override
  public void addTo(HttpRules routing, Owners owners) {
    web.addTo(routing, owners::objection);
  }

  @Override
  public boolean post(String space, ServerRequest request, ServerResponse response) {
    return web.post(space, request, response);
  }

  @Override
  public void addTo(Meters meters) {
    figures.addTo(meters);
  }

  /// Lanes that somebody should look at, one line each.
  List<String> trouble() {
    return records().stream()
        .flatMap(records -> records.lanes().stream())
        .filter(lane -> lane.untoldSince() != null || lane.late() > 0)
        .map(RelayPart::line)
        .toList();
  }

  private static String line(LaneStatus lane) {
    return "relay: lane "
        + lane.lane().id()
        + ": "
        + lane.entries().waiting()
        + " wait, "
        + lane.late()
        + " of them late"
        + (lane.paused() ? "; it is paused" : "");
  }

  /// Takes nothing more, ends the attempts under way; what waits stays on disk.
  synchronized void drain() {
    open = false;
    var now = running;
    if (now != null) {
      now.app().close();
    }
  }

  /// After the server: nobody writes by then.
  @Override
  public synchronized void close() {
    var now = running;
    running = null;
    if (now != null) {
      now.database().close();
    }
  }
}
