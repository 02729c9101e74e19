package campana.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Group commit: one thread takes all units that wait, runs them in one transaction and wakes their
/// callers after its one sync. There is no deliberate wait: while one batch syncs, the next one
/// gathers.
///
/// A batch in which a unit fails is rolled back and tried again by halves, so that a bad unit fails
/// alone. With a full disk the whole batch is given back as [StoreBusy] and the writer lives on.
/// When a commit itself fails, or the disk does, the writer stops for good: after a failed sync
/// nobody can know what is on the disk but a fresh start.
final class Committer implements AutoCloseable {
  private static final int BATCH = 4096; // bounds how long the first caller of a batch waits
  private static final int HANDED_OVER = 4;
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration DISK_FULL = Duration.ofSeconds(5);

  private final Tx tx;
  private final int capacity;
  private final Consumer<String> onBroken;
  private final List<Participant> participants = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Unit<?>> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger(); // queue.size() would count
  private final Thread thread;
  private volatile boolean idle;
  private volatile boolean closing;
  private volatile boolean ended;
  private volatile @Nullable RuntimeException broken;
  private final LongAdder units = new LongAdder();
  private final LongAdder commits = new LongAdder();

  Committer(Tx tx, int capacity, Consumer<String> onBroken) {
    this.tx = tx;
    this.capacity = capacity;
    this.onBroken = onBroken;
    this.thread = Thread.ofPlatform().name("committer").daemon(true).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void join(Participant participant) {
    participants.add(participant);
  }

  int waiting() {
    return waiting.get();
  }

  long units() {
    return units.sum();
  }

  long commits() {
    return commits.sum();
  }

  <T> T write(Work<T> work) {
    if (Thread.currentThread().equals(thread)) {
      throw new IllegalStateException("a unit of work, or its effect, may not wait for another");
    }
    if (waiting.incrementAndGet() > capacity) {
      waiting.decrementAndGet();
      throw new StoreBusy("more than " + capacity + " writes wait", SOON);
    }
    var unit = new Unit<T>(work);
    queue.add(unit);
    if (idle) {
      LockSupport.unpark(thread);
    }
    if (ended) {
      giveBackAll(); // it came after the writer's last look
    }
    return unit.await();
  }

  private void run() {
    var batch = new ArrayList<Unit<?>>();
    while (broken == null) {
      for (Unit<?> unit; batch.size() < BATCH && (unit = queue.poll()) != null; ) {
        batch.add(unit);
      }
      if (!batch.isEmpty()) {
        waiting.addAndGet(-batch.size());
        commit(batch);
        batch.clear();
      } else if (closing) {
        break;
      } else {
        idle = true;
        if (queue.isEmpty() && !closing) {
          LockSupport.park(this);
        }
        idle = false;
      }
    }
    ended = true;
    giveBackAll();
  }

  private void giveBackAll() {
    for (Unit<?> unit; (unit = queue.poll()) != null; ) {
      waiting.decrementAndGet();
      unit.fail(new StoreBusy("the store is closed", SOON));
    }
  }

  private void commit(List<Unit<?>> batch) {
    if (broken != null) {
      batch.forEach(unit -> unit.fail(new StoreBusy("the store has stopped", DISK_FULL)));
      return;
    }
    try {
      tx.update("begin immediate");
      for (var unit : batch) {
        unit.run(tx);
      }
      participants.forEach(participant -> participant.beforeCommit(tx));
    } catch (RuntimeException | StackOverflowError e) {
      undo();
      giveBack(batch, e instanceof RuntimeException r ? r : new IllegalStateException(e));
      return;
    } catch (Error e) {
      stop(batch, new OutcomeUnknown("the writer died", e), e);
      throw e;
    }
    try {
      tx.update("commit");
    } catch (StoreFailure e) {
      if (e.full()) { // the commit's mark was not written: SQLite itself would take it back
        undo();
        giveBack(batch, e);
      } else {
        stop(batch, new OutcomeUnknown("the commit failed", e), e);
      }
      return;
    }
    commits.increment();
    units.add(batch.size());
    participants.forEach(Participant::committed);
    if (tx.hasEffects()) {
      tx.takeEffects().forEach(Runnable::run);
    }
    succeed(batch);
  }

  /// Wakes the callers. From outside their scheduler each would cost a hand-over, so a batch is
  /// handed over once, and wakes its own from within.
  private static void succeed(List<Unit<?>> batch) {
    if (batch.size() < HANDED_OVER) {
      batch.forEach(Unit::succeed);
    } else {
      var done = List.copyOf(batch);
      Thread.startVirtualThread(() -> done.forEach(Unit::succeed));
    }
  }

  /// After a rollback: which of them failed, and what becomes of the others.
  private void giveBack(List<Unit<?>> batch, RuntimeException why) {
    if (why instanceof StoreFailure failure && failure.full()) {
      batch.forEach(unit -> unit.fail(new StoreBusy("the disk is full", DISK_FULL)));
    } else if (why instanceof StoreFailure failure && failure.fatal()) {
      stop(batch, new StoreBusy("the disk failed before the commit", DISK_FULL), failure);
    } else if (batch.size() == 1) {
      batch.getFirst().fail(why);
    } else {
      var half = batch.size() / 2;
      commit(batch.subList(0, half));
      commit(batch.subList(half, batch.size()));
    }
  }

  private void undo() {
    tx.dropEffects();
    try {
      tx.update("rollback");
    } catch (StoreFailure e) {
      // SQLite has rolled back by itself, as it does when the disk is full
    }
    participants.forEach(Participant::rolledBack);
  }

  private void stop(List<Unit<?>> batch, RuntimeException answer, Throwable why) {
    broken = answer;
    batch.forEach(unit -> unit.fail(answer));
    var line = "The disk under the database failed (" + why.getMessage() + "); Campana stops here";
    Thread.ofPlatform().name("store-broken").start(() -> onBroken.accept(line));
  }

  /// Commits what waits, then ends.
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
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
