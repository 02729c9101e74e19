package campana.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/// A PostgreSQL out of a jar that keeps what it was told: it syncs each commit.
final class PgServer implements AutoCloseable {
  private final EmbeddedPostgres server;
  private final long pid;

  /// @param folder for its data; what was there before goes
  PgServer(Path folder) throws IOException {
    this(folder, false);
  }

  /// @param keep whether what is in the folder stays, now and at the end
  PgServer(Path folder, boolean keep) throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder)
            .setCleanDataDirectory(!keep)
            .setPGStartupWait(Duration.ofMinutes(1))
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("shared_buffers", "1GB")
            .setServerConfig("max_wal_size", "8GB")
            .setLocaleConfig("encoding", "UTF8")
            .start();
    pid = Long.parseLong(Files.readAllLines(folder.resolve("postmaster.pid")).getFirst().strip());
    for (var setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
      if (!"on".equals(first("show " + setting))) {
        throw new IllegalStateException(setting + " is off; wanted: on");
      }
    }
  }

  /// As `--database` takes it.
  String url(String database) {
    return "postgresql://postgres@127.0.0.1:" + server.getPort() + "/" + database;
  }

  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database, "postgres", "");
  }

  /// The first column of the first row.
  String first(String sql) {
    return first("postgres", sql);
  }

  String first(String database, String sql) {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (var rows = statement.getResultSet()) {
        return rows.next() ? rows.getString(1) : "";
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /// What all its processes have used so far, those that are gone included.
  long cpuMicros() throws IOException {
    return Cpu.ofFamily(pid);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
