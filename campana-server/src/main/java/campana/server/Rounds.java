package campana.server;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does small works once a minute, and a last time at the end. One that fails is tried again by the
/// next round.
final class Rounds implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Rounds.class);
  private static final Duration PAUSE = Duration.ofSeconds(50);

  private final List<Runnable> works;
  private final Thread thread = Thread.ofVirtual().name("server-rounds").unstarted(this::run);

  Rounds(Runnable... works) {
    this.works = List.of(works);
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
      // closed: the last round is the closer's
    }
  }

  void runOnce() {
    for (var work : works) {
      try {
        work.run();
      } catch (RuntimeException e) {
        log.warn("a minute's round failed: {}", e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    runOnce();
  }
}
