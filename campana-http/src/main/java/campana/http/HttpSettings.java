package campana.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How the server listens, and how much patience and room one client gets.
///
/// @param host an address or name of this machine; `0.0.0.0` and `::` mean all of them
/// @param port 0 to 65535; 0 takes a free one, which [HttpServer#address()] then tells
/// @param tls certificate and key; empty: plain HTTP
/// @param trustedProxies whose `X-Forwarded-*` headers are believed; empty: nobody's
/// @param limits see [Limits]
/// @param patience see [Patience]
public record HttpSettings(
    String host,
    int port,
    Optional<TlsFiles> tls,
    List<Cidr> trustedProxies,
    Limits limits,
    Patience patience) {

  /// Certificate chain (the server's own first) and private key, both PEM.
  public record TlsFiles(Path cert, Path key) {}

  /// How much room clients get.
  ///
  /// @param headBytes all header lines of a request together; its request line may be as long again
  /// @param bodyBytes a body as it travels; the handlers' own caps are lower
  /// @param connections open at once; further ones wait in the kernel until one ends. When nine
  ///   tenths are taken, idle ones are closed after 2 s
  public record Limits(int headBytes, int bodyBytes, int connections) {
    /// What is right for a server that many machines post to: 64 KiB, 8 MiB, and 10,000, or as many
    /// idle connections as fit into a quarter of the heap, at 24 KiB each.
    public static final Limits DEFAULT = new Limits(64 * 1024, 8 * 1024 * 1024, fittingHeap());

    public Limits {
      atLeast("headBytes", headBytes, 1024);
      atLeast("bodyBytes", bodyBytes, 1024);
      atLeast("connections", connections, 1);
    }

    private static int fittingHeap() {
      long fitting = Runtime.getRuntime().maxMemory() / 4 / (24 * 1024);
      return (int) Math.clamp(fitting, 500L, 10_000L);
    }

    private static void atLeast(String name, int value, int least) {
      if (value < least) {
        throw new IllegalArgumentException(name + " is " + value + ", at least " + least);
      }
    }
  }

  /// How long a client may take. Each is a total, so a byte now and then does not prolong it.
  ///
  /// @param head from a request's first byte to its last header line, a TLS handshake included
  /// @param body from there to the body's last byte
  /// @param idle between two requests of a connection
  /// @param write for one piece of an answer to leave
  /// @param grace for requests under way when the server stops
  /// @param farewell for the next request of a connection when the server stops; zero: idle ones
  ///   are closed at once, perhaps under a request that is on its way here
  public record Patience(
      Duration head,
      Duration body,
      Duration idle,
      Duration write,
      Duration grace,
      Duration farewell) {
    /// 10 s, 30 s, 75 s, 30 s, 5 s, none.
    public static final Patience DEFAULT =
        new Patience(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(75),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ZERO);

    /// The same with a farewell of so long.
    public Patience withFarewell(Duration other) {
      return new Patience(head, body, idle, write, grace, other);
    }
  }

  public HttpSettings {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port is " + port + ", must be 0 to 65535");
    }
    trustedProxies = List.copyOf(trustedProxies);
  }

  /// Plain HTTP with the usual limits and patience.
  public static HttpSettings at(String host, int port) {
    return new HttpSettings(
        host, port, Optional.empty(), List.of(), Limits.DEFAULT, Patience.DEFAULT);
  }

  /// The same over TLS.
  public HttpSettings withTls(Path cert, Path key) {
    var files = Optional.of(new TlsFiles(cert, key));
    return new HttpSettings(host, port, files, trustedProxies, limits, patience);
  }

  /// The same behind these proxies.
  public HttpSettings withTrustedProxies(List<Cidr> proxies) {
    return new HttpSettings(host, port, tls, proxies, limits, patience);
  }

  /// The same with other limits.
  public HttpSettings with(Limits other) {
    return new HttpSettings(host, port, tls, trustedProxies, other, patience);
  }

  /// The same with other patience.
  public HttpSettings with(Patience other) {
    return new HttpSettings(host, port, tls, trustedProxies, limits, other);
  }
}
