package campana.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/// Whether less of the disk is free than should be, looked up once a second. Thread-safe.
final class FreeDisk implements BooleanSupplier {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Path path;
  private final DoubleSupplier least;
  private final InstantSource clock;
  private volatile Seen seen = new Seen(Instant.MIN, false);

  private record Seen(Instant at, boolean low) {}

  /// @param least share that has to be free, from 0 to 1
  FreeDisk(Path path, DoubleSupplier least, InstantSource clock) {
    this.path = path;
    this.least = least;
    this.clock = clock;
  }

  @Override
  public boolean getAsBoolean() {
    var now = clock.instant();
    var last = seen;
    if (last.at.equals(Instant.MIN) || Duration.between(last.at, now).abs().compareTo(SECOND) > 0) {
      last = new Seen(now, low());
      seen = last;
    }
    return last.low;
  }

  private boolean low() {
    try {
      var store = Files.getFileStore(path);
      return store.getUsableSpace() < store.getTotalSpace() * least.getAsDouble();
    } catch (IOException e) {
      throw new UncheckedIOException("looking at the disk of " + path, e);
    }
  }
}
