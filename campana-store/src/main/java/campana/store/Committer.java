package campana.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Group commit: one thread takes all units that wait, runs them in one transaction and wakes their
/// callers after its one sync. While one batch syncs, the next one gathers; there is no deliberate
/// wait.
///
/// Where buckets are spread over nodes, a batch becomes a transaction for each bucket in it.
///
/// A batch in which a unit fails is rolled back and tried again by halves, so that a bad unit fails
/// alone. A batch that failed through no fault of its own is run again. With a full disk, or while
/// the database is away, the whole batch is given back as [StoreBusy] and the writer lives on. When
/// what is on the disk is not to be trusted, as after a failed sync, the writer stops for good:
/// only a fresh start can know.
final class Committer implements AutoCloseable {
  private static final int BATCH = 4096; // bounds how long the first caller of a batch waits
  private static final int HANDED_OVER = 4;
  private static final int WHOLE = 3; // of them
  private static final int TRIES = 10; // of a batch that is not at fault
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration DISK_FULL = Duration.ofSeconds(5);

  private final Line line;
  private final boolean apart;
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

  /// @param name of its thread
  /// @param apart whether a transaction keeps to one bucket
  Committer(String name, Line line, boolean apart, int capacity, Consumer<String> onBroken) {
    this.line = line;
    this.apart = apart;
    this.capacity = capacity;
    this.onBroken = onBroken;
    this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
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

  <T> T write(int bucket, Work<T> work) {
    var before = waiting.getAndIncrement();
    if (before >= capacity) {
      waiting.decrementAndGet();
      throw new StoreBusy("more than " + capacity + " writes wait", SOON);
    }
    var unit = new Unit<>(bucket, work);
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
        parts(batch).forEach(part -> commit(part, 1));
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

  /// In order of arrival within each part; nobody waits for one unit before handing in another.
  private Collection<List<Unit<?>>> parts(List<Unit<?>> batch) {
    if (!apart || batch.size() == 1) {
      return List.of(batch);
    }
    var alone = new ArrayList<List<Unit<?>>>();
    var together = new LinkedHashMap<Integer, List<Unit<?>>>();
    for (var unit : batch) {
      if (unit.bucket() == Work.ANY) {
        alone.add(List.of(unit));
      } else {
        together.computeIfAbsent(unit.bucket(), _ -> new ArrayList<>()).add(unit);
      }
    }
    alone.addAll(together.values());
    return alone;
  }

  private void giveBackAll() {
    for (Unit<?> unit; (unit = queue.poll()) != null; ) {
      waiting.decrementAndGet();
      unit.fail(new StoreBusy("the store is closed", SOON));
    }
  }

  /// @param tries how often it is run, this time included
  private void commit(List<Unit<?>> batch, int tries) {
    if (broken != null) {
      batch.forEach(unit -> unit.fail(new StoreBusy("the store has stopped", DISK_FULL)));
      return;
    }
    try {
      line.begin(apart ? batch.getFirst().bucket() : Work.ANY);
      var tx = line.tx();
      if (!participants.isEmpty()) {
        var units = new ArrayList<Work<?>>(batch.size());
        batch.forEach(unit -> units.add(unit.work()));
        participants.forEach(participant -> participant.begun(tx, units));
      }
      for (var unit : batch) {
        unit.run(tx);
      }
      participants.forEach(participant -> participant.beforeCommit(tx));
    } catch (RuntimeException | StackOverflowError e) {
      undo();
      giveBack(batch, tries, e instanceof RuntimeException r ? r : new IllegalStateException(e));
      return;
    } catch (Error e) {
      stop(batch, new OutcomeUnknown("the writer died", e), e);
      throw e;
    }
    try {
      line.commit();
    } catch (StoreFailure e) {
      if (e.fault() == Fault.BROKEN) {
        stop(batch, new OutcomeUnknown("the commit failed", e), e);
        return;
      }
      undo();
      if (e.fault() == Fault.UNKNOWN) {
        batch.forEach(unit -> unit.fail(new OutcomeUnknown("the commit was not answered", e)));
      } else {
        giveBack(batch, tries, e);
      }
      return;
    }
    commits.increment();
    units.add(batch.size());
    participants.forEach(Participant::committed);
    if (line.tx().hasEffects()) {
      line.tx().takeEffects().forEach(Runnable::run);
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
  private void giveBack(List<Unit<?>> batch, int tries, RuntimeException why) {
    var fault = why instanceof StoreFailure failure ? failure.fault() : Fault.MISTAKE;
    switch (fault) {
      case FULL -> batch.forEach(unit -> unit.fail(new StoreBusy("the disk is full", DISK_FULL)));
      case BROKEN ->
          stop(batch, new StoreBusy("the disk failed before the commit", DISK_FULL), why);
      case AGAIN, LOST -> {
        if (tries >= WHOLE && tries < TRIES && batch.size() > 1) {
          halves(batch, tries + 1); // who meets others again and again holds nobody else up
        } else if (tries < TRIES) {
          commit(batch, tries + 1);
        } else {
          batch.forEach(
              unit -> unit.fail(new StoreBusy("it was in vain " + tries + " times", SOON)));
        }
      }
      case AWAY, UNKNOWN ->
          batch.forEach(unit -> unit.fail(new StoreBusy("the database is not there", SOON)));
      case CONSTRAINT, MISTAKE -> {
        if (batch.size() == 1) {
          batch.getFirst().fail(why);
        } else {
          halves(batch, tries);
        }
      }
    }
  }

  private void halves(List<Unit<?>> batch, int tries) {
    var half = batch.size() / 2;
    commit(batch.subList(0, half), tries);
    commit(batch.subList(half, batch.size()), tries);
  }

  private void undo() {
    line.rollback();
    participants.forEach(Participant::rolledBack);
  }

  private void stop(List<Unit<?>> batch, RuntimeException answer, Throwable why) {
    broken = answer;
    batch.forEach(unit -> unit.fail(answer));
    var line = "The disk under the database failed (" + why.getMessage() + "); Campana stops here";
    Thread.ofPlatform().name("store-broken").start(() -> onBroken.accept(line));
  }

  /// Whether this is the thread that units of work run on.
  boolean here() {
    return Thread.currentThread().equals(thread);
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
    line.close();
  }
}
