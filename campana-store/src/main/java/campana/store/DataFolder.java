package campana.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// The folder with everything that must survive, held by this process until closed.
public final class DataFolder implements AutoCloseable {
  static final String LOCK = "lock";
  static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataFolder(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /// Makes the folder where it is missing, for its owner's eyes only, and takes hold of it.
  ///
  /// @throws CannotOpen when another process holds it, or it cannot be written to
  public static DataFolder hold(Path path) {
    var folder = path.toAbsolutePath().normalize();
    FileChannel channel;
    try {
      Files.createDirectories(folder, privately("rwx------"));
      channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new CannotOpen(
          "The data folder "
              + folder
              + " cannot be written to ("
              + reason(e)
              + "); wanted: a"
              + " folder of your own, named with --data",
          e);
    }
    var lock = tryLock(channel);
    if (lock == null) {
      closeQuietly(channel);
      throw new CannotOpen(
          "The data folder "
              + folder
              + " is in use by a running server; stop that one, or name"
              + " another folder with --data");
    }
    return new DataFolder(folder, channel, lock);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this very process
    } catch (IOException e) {
      throw new CannotOpen(
          "The data folder cannot be locked (" + reason(e) + "); wanted: a local file system", e);
    }
  }

  public Path path() {
    return path;
  }

  public Path file(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() {
    try {
      lock.release();
    } catch (IOException e) {
      // closing the channel releases it too
    }
    closeQuietly(channel);
  }

  /// Attributes of a new file or folder that only its owner may use; none where the system has no
  /// such thing.
  static FileAttribute<?>[] privately(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /// What went wrong, in words: the class's name says it where the message is only a path.
  static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.AccessDeniedException _ -> "access denied";
      case java.nio.file.FileAlreadyExistsException _ -> "it is not a folder";
      case java.nio.file.NoSuchFileException _ -> "no such file or folder";
      case java.nio.file.FileSystemException f when f.getReason() != null -> f.getReason();
      case java.nio.charset.CharacterCodingException _ ->
          "it is damaged: it holds bytes that are no text";
      case java.io.EOFException _ -> "it is cut off: its end is missing";
      case java.util.zip.ZipException _ -> "it is damaged: it cannot be unpacked";
      default -> String.valueOf(e.getMessage());
    };
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // nothing was written through it
    }
  }
}
