package campana.store;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A unit of work on its way through the committer, with the thread that waits for it.
///
/// @param <T> its result
final class Unit<T> {
  private final Work<T> work;
  private final int bucket;
  private final Thread waiter = Thread.currentThread();
  private @Nullable T result; // both written before `done`, read after it
  private @Nullable RuntimeException failure;
  private volatile boolean done;

  Unit(int bucket, Work<T> work) {
    this.bucket = bucket;
    this.work = work;
  }

  /// [Work#bucket].
  int bucket() {
    return bucket;
  }

  Work<T> work() {
    return work;
  }

  /// Runs it inside the open transaction; may be called again after a rollback.
  void run(Tx tx) {
    result = work.run(tx);
  }

  void succeed() {
    finish();
  }

  void fail(RuntimeException why) {
    result = null;
    failure = why;
    finish();
  }

  private void finish() {
    done = true;
    LockSupport.unpark(waiter);
  }

  /// Waits until its transaction is over. An interruption does not end the wait, as the outcome
  /// would be lost; it is passed on afterwards.
  @SuppressWarnings("NullAway") // a work that returns null says so in its T
  T await() {
    var interrupted = false;
    while (!done) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
    return result;
  }
}
