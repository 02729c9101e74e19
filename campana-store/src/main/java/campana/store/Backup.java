package campana.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// One file, a ZIP, with all that must survive: a database as it is at one moment, and small files
/// beside it. Made while the database is in use.
public final class Backup {
  private Backup() {}

  /// What became of it.
  public sealed interface Result {
    /// @param names what is in the file now, or in the folder
    record Done(List<String> names) implements Result {}

    /// @param why one line; nothing was left behind
    record Failed(String why) implements Result {}
  }

  /// Writes a backup: the target is there whole, or not at all.
  ///
  /// @param others files by the name they get; one that is missing is left out
  /// @param target a new file, for its owner's eyes only
  public static Result write(Database database, Map<String, Path> others, Path target) {
    if (Files.exists(target)) {
      return new Result.Failed(target + " is there already; wanted: a new file");
    }
    var copy = target.resolveSibling(target.getFileName() + ".db.part");
    var part = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(part);
      // Made by us first, as SQLite would let everybody read it.
      Files.createFile(copy, DataFolder.privately("rw-------"));
      database.copyTo(copy);
      var files = new TreeMap<String, Path>();
      others.forEach((name, file) -> {
        if (Files.exists(file)) {
          files.put(name, file);
        }
      });
      files.put(database.file().getFileName().toString(), copy);
      pack(files, part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      return new Result.Done(List.copyOf(files.keySet()));
    } catch (IOException e) {
      return new Result.Failed(target + " cannot be written (" + DataFolder.reason(e) + ")");
    } catch (StoreFailure e) {
      return new Result.Failed(target + " cannot be written: " + e.getMessage());
    } finally {
      deleteQuietly(copy);
      deleteQuietly(part);
    }
  }

  private static void pack(Map<String, Path> files, Path target) throws IOException {
    try (var channel =
            FileChannel.open(
                target,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                DataFolder.privately("rw-------"));
        var zip = new ZipOutputStream(Channels.newOutputStream(channel))) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        Files.copy(file.getValue(), zip);
        zip.closeEntry();
      }
      zip.finish();
      channel.force(true); // a backup that a power cut takes back is none
    }
  }

  /// Unpacks a backup into a folder that holds no data yet.
  ///
  /// @param names the only names that are taken
  /// @param needed the one without which it is no backup
  public static Result restore(Path file, DataFolder folder, List<String> names, String needed) {
    try (var zip = new ZipFile(file.toFile())) {
      if (zip.getEntry(needed) == null) {
        return new Result.Failed(
            file + " is no backup of Campana: there is no " + needed + " in it");
      }
      for (var name : names) {
        if (Files.exists(folder.file(name))) {
          return new Result.Failed(
              "The data folder "
                  + folder.path()
                  + " holds "
                  + name
                  + " already; wanted: an empty one");
        }
      }
      var done = new ArrayList<String>();
      for (var name : names) {
        var entry = zip.getEntry(name);
        if (entry != null) {
          unpack(zip, entry, folder.file(name));
          done.add(name);
        }
      }
      return new Result.Done(done);
    } catch (ZipException e) {
      return new Result.Failed(file + " is damaged, or no backup of Campana");
    } catch (IOException e) {
      return new Result.Failed(
          "The backup " + file + " cannot be restored (" + DataFolder.reason(e) + ")");
    }
  }

  private static void unpack(ZipFile zip, ZipEntry entry, Path target) throws IOException {
    try (var in = zip.getInputStream(entry);
        var channel =
            FileChannel.open(
                target,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                DataFolder.privately("rw-------"));
        OutputStream out = Channels.newOutputStream(channel)) {
      in.transferTo(out);
      channel.force(true);
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // the next attempt deletes it
    }
  }
}
