package campana.cli.config;

import campana.server.ServerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// All that `serve` is told. Immutable; a reload makes a new one.
///
/// @param file where it was read from; empty where there is none
/// @param port 0: any free one
/// @param trustedProxies addresses and networks whose `X-Forwarded-…` is believed
/// @param settings what may change while the server runs
public record ServeConfig(
    Optional<Path> file,
    String host,
    int port,
    Optional<Tls> tls,
    List<String> trustedProxies,
    ServerSettings settings) {

  /// The two PEM files.
  public record Tls(Path cert, Path key) {}

  /// What a reload cannot change, by the keys' names, where `other` differs from this.
  public List<String> needRestart(ServeConfig other) {
    var names = new java.util.ArrayList<String>();
    if (!host.equals(other.host)) {
      names.add(Keys.HOST.path());
    }
    if (port != other.port) {
      names.add(Keys.PORT.path());
    }
    if (!tls.equals(other.tls)) {
      names.add("server.tls");
    }
    if (!trustedProxies.equals(other.trustedProxies)) {
      names.add(Keys.TRUSTED_PROXIES.path());
    }
    return names;
  }
}
