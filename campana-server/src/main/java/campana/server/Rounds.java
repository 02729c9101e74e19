package campana.server;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does small works again and again, and a last time at the end. One that fails is tried again by
/// the next round.
final class Rounds implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Rounds.class);

  private final Duration pause;
  private final List<Runnable> works;
  private final Thread thread;

  /// @param name of the thread
  /// @param pause between two rounds
  Rounds(String name, Duration pause, Runnable... works) {
    this.pause = pause;
    this.works = List.of(works);
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(pause);
        runOnce();
      }
    } catch (InterruptedException e) {
      // closed: the last round is the closer's
    }
  }

  void runOnce() {
    for (var work : works) {
      try {
        work.run();
      } catch (RuntimeException e) {
        log.warn("a round of {} failed: {}", thread.getName(), e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    runOnce();
  }
}
