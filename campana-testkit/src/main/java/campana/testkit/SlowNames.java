package campana.testkit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Host names that end with `slow.invalid` are found, on this machine, when the test says so; all
/// others as always.
public final class SlowNames extends InetAddressResolverProvider {
  private static volatile CountDownLatch found = new CountDownLatch(0);
  private static volatile Semaphore looking = new Semaphore(0);

  /// From now on look-ups wait until it is counted down.
  public static CountDownLatch hold() {
    looking = new Semaphore(0);
    found = new CountDownLatch(1);
    return found;
  }

  /// Returns when so many threads are looking up since the last hold.
  public static void awaitLooking(int threads) throws InterruptedException {
    if (!looking.tryAcquire(threads, 20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("fewer than " + threads + " threads look up names");
    }
  }

  /// For the JDK, which finds it by its service file.
  public SlowNames() {}

  @Override
  public String name() {
    return "slow names";
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    var usual = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        if (!host.endsWith("slow.invalid")) {
          return usual.lookupByName(host, policy);
        }
        try {
          looking.release();
          found.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return Stream.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}));
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return usual.lookupByAddress(address);
      }
    };
  }
}
