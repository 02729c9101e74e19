package campana.cli.serve;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/// Brings what libraries tell the JDK's own log into ours: warnings and worse.
final class JdkLog extends Handler {
  private final SimpleFormatter formatter = new SimpleFormatter();

  static void join() {
    LogManager.getLogManager().reset();
    var root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    root.addHandler(new JdkLog());
  }

  @Override
  public void publish(LogRecord told) {
    var log = LoggerFactory.getLogger(String.valueOf(told.getLoggerName()));
    var text = formatter.formatMessage(told);
    if (told.getLevel().intValue() >= Level.SEVERE.intValue()) {
      log.error(text, told.getThrown());
    } else {
      log.warn(text, told.getThrown());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
