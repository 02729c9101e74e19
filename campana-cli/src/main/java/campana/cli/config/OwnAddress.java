package campana.cli.config;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Where this server itself is reached, as far as can be told without asking a name server. What
/// cannot be told here, as a name that leads back by a proxy, is found out by the first post that
/// comes round.
///
/// @param url `server.url`; empty: not set
/// @param host that it listens on
/// @param ports that it listens on, or will; 0 is none
record OwnAddress(String url, String host, Set<Integer> ports) {
  private static final Pattern SPACE = Pattern.compile("cmp[A-Za-z0-9_-]{8,13}");
  private static final Set<Integer> USUAL = Set.of(80, 443);

  /// Whether a space of this server can have this id.
  static boolean isOurs(String space) {
    return SPACE.matcher(space).matches();
  }

  /// Whether a request to this address comes here.
  ///
  /// @param origin scheme and host, perhaps a port
  boolean is(String origin) {
    var there = URI.create(origin);
    return isNamed(there) || (ports.contains(port(there)) && listensOn(there.getHost()));
  }

  private boolean isNamed(URI there) {
    if (url.isEmpty()) {
      return false;
    }
    var own = URI.create(url);
    // plain HTTP beside HTTPS leads to the same place, or to nobody
    var samePort =
        port(own) == port(there) || (USUAL.contains(port(own)) && USUAL.contains(port(there)));
    return samePort && plain(own.getHost()).equals(plain(there.getHost()));
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0
        ? uri.getPort()
        : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  private static String plain(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private boolean listensOn(String name) {
    var there = literal(name);
    var own = literal(host);
    if (there.isEmpty() || own.isEmpty()) {
      return plain(name).equals(plain(host));
    }
    var address = there.get();
    if (own.get().isAnyLocalAddress()) {
      return address.isLoopbackAddress() || address.isAnyLocalAddress() || isOfThisMachine(address);
    }
    return own.get().equals(address)
        || (own.get().isLoopbackAddress()
            && (address.isLoopbackAddress() || address.isAnyLocalAddress()));
  }

  private static Optional<InetAddress> literal(String name) {
    var bare = plain(name);
    if (bare.equals("localhost") || bare.endsWith(".localhost")) {
      return Optional.of(InetAddress.getLoopbackAddress());
    }
    try {
      return Optional.of(InetAddress.ofLiteral(bare.replaceAll("[\\[\\]]", "")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isOfThisMachine(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }
}
