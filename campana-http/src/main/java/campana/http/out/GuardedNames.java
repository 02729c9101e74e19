package campana.http.out;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Guards names themselves, for clients that look them up on their own, as Java's HTTP client does
/// when it connects. From [#guard] on, a look-up of the name in this JVM gives addresses that
/// [OutgoingGuard] has nothing against, or fails; so it does not matter how long Java remembers an
/// answer, nor what a name server says the next time.
///
/// Java finds it as a service; there is one per JVM. Thread-safe.
public final class GuardedNames extends InetAddressResolverProvider {
  private static final OutgoingGuard GUARD = new OutgoingGuard(false);

  /// Guarded names in lower case, with what stands against them; empty: nothing, as far as known.
  private static final Map<String, String> GUARDED = new ConcurrentHashMap<>();

  /// For the service loader.
  public GuardedNames() {}

  /// Guards a name from now on. Whoever means to connect looks it up once more after this, and
  /// checks: Java may still remember an answer from before.
  public static void guard(String host) {
    GUARDED.putIfAbsent(plain(host), "");
  }

  /// Takes a name's guard off again: somebody may ask it wherever it is.
  public static void release(String host) {
    GUARDED.remove(plain(host));
  }

  /// Why the last look-up of a guarded name was refused; empty: it was not, or is not guarded.
  public static Optional<String> objection(String host) {
    return Optional.ofNullable(GUARDED.get(plain(host))).filter(why -> !why.isEmpty());
  }

  private static String plain(String host) {
    return host.toLowerCase(Locale.ROOT);
  }

  @Override
  public String name() {
    return "Campana's guarded names";
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return over(configuration.builtinResolver());
  }

  static InetAddressResolver over(InetAddressResolver usual) {
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        return GUARDED.containsKey(plain(host))
            ? checked(host, usual.lookupByName(host, policy))
            : usual.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return usual.lookupByAddress(address);
      }
    };
  }

  private static Stream<InetAddress> checked(String host, Stream<InetAddress> found)
      throws UnknownHostException {
    var addresses = found.toList();
    // one bad address among good ones is somebody trying
    var objection =
        addresses.stream().map(GUARD::objection).flatMap(Optional::stream).findFirst().orElse("");
    GUARDED.computeIfPresent(plain(host), (_, _) -> objection);
    if (!objection.isEmpty()) {
      throw new UnknownHostException(host + " " + objection);
    }
    return addresses.stream();
  }
}
