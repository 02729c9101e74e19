package campana.cli;

import campana.cli.config.Key;
import campana.cli.config.Keys;
import campana.cli.serve.RunningConfig;
import campana.cli.serve.Serving;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A server in this JVM on a free port, and commands that find it by its data folder.
public final class Live implements AutoCloseable {
  private final Path data;
  private final Serving serving;

  private Live(Path data, Serving serving) {
    this.data = data;
    this.serving = serving;
  }

  public static Live start(Path data) {
    return start(data, Map.of(Keys.PORT, "0"));
  }

  /// @param database as `--database` takes it
  public static Live start(Path data, String database) {
    return start(data, Map.of(Keys.PORT, "0", Keys.DATABASE, database));
  }

  private static Live start(Path data, Map<Key<?>, String> flags) {
    var begun = RunningConfig.begin(data, null, Map.of(), flags);
    if (begun instanceof RunningConfig.Begun.Valid(var config)) {
      return new Live(data, Serving.start(data, config, Map.of(), InstantSource.system(), _ -> {}));
    }
    throw new AssertionError(begun.toString());
  }

  public Serving serving() {
    return serving;
  }

  public Path data() {
    return data;
  }

  /// Runs a command about this server.
  public Ran campana(String... arguments) {
    var line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--data", data.toString()));
    return Ran.campana(line.toArray(String[]::new));
  }

  /// The same, and it must go well.
  ///
  /// @return what it printed
  public String says(String... arguments) {
    var ran = campana(arguments);
    if (ran.exitCode() != 0) {
      throw new AssertionError(String.join(" ", arguments) + ": " + ran);
    }
    return ran.out();
  }

  @Override
  public void close() {
    serving.close();
  }
}
