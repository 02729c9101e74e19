package campana.cli.command;

import campana.cli.api.Failure;
import campana.cli.config.ConfigPlace;
import campana.cli.config.ConfigRead;
import campana.cli.config.ConfigReader;
import campana.relay.RelaySettings;
import java.nio.file.Path;
import java.util.Map;

/// The config as a command finds it, for those that look at routes.
///
/// @param file where it was read from
record RelayConfig(Path file, RelaySettings settings) {

  /// @throws Failure when there is no file, or mistakes, or no route in it
  static RelayConfig read(Shell shell) {
    var place = ConfigPlace.find(null, shell.environment(), shell.data());
    if (place.isEmpty()) {
      throw Failure.usage(
          "no config file; wanted one at "
              + shell.data().resolve("campana.yaml")
              + " with relay.routes");
    }
    return switch (ConfigReader.read(place, shell.environment(), Map.of())) {
      case ConfigRead.Invalid invalid -> {
        CheckCommand.told(shell, invalid, place);
        throw Failure.usage("nothing was done");
      }
      case ConfigRead.Valid(var config) ->
          new RelayConfig(
              place.get(),
              config
                  .relay()
                  .orElseThrow(
                      () -> Failure.usage(place.get() + ": names no route and no upstream")));
    };
  }
}
