package campana.store;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Group commit: one thread takes all units that wait, runs them in one transaction and wakes their
/// callers after its one sync. There is no deliberate wait: while one group syncs, the next one
/// runs, and is committed when that sync has ended.
///
/// A group in which a unit fails is rolled back and tried again by halves, so that a bad unit fails
/// alone. With a full disk the whole group is given back as [StoreBusy] and the writer lives on.
/// When a commit itself fails, or the disk does, the writer stops for good: after a failed sync
/// nobody can know what is on the disk but a fresh start.
final class Committer implements AutoCloseable {
  private static final int BATCH = 4096; // bounds how long the first caller of a batch waits
  private static final int HANDED_OVER = 4;
  private static final int ENOUGH = 8; // to run them while a sync is under way
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration DISK_FULL = Duration.ofSeconds(5);

  private final Tx tx;
  private final LogSync sync;
  private final int capacity;
  private final Consumer<String> onBroken;
  private volatile List<Participant> participants = List.of();
  private final ConcurrentLinkedQueue<Unit<?>> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger(); // queue.size() would count
  private final Thread thread;
  private final List<Unit<?>> open = new ArrayList<>(); // ran in the open transaction
  private @Nullable Group syncing;
  private long number; // of the newest commit
  private volatile long begun; // commits, the one that is being made included
  private volatile long durable; // of those
  private final Object settled = new Object(); // told when `durable` grows
  private volatile boolean idle;
  private volatile boolean gathering; // as idle, while a sync is under way
  private volatile boolean closing;
  private volatile boolean ended;
  private volatile @Nullable RuntimeException broken;
  private final LongAdder units = new LongAdder();
  private final LongAdder commits = new LongAdder();

  /// Units that are committed and not known to be on the disk.
  ///
  /// @param number of the commit
  /// @param followers who heard of it
  private record Group(long number, List<Unit<?>> units, List<Participant> followers) {}

  Committer(Tx tx, LogSync sync, int capacity, Consumer<String> onBroken) {
    this.tx = tx;
    this.sync = sync;
    this.capacity = capacity;
    this.onBroken = onBroken;
    this.thread = Thread.ofPlatform().name("committer").daemon(true).unstarted(this::run);
  }

  void start() {
    sync.start();
    thread.start();
  }

  synchronized void join(Participant participant) {
    var all = new ArrayList<>(participants);
    all.add(participant);
    participants = List.copyOf(all);
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
    var place = waiting.incrementAndGet();
    if (place > capacity) {
      waiting.decrementAndGet();
      throw new StoreBusy("more than " + capacity + " writes wait", SOON);
    }
    var unit = new Unit<T>(work);
    queue.add(unit);
    if (idle || (gathering && place == ENOUGH)) {
      LockSupport.unpark(thread);
    }
    if (ended) {
      giveBackAll(); // it came after the writer's last look
    }
    return unit.await();
  }

  /// Waits until all that anybody can have seen so far is on the disk, or never will be.
  void awaitDurable() {
    var upTo = begun;
    if (durable >= upTo || Thread.currentThread().equals(thread)) {
      return;
    }
    var interrupted = false;
    synchronized (settled) {
      while (durable < upTo && !ended) {
        try {
          settled.wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void settle() {
    synchronized (settled) {
      durable = syncing == null ? begun : syncing.number - 1;
      settled.notifyAll();
    }
  }

  private void run() {
    try {
      while (broken == null) {
        runWaiting();
        if (syncing != null && !sync.ended()) {
          gathering = true;
          if (!sync.ended() && waiting.get() < ENOUGH) {
            LockSupport.park(this);
          }
          gathering = false;
        } else if (syncing != null || !open.isEmpty()) {
          turn();
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
    } finally {
      awaitSync();
      ended = true;
      settle();
      giveBackAll();
    }
  }

  private void giveBackAll() {
    for (Unit<?> unit; (unit = queue.poll()) != null; ) {
      waiting.decrementAndGet();
      unit.fail(new StoreBusy("the store is closed", SOON));
    }
  }

  /// Runs what waits in the open transaction.
  private void runWaiting() {
    try {
      for (Unit<?> unit; open.size() < BATCH && (unit = queue.poll()) != null; ) {
        waiting.decrementAndGet();
        open.add(unit);
        if (open.size() == 1) {
          tx.update("begin immediate");
        }
        unit.run(tx);
      }
    } catch (RuntimeException | StackOverflowError e) {
      abandon(e);
    } catch (Error e) {
      stop(takeOpen(), new OutcomeUnknown("the writer died", e), e);
      throw e;
    }
  }

  /// Commits what has run, begins its sync, and answers those whose sync has ended.
  private void turn() {
    var synced = syncing;
    syncing = null;
    if (synced != null && sync.failure() != null) {
      failedSync(synced, Objects.requireNonNull(sync.failure()));
      if (!open.isEmpty()) {
        undo();
        retry(takeOpen()); // which refuses them
      }
      return;
    }
    var group = takeOpen();
    RuntimeException refused = null;
    if (!group.isEmpty()) {
      try {
        participants.forEach(participant -> participant.beforeCommit(tx));
      } catch (RuntimeException e) {
        undo();
        refused = e;
      }
      if (refused == null) {
        commit(group);
      }
    }
    answer(synced);
    if (refused != null) {
      giveBack(group, refused);
    }
  }

  /// They are on the disk.
  private void answer(@Nullable Group synced) {
    if (synced != null) {
      synced.followers.forEach(Participant::durable);
      succeed(synced.units);
    }
    settle();
  }

  private List<Unit<?>> takeOpen() {
    var group = List.copyOf(open);
    open.clear();
    return group;
  }

  /// A unit in the open transaction has failed: what is syncing comes first, then all in it run
  /// again.
  private void abandon(Throwable why) {
    undo();
    var group = takeOpen();
    awaitSync();
    giveBack(group, why instanceof RuntimeException r ? r : new IllegalStateException(why));
  }

  /// Answers those whose sync is under way.
  private void awaitSync() {
    var group = syncing;
    if (group == null) {
      return;
    }
    syncing = null;
    while (!sync.ended()) {
      LockSupport.park(this);
    }
    if (sync.failure() != null) {
      failedSync(group, Objects.requireNonNull(sync.failure()));
    } else {
      answer(group);
    }
  }

  private void failedSync(Group group, IOException why) {
    stop(group.units, new OutcomeUnknown("the sync failed", why), why);
  }

  /// Runs a group again, alone, up to its answers.
  private void retry(List<Unit<?>> group) {
    if (broken != null) {
      group.forEach(unit -> unit.fail(new StoreBusy("the store has stopped", DISK_FULL)));
      return;
    }
    try {
      tx.update("begin immediate");
      for (var unit : group) {
        unit.run(tx);
      }
      participants.forEach(participant -> participant.beforeCommit(tx));
    } catch (RuntimeException | StackOverflowError e) {
      undo();
      giveBack(group, e instanceof RuntimeException r ? r : new IllegalStateException(e));
      return;
    } catch (Error e) {
      stop(group, new OutcomeUnknown("the writer died", e), e);
      throw e;
    }
    commit(group);
    awaitSync();
  }

  /// Ends the open transaction and begins its sync. Where it failed its callers know.
  private void commit(List<Unit<?>> group) {
    begun = ++number; // before it can be seen
    try {
      tx.update("commit");
    } catch (StoreFailure e) {
      if (e.full()) { // the commit's mark was not written: SQLite itself would take it back
        undo();
        giveBack(group, e);
      } else {
        stop(group, new OutcomeUnknown("the commit failed", e), e);
      }
      settle();
      return;
    }
    sync.begin();
    syncing = new Group(number, group, participants);
    commits.increment();
    units.add(group.size());
    syncing.followers.forEach(Participant::committed);
    if (tx.hasEffects()) {
      tx.takeEffects().forEach(Runnable::run);
    }
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
      retry(batch.subList(0, half));
      retry(batch.subList(half, batch.size()));
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
    LogSync.awaitEnd(thread);
    sync.close();
  }
}
