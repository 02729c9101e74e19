package campana.relay.delivery;

import campana.relay.outbox.Busy;
import campana.relay.outbox.Watch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after the outbox: every second for what expired or is late, every hour for what grew old.
/// A round that fails is tried again by the next one.
public final class Care implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Care.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration TIDY = Duration.ofHours(1);

  /// Provisional names and threads are known this long, whatever else is deleted.
  private static final Duration NAMES = Duration.ofDays(30);

  /// How long things are kept.
  public record Keep(Duration deliveries, Duration deadLetters, Duration bodies) {}

  private final Alarms alarms;
  private final Watch watch;
  private final Supplier<Keep> keep;
  private final InstantSource clock;
  private final Thread thread = Thread.ofVirtual().name("relay-care").unstarted(this::run);
  private Instant tidyAt = Instant.MIN;

  Care(Alarms alarms, Watch watch, Supplier<Keep> keep, InstantSource clock) {
    this.alarms = alarms;
    this.watch = watch;
    this.keep = keep;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(PAUSE);
        runOnce();
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  void runOnce() {
    try {
      var now = clock.instant();
      if (!watch.ours(now)) {
        return;
      }
      alarms.runOnce();
      if (!now.isBefore(tidyAt)) {
        tidy(now);
        tidyAt = now.plus(TIDY);
      }
    } catch (Busy e) {
      log.warn("a round waits for the disk: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("a round failed", e);
    }
  }

  private void tidy(Instant now) {
    var kept = keep.get();
    for (var more = true; more; ) {
      more =
          watch.tidy(
              now.minus(kept.deliveries),
              now.minus(kept.deadLetters),
              now.minus(kept.bodies),
              now.minus(NAMES),
              now);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
