package campana.http.out;

import campana.http.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Knows which addresses a request may go to that somebody else has named. Whoever connects asks
/// for the very address, not for the name.
public final class OutgoingGuard {
  // never the address of a web server, whoever asks
  private static final List<Cidr> NEVER =
      ranges("0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "::/128", "ff00::/8", "100::/64");

  // this machine, this house, the clouds' metadata (169.254.169.254, fd00:ec2::254), and what
  // reaches those by a detour: NAT64, 6to4, Teredo, IPv4 within IPv6
  private static final List<Cidr> PRIVATE =
      ranges(
          "127.0.0.0/8",
          "10.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "169.254.0.0/16",
          "100.64.0.0/10",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "::/96",
          "::ffff:0:0:0/96",
          "64:ff9b::/96",
          "64:ff9b:1::/48",
          "2001::/23",
          "2001:db8::/32",
          "2002::/16",
          "3fff::/20",
          "5f00::/16",
          "fc00::/7",
          "fe80::/10",
          "fec0::/10");

  private final boolean allowPrivate;
  private final List<Cidr> exceptions;

  /// @param allowPrivate whether addresses of this machine and its networks may be asked, too
  public OutgoingGuard(boolean allowPrivate) {
    this(allowPrivate, List.of());
  }

  OutgoingGuard(boolean allowPrivate, List<Cidr> exceptions) {
    this.allowPrivate = allowPrivate;
    this.exceptions = List.copyOf(exceptions);
  }

  /// Why this address may not be asked; empty: it may.
  public Optional<String> objection(InetAddress address) {
    // InetAddress has turned ::ffff:1.2.3.4 into 1.2.3.4 by itself
    for (var range : NEVER) {
      if (range.holds(address)) {
        return Optional.of("is no address of one server (" + range + ")");
      }
    }
    if (allowPrivate) {
      return Optional.empty();
    }
    for (var range : exceptions) {
      if (range.holds(address)) {
        return Optional.empty();
      }
    }
    for (var range : PRIVATE) {
      if (range.holds(address)) {
        return Optional.of("is a private address (" + range + "); allow-private: true permits it");
      }
    }
    return Optional.empty();
  }

  private static List<Cidr> ranges(String... texts) {
    return Stream.of(texts).map(Cidr::of).toList();
  }
}
