package campana.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// One file, a zip, with all that must survive: a database as it was at one moment, copied while it
/// is in use, and small files beside it. Its first entry, `manifest.txt`, names the program's
/// version, the time, rows and hashes, so that a restore can check every byte.
public final class Backup {
  private static final String MANIFEST = "manifest.txt";
  private static final String FIRST_LINE = "Campana backup 1";

  private Backup() {}

  /// What became of it.
  public sealed interface Result {
    /// @param names what is in the file now, or in the folder
    record Done(List<String> names) implements Result {}

    /// @param why one line; nothing was left behind
    record Failed(String why) implements Result {}
  }

  /// @param time when the copy was begun, by the file system's clock
  /// @param hashes SHA-256 of each file by its name
  /// @param counts rows of each table
  private record Contents(
      String version, Instant time, Map<String, String> hashes, Map<String, Long> counts) {}

  /// Something in an archive is not as it was written.
  private static final class Damaged extends IOException {
    private static final long serialVersionUID = 1;

    Damaged(String why) {
      super("it is damaged, or no backup of Campana: " + why);
    }
  }

  /// Writes a backup: the target is there whole, or not at all.
  ///
  /// @param others files by the name they get, config and key; one that is missing is left out
  /// @param target a new file, for its owner's eyes only
  public static Result write(Database database, Map<String, Path> others, Path target) {
    return write(List.of(database), others, target);
  }

  /// The same with more than one database, each as it was at one moment of its own.
  ///
  /// @param databases at least one, each in a file of another name
  public static Result write(List<Database> databases, Map<String, Path> others, Path target) {
    if (Files.exists(target)) {
      return new Result.Failed(target + " is there already; wanted: a new file");
    }
    for (var database : databases) {
      if (!database.inFile()) {
        return new Result.Failed(database.place() + " is no file; wanted: a dump of it (pg_dump)");
      }
    }
    var part = target.resolveSibling(target.getFileName() + ".part");
    var copies = new TreeMap<String, Path>();
    for (var database : databases) {
      var name = String.valueOf(database.file().getFileName());
      copies.put(name, target.resolveSibling(target.getFileName() + "." + name + ".part"));
    }
    try {
      Files.deleteIfExists(part);
      var time = Instant.EPOCH;
      var counts = new TreeMap<String, Long>();
      for (var database : databases) {
        var name = String.valueOf(database.file().getFileName());
        var copy = Objects.requireNonNull(copies.get(name));
        Files.deleteIfExists(copy);
        // Made by us first, as SQLite would let everybody read it.
        Files.createFile(copy, DataFolder.privately("rw-------"));
        time = time.equals(Instant.EPOCH) ? Files.getLastModifiedTime(copy).toInstant() : time;
        var prefix = database == databases.getFirst() ? "" : name + "/";
        database.copyTo(copy).forEach((table, rows) -> counts.put(prefix + table, rows));
      }
      var files = new TreeMap<String, Path>(copies);
      for (var other : others.entrySet()) {
        if (Files.exists(other.getValue())) {
          files.put(other.getKey(), other.getValue());
        }
      }
      var hashes = new TreeMap<String, String>();
      for (var file : files.entrySet()) {
        hashes.put(file.getKey(), hash(file.getValue()));
      }
      zip(part, new Contents(version(), time, hashes, counts), files);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      return new Result.Done(List.copyOf(files.keySet()));
    } catch (IOException e) {
      return new Result.Failed(target + " cannot be written (" + DataFolder.reason(e) + ")");
    } catch (StoreFailure e) {
      return new Result.Failed(target + " cannot be written: " + e.getMessage());
    } finally {
      copies.values().forEach(Backup::delete);
      delete(part);
    }
  }

  private static String version() {
    return Objects.requireNonNullElse(
        Backup.class.getPackage().getImplementationVersion(), "unreleased");
  }

  private static void zip(Path part, Contents contents, Map<String, Path> files)
      throws IOException {
    try (var channel =
            FileChannel.open(
                part,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                DataFolder.privately("rw-------"));
        var zip = new ZipOutputStream(Channels.newOutputStream(channel))) {
      zip.putNextEntry(new ZipEntry(MANIFEST));
      zip.write(text(contents).getBytes(StandardCharsets.UTF_8));
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        Files.copy(file.getValue(), zip);
        zip.closeEntry();
      }
      zip.finish();
      channel.force(true);
    }
  }

  private static String text(Contents contents) {
    var lines = new ArrayList<String>();
    lines.add(FIRST_LINE);
    lines.add("version " + contents.version());
    lines.add("time " + contents.time());
    contents.hashes().forEach((name, hash) -> lines.add("file " + hash + " " + name));
    contents.counts().forEach((table, rows) -> lines.add("rows " + rows + " " + table));
    return String.join("\n", lines) + "\n";
  }

  private static Contents parse(String text) throws Damaged {
    var version = "";
    var time = Instant.EPOCH;
    var hashes = new TreeMap<String, String>();
    var counts = new TreeMap<String, Long>();
    if (!text.startsWith(FIRST_LINE + "\n")) {
      throw new Damaged("its manifest begins otherwise");
    }
    for (var line : text.lines().skip(1).toList()) {
      var words = line.split(" ", 3);
      switch (words[0]) {
        case "version" -> version = words[1];
        case "time" -> time = Instant.parse(words[1]);
        case "file" -> hashes.put(words[2], words[1]);
        case "rows" -> counts.put(words[2], Long.valueOf(words[1]));
        default -> throw new Damaged("its manifest holds «" + words[0] + "»");
      }
    }
    return new Contents(version, time, hashes, counts);
  }

  /// Unpacks a backup into a folder that holds no data yet: all of it as it was written, or
  /// nothing.
  ///
  /// @param names the only names that are taken
  /// @param needed the one without which it is no backup
  public static Result restore(Path file, DataFolder folder, List<String> names, String needed) {
    var written = new ArrayList<Path>();
    try {
      try (var there = Files.list(folder.path())) {
        if (there.anyMatch(path -> !path.equals(folder.file(DataFolder.LOCK)))) {
          return new Result.Failed(
              "The data folder " + folder.path() + " holds data already; wanted: an empty one");
        }
      }
      var contents = unzip(file, folder, names, written);
      if (!contents.hashes().containsKey(needed)) {
        throw new Damaged("there is no " + needed + " in it");
      }
      for (var expected : contents.hashes().entrySet()) {
        var path = folder.file(expected.getKey());
        if (!written.contains(path) || !hash(path).equals(expected.getValue())) {
          throw new Damaged(expected.getKey() + " is not as it was written");
        }
      }
      return new Result.Done(List.copyOf(contents.hashes().keySet()));
    } catch (IOException | RuntimeException e) {
      written.forEach(Backup::delete);
      var why = e instanceof IOException io ? DataFolder.reason(io) : "its manifest is damaged";
      return new Result.Failed(
          "The backup "
              + file
              + " cannot be restored ("
              + why
              + "); wanted: the whole file as it was written");
    }
  }

  private static Contents unzip(
      Path file, DataFolder folder, List<String> names, List<Path> written) throws IOException {
    try (var zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      var first = zip.getNextEntry();
      if (first == null || !first.getName().equals(MANIFEST)) {
        throw new Damaged("it has no manifest");
      }
      var contents = parse(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
        var name = entry.getName();
        if (!contents.hashes().containsKey(name) || !names.contains(name)) {
          throw new Damaged("it holds a file of another name");
        }
        var path = folder.file(name);
        written.add(path);
        try (var channel =
            FileChannel.open(
                path,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                DataFolder.privately("rw-------"))) {
          zip.transferTo(Channels.newOutputStream(channel));
          channel.force(true);
        }
      }
      return contents;
    }
  }

  private static String hash(Path file) throws IOException {
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // a copy left behind is told by its name
    }
  }
}
