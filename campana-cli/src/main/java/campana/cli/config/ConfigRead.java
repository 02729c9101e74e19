package campana.cli.config;

import java.util.List;

/// What became of reading a config.
public sealed interface ConfigRead {
  record Valid(ServeConfig config) implements ConfigRead {}

  /// @param mistakes all of them, in the order of the file; at least one
  record Invalid(List<Mistake> mistakes) implements ConfigRead {}
}
