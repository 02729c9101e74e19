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
  private static final int PART = 500;
  private static final Duration REQUESTS = Duration.ofDays(8);
  private static final Duration ROUND = Duration.ofHours(1);

  private static final String DELETE_REQUESTS =
      """
      delete from request where (bucket, space_id, request_hash) in
       (select bucket, space_id, request_hash from request where create_time < ? limit ?)\
      """;

  private final Database database;
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
  }

  Retention(
      Database database,
      InstantSource clock,
      Supplier<Duration> keep,
      Ageing ageing,
      SpacePurge spaces) {
    this.database = database;
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

  /// Deletes all that is too old now.
  ///
  /// @return how many messages that was
  public int runOnce() {
    var now = clock.instant();
    var cutoff = now.minus(keep.get());
    var deleted = ageing.messages(cutoff, () -> closing);
    var requestsBefore = now.minus(REQUESTS);
    for (var part = PART; part == PART && !closing; ) {
      part = database.write(tx -> tx.update(DELETE_REQUESTS, requestsBefore, PART));
    }
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
  }
}
