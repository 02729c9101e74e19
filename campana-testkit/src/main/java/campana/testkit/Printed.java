package campana.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Keeps what is printed from the first test class on, the loggers' output too, and passes it on.
/// At work in modules whose `junit-platform.properties` turns autodetection on.
public final class Printed implements BeforeAllCallback {
  private static final ByteArrayOutputStream ALL = new ByteArrayOutputStream();
  private static boolean on; // guarded by the class

  public Printed() {}

  @Override
  public void beforeAll(ExtensionContext context) {
    synchronized (Printed.class) {
      if (!on) {
        on = true;
        System.setOut(new PrintStream(tee(System.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(tee(System.err), true, StandardCharsets.UTF_8));
        Logger.getLogger("")
            .addHandler(new Records()); // a console handler may hold an older stream
      }
    }
  }

  private static final class Records extends Handler {
    Records() {
      setFormatter(new SimpleFormatter());
    }

    @Override
    public void publish(LogRecord logged) {
      ALL.writeBytes(getFormatter().format(logged).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static OutputStream tee(PrintStream onward) {
    return new OutputStream() {
      @Override
      public void write(int one) {
        ALL.write(one);
        onward.write(one);
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        ALL.write(bytes, from, length);
        onward.write(bytes, from, length);
      }

      @Override
      public void flush() throws IOException {
        onward.flush();
      }
    };
  }

  /// All of it so far.
  public static String all() {
    return ALL.toString(StandardCharsets.UTF_8);
  }
}
