package campana.relay.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Which lane is due when. Thread-safe. It holds a lane a few times at most: for its slot, for a
/// second look before it, and for when something in it has stood back long enough.
final class Timetable {
  private record Due(Instant at, long number, LaneRun run) {
    static final Comparator<Due> ORDER =
        Comparator.comparing(Due::at).thenComparingLong(Due::number);
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition sooner = lock.newCondition();
  private final PriorityQueue<Due> dues = new PriorityQueue<>(Due.ORDER); // guarded by lock
  private long number; // guarded by lock

  void add(Instant at, LaneRun run) {
    lock.lock();
    try {
      var due = new Due(at, number++, run);
      dues.add(due);
      if (due.equals(dues.peek())) {
        sooner.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes out all lanes that are due.
  List<LaneRun> due(Instant now) {
    lock.lock();
    try {
      var taken = new ArrayList<LaneRun>();
      for (var due = dues.peek(); due != null && !due.at.isAfter(now); due = dues.peek()) {
        dues.remove();
        taken.add(due.run);
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /// When the next one is due; null: none is.
  @Nullable Instant next() {
    lock.lock();
    try {
      var due = dues.peek();
      return due == null ? null : due.at;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until something is due, is added sooner, or `most` has passed.
  @SuppressWarnings("WaitNotInLoop") // who wakes for nothing looks, and waits again
  void await(Instant now, Duration most) throws InterruptedException {
    lock.lock();
    try {
      var due = dues.peek();
      var wait = due == null ? most : Duration.between(now, due.at);
      if (wait.isPositive()) {
        var _ = sooner.awaitNanos((wait.compareTo(most) < 0 ? wait : most).toNanos());
      }
    } finally {
      lock.unlock();
    }
  }
}
