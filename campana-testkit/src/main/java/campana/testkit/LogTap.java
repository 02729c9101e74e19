package campana.testkit;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Does something wherever something is logged, as an appender of the user's may.
public final class LogTap implements AutoCloseable {
  private final Runnable end;

  private LogTap(Runnable end) {
    this.end = end;
  }

  /// @param logger its name
  /// @param does on the thread that logs
  public static LogTap on(String logger, Runnable does) {
    var handler =
        new Handler() {
          @Override
          public void publish(LogRecord logged) {
            does.run();
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    var log = Logger.getLogger(logger);
    log.addHandler(handler);
    return new LogTap(() -> log.removeHandler(handler));
  }

  @Override
  public void close() {
    end.run();
  }
}
