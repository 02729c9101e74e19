package campana.cli.serve;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/// Signals that the JDK has no API of its own for.
final class Signals {
  private Signals() {}

  /// Runs `action` at each SIGHUP, on a thread of the JVM's. Does nothing on systems without it.
  static void onHangUp(Runnable action) {
    // By name: the compiler takes any mention of these classes for a warning, and warnings for
    // errors.
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler run =
          (_, method, _) -> {
            if (method.getName().equals("handle")) {
              action.run();
              return null;
            }
            throw new UnsupportedOperationException(method.getName());
          };
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance("HUP"),
              Proxy.newProxyInstance(
                  Signals.class.getClassLoader(), new Class<?>[] {handler}, run));
    } catch (ReflectiveOperationException e) {
      // no such signal here, or somebody else has it: `campana reload` remains
    }
  }
}
