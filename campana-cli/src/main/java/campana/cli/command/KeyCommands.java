package campana.cli.command;

import campana.cli.api.Failure;
import campana.cli.config.ConfigPlace;
import campana.cli.config.Key;
import campana.cli.config.Keys;
import campana.cli.serve.NewKey;
import campana.cli.serve.RunningConfig;
import campana.store.CannotOpen;
import java.nio.file.Path;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `campana key …`
@Command(name = "key", description = "The key that seals stored secrets.")
final class KeyCommands {
  private final Shell shell;

  KeyCommands(Shell shell) {
    this.shell = shell;
  }

  @Command(
      description = {
        "Makes a new key and seals every stored secret with it; the server must be stopped.",
        "Older keys stay in the file, as older backups need them. Where several processes share"
            + " a PostgreSQL all are stopped first, and each gets the new file before it starts."
      })
  int rotate(
      @Option(
              names = "--database",
              paramLabel = "URL",
              description = "as for serve (default: what the config says)")
          @Nullable String database,
      @Option(names = "--config", paramLabel = "FILE", description = "as for serve")
          @Nullable Path config) {
    var flags = new HashMap<Key<?>, String>();
    if (database != null) {
      flags.put(Keys.DATABASE, database);
    }
    return switch (RunningConfig.begin(shell.data(), config, shell.environment(), flags)) {
      case RunningConfig.Begun.Valid(var running) -> rotate(running);
      case RunningConfig.Begun.Invalid(var mistakes) -> { // it may name another database
        CheckCommand.told(
            shell, mistakes, ConfigPlace.find(config, shell.environment(), shell.data()));
        yield Failure.USAGE;
      }
    };
  }

  private int rotate(RunningConfig config) {
    try {
      var address = config.current().database();
      var file = NewKey.make(shell.data(), address, shell.environment(), shell::tell);
      if (address.isPresent()) {
        shell.tell("Each process on that database needs a copy of it before it starts");
      }
      shell.say(file.toString());
      return 0;
    } catch (CannotOpen e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }
}
