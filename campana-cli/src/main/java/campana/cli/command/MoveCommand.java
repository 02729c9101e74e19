package campana.cli.command;

import campana.cli.api.Failure;
import campana.cli.config.Keys;
import campana.cli.serve.Moving;
import campana.store.CannotOpen;
import campana.store.Move;
import campana.store.PostgresAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `campana move`
@Command(
    name = "move",
    description = {
      "Copies what a data folder's databases hold into a PostgreSQL that holds nothing yet, all of"
          + " it or nothing, and compares the two; the server must be stopped.",
      "The folder stays as it is, and so does the key file, which each process needs afterwards."
    })
final class MoveCommand implements Runnable {
  private static final Duration LONG = Duration.ofSeconds(2);

  private final Shell shell;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "the data folder (default: what --data says)")
  private @Nullable Path from;

  @Option(
      names = "--to",
      paramLabel = "URL",
      description = "postgresql://USER:PASSWORD@HOST:PORT/NAME (default: CAMPANA_DATABASE)")
  private @Nullable String to;

  MoveCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    var address = address();
    var folder = from == null ? shell.data() : from;
    var begun = shell.clock().instant();
    try {
      var moved = Moving.run(folder, address, shell.environment(), new Told(begun));
      var rows = moved.rows().values().stream().mapToLong(Long::longValue).sum();
      var seconds = Math.max(1, Duration.between(begun, shell.clock().instant()).toMillis()) / 1e3;
      shell.tell("%d rows in %.1f s, %.0f a second".formatted(rows, seconds, rows / seconds));
      shell.tell(
          "The key stays in " + moved.key() + "; each process on that database needs a copy of it");
      shell.tell(
          "Next: name the database to serve (server.database or "
              + Keys.DATABASE.variable()
              + "); without that it would go on with the folder's files, which are not needed any"
              + " more");
      shell.say(address.toString());
    } catch (CannotOpen e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }

  private PostgresAddress address() {
    var named = to == null ? shell.environment().getOrDefault(Keys.DATABASE.variable(), "") : to;
    if (named.isEmpty()) {
      throw Failure.usage("--to: wanted postgresql://USER:PASSWORD@HOST:PORT/NAME");
    }
    try {
      return PostgresAddress.parse(named);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("--to: " + e.getMessage());
    }
  }

  /// A line for each table, and one every two seconds of a large one where somebody looks on.
  private final class Told implements Move.Progress {
    private Instant last;

    Told(Instant begun) {
      last = begun;
    }

    @Override
    public void copied(String table, long rows, long of) {
      var now = shell.clock().instant();
      if (shell.watched() && Duration.between(last, now).compareTo(LONG) >= 0) {
        last = now;
        shell.tell("%s: %d of %d rows copied".formatted(table, rows, of));
      }
    }

    @Override
    public void compared(String table, long rows) {
      last = shell.clock().instant();
      shell.tell(table + ": " + rows + " rows, the same on both sides");
    }
  }
}
