package campana.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The messages for one space: one request under way, the next no earlier than the pace allows, in
 * order. A message that has to be repeated stays the first, so none behind it overtakes it.
 *
 * <p>Each move is decided under the lane's lock and made outside of it: requests, listeners and
 * results never run under a lock.
 */
final class Lane {
  private final String key;
  private final Lanes lanes;
  private final Gate gate;

  // All below guarded by this.
  private final Set<Parcel> high = new LinkedHashSet<>();
  private final Set<Parcel> normal = new LinkedHashSet<>();
  private final Pace pace;
  private @Nullable Parcel again;
  private @Nullable Parcel flying;
  private @Nullable Runnable alarm; // calls off the next look at the lane, where one is set
  private boolean begun; // whether the request of what flies was made; not so before the gate
  private int failures;
  private boolean gone;

  Lane(String key, Lanes lanes, Gate gate) {
    this.key = key;
    this.lanes = lanes;
    this.gate = gate;
    this.pace = new Pace(lanes.nanos.getAsLong(), 0);
  }

  /** Queues it, or ends it where that makes no sense; false where the lane has vanished. */
  boolean add(Parcel parcel, Executor here) {
    @Nullable Runnable move = null;
    boolean full;
    boolean late;
    long wait;
    SendListener.Wait why;
    synchronized (this) {
      if (gone) {
        return false;
      }
      long now = lanes.nanos.getAsLong();
      full = high.size() + normal.size() + (again == null ? 0 : 1) >= parcel.settings().queue;
      wait = pace.waitAt(now); // what is known already only grows
      why = pace.why();
      late = wait >= parcel.left(now); // its time may be over already
      if (!full && !late) {
        parcel.enters(this);
        pace.atLeast(parcel.settings().pace);
        line(parcel).add(parcel);
        if (first() == parcel) {
          callOff(); // it may have been set for the lane's end
        }
        move = next();
        if (flying != parcel) {
          parcel.expires(lanes.timer);
        }
      }
    }
    if (full) {
      parcel.abandon(
          Reason.QUEUE_FULL, parcel.settings().queue + " messages wait for this space already");
    } else if (late) {
      parcel.finishLate(Duration.ofNanos(wait), why);
    } else if (move != null) {
      here.execute(move);
      if (!isBegun(parcel)) { // threads may be long in coming
        parcel.expires(lanes.timer);
      }
    }
    return true;
  }

  private synchronized boolean isBegun(Parcel parcel) {
    return flying == parcel && begun;
  }

  private Set<Parcel> line(Parcel parcel) {
    return parcel.options().priority() == Priority.HIGH ? high : normal;
  }

  private @Nullable Parcel first() {
    if (again != null) {
      return again;
    }
    Iterator<Parcel> waiting = (high.isEmpty() ? normal : high).iterator();
    return waiting.hasNext() ? waiting.next() : null;
  }

  private void callOff() {
    if (alarm != null) {
      alarm.run();
      alarm = null;
    }
  }

  /** Under the lock: what to do now, null for nothing. The caller does it outside. */
  private @Nullable Runnable next() {
    if (flying != null || alarm != null || gone) {
      return null;
    }
    long now = lanes.nanos.getAsLong();
    Parcel parcel = first();
    if (parcel == null) {
      long oblivion = pace.oblivionAt(now);
      if (oblivion > 0) {
        alarm = lanes.timer.after(oblivion, this::look);
      } else {
        gone = true;
        lanes.vanish(key, this);
      }
      return null;
    }
    long wait = pace.waitAt(now);
    if (wait > 0) {
      SendListener.Wait why = pace.why();
      alarm = lanes.timer.after(wait, this::look);
      return () -> parcel.tellWaits(Duration.ofNanos(wait), why);
    }
    again = null;
    line(parcel).remove(parcel);
    flying = parcel;
    return () -> {
      if (!gate.enter(() -> fly(parcel))) {
        parcel.expires(lanes.timer);
      }
    };
  }

  /** By the timer: the wait is over. */
  private void look() {
    @Nullable Runnable move;
    synchronized (this) {
      alarm = null;
      move = next();
    }
    if (move != null) {
      lanes.run(move); // finding a host's address may block, and the timer must not
    }
  }

  /** Whatever is thrown in here ends in {@link #land}: else the lane would wait for ever. */
  private void fly(Parcel parcel) {
    long now = lanes.nanos.getAsLong();
    boolean may;
    synchronized (this) {
      may = parcel.mayFly(now);
      begun = may;
    }
    if (!may) {
      land(parcel, null, false);
      return;
    }
    CompletableFuture<Attempt> flight;
    try {
      flight = parcel.fly(now);
    } catch (Throwable e) {
      land(parcel, failed(e), true);
      return;
    }
    CompletableFuture<Attempt> unused =
        flight.whenComplete((attempt, failure) ->
            land(parcel, failure == null || parcel.isDone() ? attempt : failed(failure), true));
  }

  private static Attempt failed(Throwable thrown) {
    return Attempt.unanswered(
        Reason.NO_ANSWER, "no answer: " + thrown.getClass().getSimpleName() + " in this program");
  }

  /**
   * A request ended.
   *
   * @param attempt null where there was none, or where it was broken off
   * @param flew whether a request was made at all
   */
  private void land(Parcel parcel, @Nullable Attempt attempt, boolean flew) {
    gate.leave();
    SendResult result = null;
    @Nullable Runnable move;
    synchronized (this) {
      flying = null;
      begun = false;
      try {
        result = settled(parcel, attempt, flew);
      } catch (Throwable e) { // a message ends, whatever happens, and the lane goes on
        result = parcel.broken(e);
        pace.answered(lanes.nanos.getAsLong(), 0, false);
      }
      move = next();
    }
    if (attempt != null) {
      parcel.tellAttempted(attempt);
    }
    if (move != null) {
      // Not here: a lane whose requests fail at once would pile up calls. And before the end is
      // told: who closes the client then waits for the others.
      lanes.run(move);
    }
    if (result != null) {
      parcel.finish(result);
    } else if (attempt == null) {
      parcel.finishUnsent();
    }
  }

  /** Under the lock: takes an attempt's outcome in; null where its message has no result by it. */
  private @Nullable SendResult settled(Parcel parcel, @Nullable Attempt attempt, boolean flew) {
    long now = lanes.nanos.getAsLong();
    if (attempt == null) {
      if (flew) {
        pace.answered(now, 0, false); // broken off here, perhaps taken there
      }
      return null;
    }
    RetryPolicy.Step step = parcel.landed(attempt, failures, now);
    failures = attempt.retryable() ? failures + 1 : 0;
    pace.answered(now, step.wait.toNanos(), attempt.reason() == Reason.QUOTA);
    boolean inTime = pace.waitAt(now) < parcel.left(now); // it waits for the pace, too
    if (step.kind == RetryPolicy.Step.Kind.AGAIN && inTime && !parcel.isDone()) {
      again = parcel;
      parcel.expires(lanes.timer);
      return null;
    }
    return parcel.resultAfter(step);
  }

  /** Takes a message out of the queue, or breaks its request off. */
  void withdraw(Parcel parcel) {
    boolean flies;
    synchronized (this) {
      flies = flying == parcel;
      if (again == parcel) {
        again = null;
      }
      line(parcel).remove(parcel);
    }
    if (flies) {
      parcel.breakOff();
    }
  }

  /**
   * Takes a message out that waits: in its queue, for its repetition, or at the gate, where its
   * place stays until it comes up. Says whether it waited; a request under way ends by itself.
   */
  boolean expire(Parcel parcel) {
    synchronized (this) {
      if (again == parcel) {
        again = null;
        return true;
      }
      return line(parcel).remove(parcel) || (flying == parcel && !begun);
    }
  }
}
