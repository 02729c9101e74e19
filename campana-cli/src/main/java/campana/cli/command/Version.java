package campana.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/// The version that the build wrote down.
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    return new String[] {"campana " + text()};
  }

  /// Such as `0.1.0`.
  static String text() throws IOException {
    try (var in = Version.class.getResourceAsStream("version.txt")) {
      return in == null
          ? "of an unfinished build"
          : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
