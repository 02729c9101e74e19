package campana.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Syncs SQLite's write-ahead log on a thread of its own, so that the writer goes on meanwhile.
/// SQLite writes a transaction's frames in order and finds at a start how far they are whole, so
/// one sync covers all commits before its beginning. With `synchronous=NORMAL` it syncs by itself
/// where it overwrites: before and after a checkpoint, and when the log begins anew.
final class LogSync implements AutoCloseable {
  private final Path log;
  private final boolean real;
  private final Thread thread;
  private @Nullable FileChannel
      channel; // the thread's own; the log is there after the first commit
  private @Nullable Thread waiter; // written before `wanted`
  private long begun; // the caller's own
  private volatile long wanted;
  private volatile long done;
  private volatile @Nullable IOException failure;
  private volatile boolean closing;

  /// @param log SQLite's, beside the database
  /// @param real false: nothing is synced, for proofs that have to see the loss
  LogSync(Path log, boolean real) {
    this.log = log;
    this.real = real;
    this.thread = Thread.ofPlatform().name("sync").daemon(true).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Begins a sync of all that is in the log now. The one before has ended. The caller is unparked
  /// when it ends.
  void begin() {
    waiter = Thread.currentThread();
    wanted = ++begun;
    LockSupport.unpark(thread);
  }

  boolean ended() {
    return done == wanted;
  }

  /// Of a sync that has ended: why what it covered may not be on the disk; null where it is.
  @Nullable IOException failure() {
    return failure;
  }

  private void run() {
    while (!closing) {
      var next = wanted;
      if (done == next) {
        LockSupport.park(this);
        continue;
      }
      try {
        sync();
      } catch (IOException e) {
        failure = e;
      }
      done = next;
      LockSupport.unpark(waiter);
    }
  }

  private void sync() throws IOException {
    if (!real) {
      return;
    }
    if (channel == null) {
      channel = FileChannel.open(log, StandardOpenOption.WRITE);
    }
    channel.force(false);
  }

  /// Ends the thread; no sync is under way.
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    awaitEnd(thread);
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // what was synced is on the disk
      }
    }
  }

  /// An interruption does not end the wait; it is passed on afterwards.
  static void awaitEnd(Thread thread) {
    var interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
