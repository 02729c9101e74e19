package campana.client;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/** A clock with timers, moved by hand; all on the test's thread. */
final class VirtualTime implements Timer, LongSupplier {
  private static final class Task {
    final long at;
    final long number;
    final Runnable what;

    Task(long at, long number, Runnable what) {
      this.at = at;
      this.number = number;
      this.what = what;
    }
  }

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.<Task>comparingLong(task -> task.at).thenComparingLong(task -> task.number));
  private long now = Long.MAX_VALUE - 1_000_000_000L; // so that it wraps, as nanoTime may
  private final long start = now;
  private long number;

  @Override
  public Runnable after(long nanos, Runnable what) {
    var task = new Task(now - start + nanos, number++, what);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  @Override
  public long getAsLong() {
    return now;
  }

  /** Since its start. */
  Duration passed() {
    return Duration.ofNanos(now - start);
  }

  void advance(Duration step) {
    var end = now - start + step.toNanos();
    while (!tasks.isEmpty() && tasks.element().at <= end) {
      var task = tasks.remove();
      now = start + task.at;
      task.what.run();
    }
    now = start + end;
  }

  /** Timers that are set. */
  int timers() {
    return tasks.size();
  }
}
