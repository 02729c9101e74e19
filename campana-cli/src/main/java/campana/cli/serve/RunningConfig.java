package campana.cli.serve;

import campana.cli.config.ConfigPlace;
import campana.cli.config.ConfigRead;
import campana.cli.config.ConfigReader;
import campana.cli.config.Key;
import campana.cli.config.ServeConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The config that is in force, and how to read it anew. Thread-safe.
public final class RunningConfig {
  private final Path data;
  private final @Nullable Path flag;
  private final Map<String, String> environment;
  private final Map<Key<?>, String> flags;
  private volatile ServeConfig current;
  private volatile OptionalInt listening = OptionalInt.empty();

  private RunningConfig(
      Path data,
      @Nullable Path flag,
      Map<String, String> environment,
      Map<Key<?>, String> flags,
      ServeConfig current) {
    this.data = data;
    this.flag = flag;
    this.environment = environment;
    this.flags = flags;
    this.current = current;
  }

  /// What became of the first reading.
  public sealed interface Begun {
    record Valid(RunningConfig config) implements Begun {}

    record Invalid(ConfigRead.Invalid mistakes) implements Begun {}
  }

  /// @param flag what `--config` says; null where it says nothing
  /// @param flags the other flags, which outweigh the file at each reading
  public static Begun begin(
      Path data, @Nullable Path flag, Map<String, String> environment, Map<Key<?>, String> flags) {
    var read = ConfigReader.read(ConfigPlace.find(flag, environment, data), environment, flags);
    return switch (read) {
      case ConfigRead.Valid(var config) ->
          new Begun.Valid(new RunningConfig(data, flag, environment, flags, config));
      case ConfigRead.Invalid invalid -> new Begun.Invalid(invalid);
    };
  }

  public ServeConfig current() {
    return current;
  }

  /// Reads it as it is now; changes nothing.
  ConfigRead read() {
    return ConfigReader.read(
        ConfigPlace.find(flag, environment, data), environment, flags, listening);
  }

  /// The server listens.
  void listensAt(int port) {
    listening = OptionalInt.of(port);
  }

  /// From now on this one is in force, but for what needs a restart.
  void take(ServeConfig config) {
    current =
        new ServeConfig(
            config.file(), current.database(), current.http(), config.settings(), config.relay());
  }
}
