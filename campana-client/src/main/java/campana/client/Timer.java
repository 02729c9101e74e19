package campana.client;

import java.util.concurrent.Future;

/** Runs something later. What it runs must not block. */
interface Timer {
  /**
   * Once, after so long.
   *
   * @return calls it off; harmless when it is too late
   */
  Runnable after(long nanos, Runnable task);

  /** The one of this JVM. */
  static Timer daemon() {
    return (nanos, task) -> {
      Future<?> scheduled = Threads.later(nanos, task);
      return () -> scheduled.cancel(false);
    };
  }
}
