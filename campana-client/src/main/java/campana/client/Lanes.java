package campana.client;

import campana.wire.WebhookUrl;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * All lanes by origin and space, shared by all clients of the JVM: the far side's quota belongs to
 * the space, whichever webhook or client posts there. A lane is made by its first message and
 * vanishes when nothing of its past matters any more.
 */
final class Lanes {
  /** Requests under way to one origin; more would only make more connections wait over there. */
  private static final int PER_ORIGIN = 256;

  private static final Lanes SHARED =
      new Lanes(System::nanoTime, Timer.daemon(), Threads.WORK, Threads::tell);

  final LongSupplier nanos;
  final Timer timer;
  final Executor work;
  final Executor tell;

  private final ConcurrentMap<String, Lane> lanes = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Gate> gates = new ConcurrentHashMap<>();

  /**
   * @param work for steps that do not block
   * @param tell for code of the user's; takes each task, or does it itself
   */
  Lanes(LongSupplier nanos, Timer timer, Executor work, Executor tell) {
    this.nanos = nanos;
    this.timer = timer;
    this.work = work;
    this.tell = tell;
  }

  static Lanes shared() {
    return SHARED;
  }

  /**
   * Into its lane, or to its end if that has no room.
   *
   * @param here where its request starts if that can be at once
   */
  void add(Parcel parcel, Executor here) {
    WebhookUrl url = parcel.url();
    String key = url.origin() + "/" + url.space();
    Lane lane;
    do {
      lane = lanes.computeIfAbsent(key, made -> new Lane(made, this, gate(url.origin())));
    } while (!lane.add(parcel, here)); // it vanished in this moment: another one
  }

  private Gate gate(String origin) {
    return gates.computeIfAbsent(origin, made -> new Gate(PER_ORIGIN, this::run));
  }

  /** On a thread of the pool; here, where none is to be had. */
  void run(Runnable move) {
    try {
      work.execute(move);
    } catch (Throwable e) {
      move.run();
    }
  }

  void vanish(String key, Lane lane) {
    lanes.remove(key, lane);
  }

  /** Lanes that have messages or a past. */
  int count() {
    return lanes.size();
  }
}
