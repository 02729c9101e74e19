package campana.testdb;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/// One server for all tests of a JVM. What it holds is lost with it, so it syncs nothing.
public final class TestPostgres {
  private static final ConcurrentMap<Path, String> SCHEMAS = new ConcurrentHashMap<>();
  private static final AtomicInteger NEXT = new AtomicInteger();

  private TestPostgres() {}

  /// Begins with the first look at it.
  private static final class Running {
    static final EmbeddedPostgres SERVER = start();

    private Running() {}

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setPGStartupWait(Duration.ofMinutes(1)) // a busy machine
            .setServerConfig("fsync", "off")
            .setServerConfig("full_page_writes", "off")
            .setServerConfig("shared_buffers", "32MB")
            .setServerConfig("deadlock_timeout", "50ms")
            .setServerConfig("shared_preload_libraries", "pg_stat_statements")
            .setServerConfig("pg_stat_statements.max", "20000")
            .setLocaleConfig("encoding", "UTF8")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException("a PostgreSQL for tests; wanted: unshare(1) where root", e);
      }
    }
  }

  /// As `--database` takes it.
  public static String url() {
    return "postgresql://postgres@127.0.0.1:" + port() + "/postgres";
  }

  /// A database that nobody else has, as `--database` takes it.
  public static String ofItsOwn() {
    var name = "own_" + NEXT.incrementAndGet();
    execute("create database " + name);
    return "postgresql://postgres@127.0.0.1:" + port() + "/" + name;
  }

  /// Runs a statement as the server's owner.
  ///
  /// @return its first column, where it has rows
  public static Optional<String> execute(String sql) {
    return execute(url(), sql);
  }

  /// The same in one of the server's databases.
  public static Optional<String> execute(String url, String sql) {
    return execute(Running.SERVER, url.substring(url.lastIndexOf('/') + 1), sql);
  }

  static Optional<String> execute(EmbeddedPostgres server, String database, String sql) {
    try (var connection = server.getDatabase("postgres", database).getConnection();
        var statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return Optional.empty();
      }
      try (var rows = statement.getResultSet()) {
        return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  static Connection connect(String database) throws SQLException {
    return Running.SERVER.getDatabase("postgres", database).getConnection();
  }

  public static int port() {
    return Running.SERVER.getPort();
  }

  /// A name for whoever has this folder, as one test alone does: the same each time.
  public static String schema(Path folder) {
    return SCHEMAS.computeIfAbsent(
        folder.toAbsolutePath().normalize(), _ -> "test_" + NEXT.incrementAndGet());
  }
}
