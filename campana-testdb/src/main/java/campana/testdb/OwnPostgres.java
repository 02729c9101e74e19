package campana.testdb;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A server of a test's own, with its data in a folder: it can be stopped, killed and started
/// again, and another one can follow it and take over. Tests that only need a database take
/// [TestPostgres].
///
/// As the jar starts it, a commit does not wait for its log, so a kill loses some: unless whoever
/// commits asks for that, as the program does.
public final class OwnPostgres implements AutoCloseable {
  /// The most connections it takes.
  public static final int CONNECTIONS = 60;

  private static final String END_ALL =
      """
      select count(pg_terminate_backend(pid)) from pg_stat_activity
       where application_name like 'campana %'\
      """;
  private static final Set<String> ITS_OWN =
      Set.of("postmaster.pid", "postmaster.opts", "epg-lock");

  private final Path data;
  private int port; // 0: not known yet
  private @Nullable EmbeddedPostgres server;

  private OwnPostgres(Path data) {
    this.data = data;
  }

  /// @param data is made
  public static OwnPostgres start(Path data) {
    var postgres = new OwnPostgres(data);
    postgres.start();
    return postgres;
  }

  /// With the data as they are, at the same port as before.
  public void start() {
    try {
      var started =
          EmbeddedPostgres.builder()
              .setPGStartupWait(Duration.ofMinutes(1)) // a busy machine
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setPort(port)
              .setServerConfig("fsync", "off") // processes die here, and no machine
              .setServerConfig("shared_buffers", "32MB")
              .setServerConfig("max_connections", Integer.toString(CONNECTIONS))
              .setLocaleConfig("encoding", "UTF8")
              .start();
      port = started.getPort();
      server = started;
    } catch (IOException e) {
      throw new UncheckedIOException("a PostgreSQL for tests; wanted: unshare(1) where root", e);
    }
  }

  private EmbeddedPostgres server() {
    return Objects.requireNonNull(server, "it is stopped");
  }

  public int port() {
    return port;
  }

  /// Ends connections, and then itself in order.
  public void stop() {
    try {
      server().close();
      server = null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// SIGKILL.
  public void kill() throws Exception {
    var pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip();
    var process = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    process.destroyForcibly();
    process.onExit().get(30, TimeUnit.SECONDS);
    try {
      server().close(); // lets go of the folder
    } catch (IOException e) {
      // there is nothing to stop
    }
    server = null;
  }

  /// One that follows this one, whose commits from then on wait for it. This one is started anew
  /// for that.
  public OwnPostgres follower(Path copy) {
    stop();
    var follower = new OwnPostgres(copy);
    try {
      Files.walkFileTree(data, new Copying(data, copy));
      Files.createFile(copy.resolve("standby.signal"));
      Files.writeString(
          copy.resolve("postgresql.auto.conf"),
          "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres application_name=follower'\n"
              .formatted(port),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
    follower.start();
    execute("alter system set synchronous_standby_names = '*'");
    execute("select pg_reload_conf()");
    return follower;
  }

  private static final class Copying extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    Copying(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      Files.copy(folder, to.resolve(from.relativize(folder)), StandardCopyOption.COPY_ATTRIBUTES);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (!ITS_OWN.contains(String.valueOf(file.getFileName()))) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
      return FileVisitResult.CONTINUE;
    }
  }

  /// Whether commits wait for a follower.
  public boolean followed() {
    return execute("select 1 from pg_stat_replication where sync_state = 'sync'").isPresent();
  }

  /// From now on it takes writes, and follows no more.
  public void takeOver() {
    execute("alter system reset synchronous_standby_names");
    execute("select pg_promote()");
  }

  /// Runs a statement as the server's owner.
  ///
  /// @return its first column, where it has rows
  public Optional<String> execute(String sql) {
    return TestPostgres.execute(server(), "postgres", sql);
  }

  /// All connections, until the result is closed. Those of the program are ended, as often as it
  /// opens new ones before they are taken.
  public AutoCloseable takeAllConnections() throws SQLException {
    var taken = new ArrayList<Connection>();
    do {
      try {
        while (taken.size() < 2 * CONNECTIONS) {
          taken.add(server().getPostgresDatabase().getConnection());
        }
      } catch (SQLException e) {
        // all are taken
      }
    } while (endsAny(taken.getFirst()));
    return () -> {
      for (var connection : taken) {
        connection.close();
      }
    };
  }

  private static boolean endsAny(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(END_ALL)) {
      return rows.next() && rows.getInt(1) > 0;
    }
  }

  @Override
  public void close() {
    if (server != null) {
      stop();
    }
  }
}
