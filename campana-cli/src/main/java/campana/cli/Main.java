package campana.cli;

import campana.cli.command.Root;
import campana.cli.command.Shell;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/// Where the program begins.
public final class Main {
  private Main() {}

  /// @param arguments a command and its options
  public static void main(String[] arguments) {
    var shell =
        new Shell(
            System.getenv(),
            System.in,
            stream(FileDescriptor.out),
            stream(FileDescriptor.err),
            InstantSource.system(),
            Boolean.getBoolean("campana.terminal"), // the start script looked
            Boolean.getBoolean("campana.watched"));
    System.exit(Root.run(shell, List.of(arguments)));
  }

  /// Always UTF-8, whatever the locale: what is printed is read by programs.
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
