package campana.cli.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the config file is.
public final class ConfigPlace {
  /// For a service that a package manager set up.
  static final Path SYSTEM = Path.of("/etc/campana/campana.yaml");

  private ConfigPlace() {}

  /// `--config`, else `CAMPANA_CONFIG` (both must exist, which the reader says), else
  /// `DATA/campana.yaml`, else the system's place; empty where there is none of them.
  public static Optional<Path> find(
      @Nullable Path flag, Map<String, String> environment, Path data) {
    if (flag != null) {
      return Optional.of(flag);
    }
    var variable = environment.getOrDefault("CAMPANA_CONFIG", "");
    if (!variable.isEmpty()) {
      return Optional.of(Path.of(variable));
    }
    var own = data.resolve("campana.yaml");
    return Files.exists(own)
        ? Optional.of(own)
        : Files.exists(SYSTEM) ? Optional.of(SYSTEM) : Optional.empty();
  }
}
