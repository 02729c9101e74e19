package campana.server.store;

import campana.store.Buckets;
import campana.store.Database;
import campana.store.StoreBusy;
import campana.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Deletes what grew old, in small parts that posts go in between: messages, request ids, keys, and
/// spaces whose time for a restore is over. Positions go on from where they were: a space's head
/// stays. Request ids are kept for a week at least, whatever becomes of the messages, so that a
/// late repetition is not posted twice.
public final class Retention implements AutoCloseable {
  private static final Duration REQUESTS = Duration.ofDays(8);
  private static final Duration ROUND = Duration.ofHours(1);

  private final Duty duty;
  private final InstantSource clock;
  private final Supplier<Duration> keep;
  private final Ageing ageing;
  private final SpacePurge spaces;
  private final Thread thread;
  private volatile boolean closing;

  /// How messages are deleted where they are.
  interface Ageing {
    /// @param closing asked between parts
    /// @return how many there were that were made before `cutoff`
    int messages(Instant cutoff, BooleanSupplier closing);

    /// Deletes keys that were bound before and lead to nothing.
    void keys(int bucket, Instant cutoff);

    /// Deletes what is remembered of requests from before.
    ///
    /// @param closing asked between parts
    void requests(Instant before, BooleanSupplier closing);
  }

  Retention(
      Database database,
      InstantSource clock,
      Supplier<Duration> keep,
      Ageing ageing,
      SpacePurge spaces) {
    this.duty = new Duty(database, "retention", ROUND.plus(ROUND.dividedBy(2)));
    this.clock = clock;
    this.keep = keep;
    this.ageing = ageing;
    this.spaces = spaces;
    this.thread = Thread.ofVirtual().name("retention").unstarted(this::run);
  }

  /// Looks once an hour from now on.
  public void start() {
    thread.start();
  }

  private void run() {
    while (!closing) {
      try {
        runOnce();
      } catch (StoreBusy | StoreFailure e) {
        // an hour later is soon enough, and a full disk is told by other ways
      }
      LockSupport.parkNanos(this, ROUND.toNanos());
    }
  }

  /// Deletes all that is too old now, unless another process does.
  ///
  /// @return how many messages that was
  public int runOnce() {
    var now = clock.instant();
    if (!duty.ours(now)) {
      return 0;
    }
    var cutoff = now.minus(keep.get());
    var deleted = ageing.messages(cutoff, () -> closing);
    ageing.requests(now.minus(REQUESTS), () -> closing);
    for (var bucket = 0; deleted > 0 && bucket < Buckets.COUNT && !closing; bucket++) {
      ageing.keys(bucket, cutoff);
    }
    spaces.runOnce(now, () -> closing);
    return deleted;
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      duty.close();
    } catch (StoreBusy | StoreFailure e) {
      // then it is free in two hours
    }
  }
}
