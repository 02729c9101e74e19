package campana.server.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files in a folder up to a sum of bytes; the one unused for longest goes first. A file's time is
/// its last use, so the order outlives a restart. Whatever the disk refuses is a miss, not an
/// error: all that is here can be had again.
final class DiskCache {
  private static final Logger LOG = LoggerFactory.getLogger(DiskCache.class);

  private final Path folder;
  private final long mostBytes;
  private final InstantSource clock;
  private final LinkedHashMap<String, Long> sizes =
      new LinkedHashMap<>(16, 0.75f, true); // guarded by itself; least recently used first
  private long sum; // guarded by sizes

  /// Takes over what is in the folder.
  DiskCache(Path folder, long mostBytes, InstantSource clock) {
    this.folder = folder;
    this.mostBytes = mostBytes;
    this.clock = clock;
    try {
      Files.createDirectories(folder);
      takeOver();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + folder + " for images", e);
    }
  }

  private record Found(Path file, FileTime used, long size) {}

  private void takeOver() throws IOException {
    var found = new ArrayList<Found>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        if (file.toString().endsWith(".part")) {
          Files.deleteIfExists(file); // half written when the last process ended
        } else {
          found.add(new Found(file, Files.getLastModifiedTime(file), Files.size(file)));
        }
      }
    }
    found.sort(Comparator.comparing(Found::used));
    found.forEach(one -> delete(entered(one.file().getFileName().toString(), one.size())));
  }

  /// @param name a file name
  Optional<byte[]> read(String name) {
    synchronized (sizes) {
      if (sizes.get(name) == null) {
        return Optional.empty();
      }
    }
    var file = folder.resolve(name);
    try {
      var bytes = Files.readAllBytes(file);
      Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
      return Optional.of(bytes);
    } catch (NoSuchFileException _) {
      return Optional.empty(); // it went just now, to make room
    } catch (IOException e) {
      LOG.warn("cannot read image {}: {}", file, e.toString());
      return Optional.empty();
    }
  }

  /// Stores it whole or not at all.
  void write(String name, byte[] bytes) {
    try {
      var part = Files.createTempFile(folder, name, ".part");
      Files.write(part, bytes);
      Files.setLastModifiedTime(part, FileTime.from(clock.instant()));
      Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      delete(entered(name, bytes.length));
    } catch (IOException e) {
      LOG.warn("cannot keep an image in {}: {}", folder, e.toString());
    }
  }

  /// @return the names that have to go for it
  private List<String> entered(String name, long size) {
    var gone = new ArrayList<String>();
    synchronized (sizes) {
      var before = sizes.put(name, size);
      sum += size - (before == null ? 0 : before);
      var eldest = sizes.entrySet().iterator();
      while (sum > mostBytes && eldest.hasNext()) {
        var entry = eldest.next();
        sum -= entry.getValue();
        gone.add(entry.getKey());
        eldest.remove();
      }
    }
    return gone;
  }

  private void delete(List<String> names) {
    for (var name : names) {
      try {
        Files.deleteIfExists(folder.resolve(name));
      } catch (IOException e) {
        LOG.warn("cannot delete image {}: {}", name, e.toString());
      }
    }
  }
}
