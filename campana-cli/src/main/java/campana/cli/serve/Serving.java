package campana.cli.serve;

import campana.cli.api.ServerFile;
import campana.http.HttpSettings;
import campana.server.FirstStart;
import campana.server.ServerApp;
import campana.store.CannotOpen;
import campana.store.DataFolder;
import campana.store.Database;
import campana.store.Vault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server that runs: data folder, databases, keys, relay and chat server, opened in this order
/// and closed in the other.
public final class Serving implements AutoCloseable {
  private static final Duration FAREWELL = Duration.ofMillis(250);
  private static final Logger log = LoggerFactory.getLogger(Serving.class);

  private static final int MOST_BYTES = 26 << 20;

  private final DataFolder folder;
  private final Database database;
  private final RelayPart relay;
  private final ServerApp app;
  private final Optional<FirstStart.Made> made;

  private Serving(
      DataFolder folder,
      Database database,
      RelayPart relay,
      ServerApp app,
      Optional<FirstStart.Made> made) {
    this.folder = folder;
    this.database = database;
    this.relay = relay;
    this.app = app;
    this.made = made;
  }

  /// Opens all of it and serves requests once this returns; `server.json` is there then.
  ///
  /// @param onBroken runs once when the disk failed and the program has to stop
  /// @throws CannotOpen when the folder, the database or the keys cannot be used
  /// @throws campana.http.CannotListenException when the port is taken
  public static Serving start(
      Path data,
      RunningConfig config,
      Map<String, String> environment,
      InstantSource clock,
      Consumer<String> onBroken) {
    JdkLog.join();
    var folder = DataFolder.hold(data);
    try {
      var settings = Database.Settings.of(log::info, onBroken);
      var databases = new Databases(folder, config.current().database(), settings);
      var keyFile = keyFile(folder.path(), environment);
      // Before a database is made: it would be of no use without its key.
      var before =
          databases.inFolder()
              ? Optional.of(Vault.open(keyFile, !databases.hasChat(), new SecureRandom()))
              : Optional.<Vault>empty();
      var database = databases.chat();
      try {
        var vault =
            before.orElseGet(
                () -> Vault.open(keyFile, !Vault.wanted(database), new SecureRandom()));
        vault.fit(database);
        var agreed = database.clock(clock);
        var relay = new RelayPart(databases, vault, agreed);
        try {
          relay.take(config.current().relay());
          return start(folder, database, relay, vault, config, agreed);
        } catch (RuntimeException e) {
          relay.drain();
          relay.close();
          throw e;
        }
      } catch (RuntimeException e) {
        database.close();
        throw e;
      }
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static Serving start(
      DataFolder folder,
      Database database,
      RelayPart relay,
      Vault vault,
      RunningConfig config,
      InstantSource clock) {
    var operations = new ProgramOperations(folder, database, relay, vault.file(), config, clock);
    var current = config.current();
    var usual = current.http();
    var http =
        usual.with(roomForTriggers(usual.limits())).with(usual.patience().withFarewell(FAREWELL));
    var app =
        new ServerApp(
            current.settings(), database, vault, folder.path(), http, clock, operations, relay);
    operations.serve(app::reload);
    try {
      app.start();
      config.listensAt(URI.create(app.address()).getPort());
      relay.start();
      var made = FirstStart.in(app);
      new ServerFile(app.address(), app.ownerToken()).write(folder.path());
      Signals.onHangUp(operations::reloadNow);
      return new Serving(folder, database, relay, app, made);
    } catch (IOException e) {
      app.close();
      throw new CannotOpen("The data folder " + folder.path() + " cannot be written to", e);
    } catch (RuntimeException e) {
      app.close();
      throw e;
    }
  }

  /// Some tools send as much as a route may take; every address has a lower cap of its own.
  private static HttpSettings.Limits roomForTriggers(HttpSettings.Limits usual) {
    return new HttpSettings.Limits(usual.headBytes(), MOST_BYTES, usual.connections());
  }

  /// `CAMPANA_KEY_FILE`, else the one in the data folder.
  public static Path keyFile(Path data, Map<String, String> environment) {
    var named = environment.getOrDefault("CAMPANA_KEY_FILE", "");
    return named.isEmpty() ? data.resolve(Vault.KEY_FILE) : Path.of(named).toAbsolutePath();
  }

  /// Where a client on this machine reaches it.
  public String address() {
    return app.address();
  }

  /// What the first start made; empty at a later one.
  public Optional<FirstStart.Made> made() {
    return made;
  }

  /// Where the data is.
  public String place() {
    return database.shared()
        ? folder.path() + " and " + database.place()
        : folder.path().toString();
  }

  /// Lets requests under way finish, commits what waits, lets go of the folder. Triggers are
  /// refused first; then the relay ends its attempts while the server, where some of them go, still
  /// answers.
  @Override
  public void close() {
    inTurn(relay::drain, app::close, relay::close, database::close, folder::close);
  }

  /// Each of them, whatever becomes of those before.
  private static void inTurn(Runnable... ends) {
    RuntimeException first = null;
    for (var end : ends) {
      try {
        end.run();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
