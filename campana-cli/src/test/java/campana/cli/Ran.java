package campana.cli;

import campana.cli.command.Root;
import campana.cli.command.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// One command line, run to its end in this JVM.
///
/// @param out what it printed to standard output, without the last line's end
public record Ran(int exitCode, String out, String err) {

  public static Ran campana(String... arguments) {
    return campana(Map.of(), "", arguments);
  }

  /// @param in what it finds on standard input
  public static Ran campana(Map<String, String> environment, String in, String... arguments) {
    return run(environment, in, false, false, arguments);
  }

  /// As a person runs it who looks on.
  public static Ran onTerminal(Map<String, String> environment, String... arguments) {
    return run(environment, "", true, true, arguments);
  }

  /// As a person runs it who keeps its output: `$(campana …)`.
  public static Ran watched(Map<String, String> environment, String... arguments) {
    return run(environment, "", false, true, arguments);
  }

  private static Ran run(
      Map<String, String> environment,
      String in,
      boolean terminal,
      boolean watched,
      String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var shell =
        new Shell(
            environment,
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            InstantSource.system(),
            terminal,
            watched);
    var code = Root.run(shell, List.of(arguments));
    return new Ran(
        code,
        out.toString(StandardCharsets.UTF_8).stripTrailing(),
        err.toString(StandardCharsets.UTF_8).stripTrailing());
  }
}
