package campana.client;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

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
      Future<?> scheduled = Threads.TIMER.schedule(task, nanos, TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    };
  }
}
