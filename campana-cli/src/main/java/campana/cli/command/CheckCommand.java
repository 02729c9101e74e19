package campana.cli.command;

import campana.cli.api.Failure;
import campana.cli.config.ConfigPlace;
import campana.cli.config.ConfigRead;
import campana.cli.config.ConfigReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `campana check`
@Command(name = "check", description = "Says every mistake of a config, and changes nothing.")
final class CheckCommand implements Callable<Integer> {
  private final Shell shell;

  @Parameters(
      paramLabel = "CONFIG",
      arity = "0..1",
      description = "the file (default: CAMPANA_CONFIG, DATA/campana.yaml, /etc/campana)")
  private @Nullable Path config;

  CheckCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    var place = ConfigPlace.find(config, shell.environment(), shell.data());
    return switch (ConfigReader.read(place, shell.environment(), Map.of())) {
      case ConfigRead.Valid _ -> {
        shell.say(place.map(file -> file + ": valid").orElse("no config file; all is as usual"));
        yield 0;
      }
      case ConfigRead.Invalid invalid -> {
        told(shell, invalid, place);
        yield Failure.USAGE;
      }
    };
  }

  /// Prints all mistakes, one a line.
  static void told(Shell shell, ConfigRead.Invalid invalid, Optional<Path> place) {
    invalid.mistakes().forEach(mistake -> shell.tell(mistake.line()));
    var count = invalid.mistakes().size();
    shell.tell(
        place.map(Path::toString).orElse("config")
            + ": "
            + (count == 1 ? "1 mistake" : count + " mistakes"));
  }
}
