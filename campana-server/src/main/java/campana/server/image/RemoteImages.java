package campana.server.image;

import campana.server.draw.ImageAddresses;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Gives pages addresses for remote images, and the images behind them: from disk, else fetched,
/// once for all who wait for it. Safe for use by many threads.
public final class RemoteImages implements ImageAddresses {
  /// An image that is larger is none.
  public static final int MOST_BYTES = 2 * 1024 * 1024;

  /// All images on disk together.
  public static final long MOST_ON_DISK = 256L * 1024 * 1024;

  private static final Duration WAIT_FOR_SLOT = Duration.ofSeconds(5);
  private static final Duration FAILED_FOR = Duration.ofMinutes(1);
  private static final int AT_ONCE = 6; // fetches under way; the guarded fetch refuses more than 8

  private final SignedAddresses addresses;
  private final BooleanSupplier on;
  private final ImageSource source;
  private final DiskCache cache;
  private final Cache<String, Boolean> failed;
  private final ConcurrentHashMap<String, CompletableFuture<Optional<RemoteImage>>> flights =
      new ConcurrentHashMap<>();
  private final Semaphore slots = new Semaphore(AT_ONCE);

  /// @param key signs addresses; at least 16 bytes, the same after a restart, or pages that are
  ///   open lose their images
  /// @param on the setting `images`, asked each time
  public RemoteImages(
      byte[] key,
      BooleanSupplier on,
      ImageSource source,
      Path folder,
      long mostOnDisk,
      InstantSource clock) {
    this.addresses = new SignedAddresses(key);
    this.on = on;
    this.source = source;
    this.cache = new DiskCache(folder, mostOnDisk, clock);
    this.failed =
        Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(FAILED_FOR)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  /// @return `/images/…`; empty while images are off, and for an address too long to pass on
  @Override
  public Optional<String> of(String url) {
    return on.getAsBoolean() ? addresses.of(url) : Optional.empty();
  }

  /// Answers `/images/SIGNATURE/ADDRESS`; blocks while it is fetched.
  ///
  /// @return empty for what no page printed, what is no image, and what could not be had
  public Optional<RemoteImage> find(String signature, String address) {
    if (!on.getAsBoolean()) {
      return Optional.empty();
    }
    return addresses.verified(signature, address).flatMap(this::find);
  }

  private Optional<RemoteImage> find(String url) {
    var name = sha256(url);
    var mine = new CompletableFuture<Optional<RemoteImage>>();
    var other = flights.putIfAbsent(name, mine);
    if (other != null) {
      return other.join();
    }
    Optional<RemoteImage> image = Optional.empty();
    try {
      image = cache.read(name).flatMap(RemoteImages::image).or(() -> fetched(url, name));
    } finally {
      flights.remove(name, mine);
      mine.complete(image); // those who wait never hang, whatever happened here
    }
    return image;
  }

  private Optional<RemoteImage> fetched(String url, String name) {
    if (failed.getIfPresent(name) != null) {
      return Optional.empty();
    }
    var image = fetch(url).flatMap(RemoteImages::image);
    image.ifPresentOrElse(
        got -> cache.write(name, got.bytes()), () -> failed.put(name, Boolean.TRUE));
    return image;
  }

  private Optional<byte[]> fetch(String url) {
    try {
      if (!slots.tryAcquire(WAIT_FOR_SLOT.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      return source.fetch(new URI(url)).filter(bytes -> bytes.length <= MOST_BYTES);
    } catch (URISyntaxException _) {
      return Optional.empty();
    } finally {
      slots.release();
    }
  }

  private static Optional<RemoteImage> image(byte[] bytes) {
    return ImageType.of(bytes).map(type -> new RemoteImage(type, bytes));
  }

  private static String sha256(String url) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(url.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
