package campana.cli.config;

import campana.http.HttpSettings;
import campana.relay.RelaySettings;
import campana.server.ServerSettings;
import campana.store.PostgresAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All that `serve` is told. Immutable; a reload makes a new one.
///
/// @param file where it was read from; empty where there is none
/// @param database where the data is; empty: in the data folder. A change needs a restart
/// @param http how it listens; a change needs a restart
/// @param settings what may change while the server runs
/// @param relay likewise; empty where the file names neither routes nor an upstream
public record ServeConfig(
    Optional<Path> file,
    Optional<PostgresAddress> database,
    HttpSettings http,
    ServerSettings settings,
    Optional<RelaySettings> relay) {

  /// Without a relay.
  public ServeConfig(Optional<Path> file, HttpSettings http, ServerSettings settings) {
    this(file, Optional.empty(), http, settings, Optional.empty());
  }

  /// The keys that differ in `other` and need a restart.
  public List<String> needRestart(ServeConfig other) {
    var keys = new ArrayList<String>();
    if (!database.equals(other.database)) {
      keys.add(Keys.DATABASE.path());
    }
    if (!http.host().equals(other.http.host())) {
      keys.add(Keys.HOST.path());
    }
    if (http.port() != other.http.port()) {
      keys.add(Keys.PORT.path());
    }
    if (!http.tls().equals(other.http.tls())) {
      keys.add("server.tls");
    }
    if (!http.trustedProxies().equals(other.http.trustedProxies())) {
      keys.add(Keys.TRUSTED_PROXIES.path());
    }
    return keys;
  }
}
