package campana.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Bounds the requests that are under way to one origin, over all its spaces: each holds a
 * connection, and thousands at once help nobody. Whoever comes too early waits without a thread.
 */
final class Gate {
  private final Executor work;
  private final Queue<Runnable> outside = new ArrayDeque<>(); // guarded by this
  private int free; // guarded by this

  Gate(int places, Executor work) {
    this.free = places;
    this.work = work;
  }

  /**
   * Runs it at once, or by the executor when there is a place. It must {@link #leave} once.
   *
   * @return whether it was at once
   */
  boolean enter(Runnable visit) {
    synchronized (this) {
      if (free == 0) {
        outside.add(visit);
        return false;
      }
      free--;
    }
    visit.run();
    return true;
  }

  void leave() {
    Runnable next;
    synchronized (this) {
      next = outside.poll();
      if (next == null) {
        free++;
        return;
      }
    }
    work.execute(next);
  }
}
