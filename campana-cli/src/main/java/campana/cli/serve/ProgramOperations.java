package campana.cli.serve;

import campana.cli.config.ConfigRead;
import campana.cli.config.Mistake;
import campana.relay.store.RelaySchema;
import campana.server.Change;
import campana.server.Operations;
import campana.server.ServerSettings;
import campana.server.store.ChatSchema;
import campana.store.Backup;
import campana.store.CannotOpen;
import campana.store.DataFolder;
import campana.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the program itself can do while its server runs: backup, reload, doctor.
final class ProgramOperations implements Operations {
  private static final Logger log = LoggerFactory.getLogger(ProgramOperations.class);

  private final DataFolder folder;
  private final Database database;
  private final RelayPart relay;
  private final Path keyFile;
  private final RunningConfig config;
  private final InstantSource clock;
  private volatile Consumer<ServerSettings> server = _ -> {};

  ProgramOperations(
      DataFolder folder,
      Database database,
      RelayPart relay,
      Path keyFile,
      RunningConfig config,
      InstantSource clock) {
    this.folder = folder;
    this.database = database;
    this.relay = relay;
    this.keyFile = keyFile;
    this.config = config;
    this.clock = clock;
  }

  /// @param reload hands the server its new settings
  void serve(Consumer<ServerSettings> reload) {
    server = reload;
  }

  @Override
  public synchronized Change<List<String>> reload() {
    return switch (config.read()) {
      case ConfigRead.Invalid(var mistakes) ->
          new Change.Wrong<>(
              "config", mistakes.stream().map(Mistake::line).collect(Collectors.joining("\n")));
      case ConfigRead.Valid(var fresh) -> {
        var restart = config.current().needRestart(fresh);
        try {
          relay.take(fresh.relay()); // first: it alone may fail
        } catch (CannotOpen e) {
          yield new Change.Wrong<>("config", String.valueOf(e.getMessage()));
        }
        config.take(fresh);
        server.accept(fresh.settings());
        log.info("The config was taken over{}", restart.isEmpty() ? "" : needing(restart));
        yield new Change.Done<>(restart);
      }
    };
  }

  private static String needing(List<String> keys) {
    return ", but for what needs a restart: " + String.join(", ", keys);
  }

  /// The same for a signal, which nobody answers: the log says how it went.
  void reloadNow() {
    if (reload() instanceof Change.Wrong<List<String>>(_, var why)) {
      why.lines().forEach(line -> log.error("The config stays as it was: {}", line));
    }
  }

  @Override
  public List<Finding> doctor() {
    var now = Instant.ofEpochMilli(clock.millis());
    var running = config.current();
    return new Doctor()
        .disk(folder.path(), diskUsed())
        .clock(now)
        .files(
            List.of(
                keyFile,
                folder.file("server.json"),
                folder.file(ChatSchema.FILE),
                folder.file(RelaySchema.FILE)))
        .relay(relay.trouble())
        .address(running)
        .certificate(running.http(), now)
        .config(running, config.read())
        .findings();
  }

  @Override
  public double diskUsed() {
    try {
      var store = Files.getFileStore(folder.path());
      var total = store.getTotalSpace();
      return total <= 0 ? 0 : 1 - (double) store.getUsableSpace() / total;
    } catch (IOException e) {
      return 0; // a file system that does not say
    }
  }

  @Override
  public Optional<Alarm> alarm() {
    return relay.alarm();
  }

  private List<Database> databases() {
    return Stream.concat(Stream.of(database), relay.database().stream()).toList();
  }

  @Override
  public Change<List<String>> backup(Path file, boolean withoutKey) {
    var others = new HashMap<String, Path>();
    others.put(BackupNames.CONFIG, folder.file(BackupNames.CONFIG));
    if (!withoutKey) {
      others.put(BackupNames.KEY, keyFile);
    }
    return switch (Backup.write(databases(), others, file)) {
      case Backup.Result.Done(var names) ->
          new Change.Done<>(names.stream().map(BackupNames::told).toList());
      case Backup.Result.Failed(var why) -> new Change.Wrong<>("path", why);
    };
  }
}
