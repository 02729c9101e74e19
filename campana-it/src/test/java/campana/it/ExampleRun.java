package campana.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// What became of a command.
///
/// @param output standard output and standard error together
record ExampleRun(int exitCode, String output) {
  private static final int LONGEST_SECONDS = 120;

  /// Runs a command to its end, at most two minutes.
  static ExampleRun of(Path folder, String... command) {
    try {
      var output = Files.createTempFile("campana-example-", ".out");
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
      var process = builder.start();
      process.getOutputStream().close();
      try {
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError(
              command[0] + " did not end within two minutes: " + Files.readString(output));
        }
        return new ExampleRun(process.exitValue(), Files.readString(output));
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command[0] + " ran", e);
    }
  }
}
