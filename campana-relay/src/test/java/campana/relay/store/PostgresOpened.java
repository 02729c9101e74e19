package campana.relay.store;

import campana.relay.outbox.Backlog;
import campana.relay.outbox.Caps;
import campana.relay.outbox.Opened;
import campana.relay.outbox.Outbox;
import campana.relay.outbox.Records;
import campana.relay.outbox.Watch;
import campana.store.Vault;
import campana.testdb.TestPostgres;
import campana.testkit.FreshDatabase;
import campana.testkit.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// An outbox in a schema of a real PostgreSQL.
public final class PostgresOpened implements Opened {
  private final Path folder;
  private final String schema;
  private final FreshDatabase fresh;
  private final Caps caps;
  private final Duration alarmAfter;
  private final InstantSource clock;
  private final RelayStore store;
  private volatile boolean diskLow;

  private PostgresOpened(
      Path folder,
      String schema,
      FreshDatabase fresh,
      Caps caps,
      Duration alarmAfter,
      InstantSource clock) {
    this.folder = folder;
    this.schema = schema;
    this.fresh = fresh;
    this.caps = caps;
    this.alarmAfter = alarmAfter;
    this.clock = clock;
    var vault = Vault.open(folder.resolve(Vault.KEY_FILE), true, new SecureRandom());
    this.store =
        new RelayStore(fresh.database(), vault, () -> caps, () -> alarmAfter, () -> diskLow, clock);
  }

  public static PostgresOpened at(
      Path folder, Caps caps, Duration alarmAfter, InstantSource clock) {
    var schema = TestPostgres.schema(folder.resolve(RelaySchema.FILE));
    var fresh =
        FreshDatabase.of(Kind.POSTGRESQL, folder, RelaySchema.FILE, RelaySchema.migrations());
    return new PostgresOpened(folder, schema, fresh, caps, alarmAfter, clock);
  }

  /// Another process on the same database, which knows nothing but what is in it.
  public PostgresOpened node() {
    try {
      var target = Files.createTempDirectory(folder.getParent(), "node");
      Files.copy(folder.resolve(Vault.KEY_FILE), target.resolve(Vault.KEY_FILE));
      return new PostgresOpened(target, schema, fresh.copiedTo(target), caps, alarmAfter, clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public RelayStore relay() {
    return store;
  }

  @Override
  public Outbox outbox() {
    return store.outbox();
  }

  @Override
  public Backlog backlog() {
    return store.backlog();
  }

  @Override
  public Records records() {
    return store.records();
  }

  @Override
  public Watch watch() {
    return store.watch();
  }

  @Override
  public Backlog rival() {
    var vault = Vault.open(folder.resolve(Vault.KEY_FILE), false, new SecureRandom());
    return new RelayStore(
            fresh.database(), vault, () -> caps, () -> alarmAfter, () -> diskLow, clock)
        .backlog();
  }

  @Override
  public PostgresOpened killed() {
    return node();
  }

  /// Every value of every row.
  @Override
  public byte[] bytes() {
    var whole = new ByteArrayOutputStream();
    try (var connection =
        DriverManager.getConnection(
            "jdbc:" + TestPostgres.url().replace("postgres@", ""), "postgres", "")) {
      for (var table : tables(connection)) {
        try (var statement = connection.createStatement();
            var rows = statement.executeQuery("select * from " + schema + "." + table)) {
          while (rows.next()) {
            for (var column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
              var value = rows.getBytes(column);
              whole.writeBytes(value == null ? new byte[0] : value);
            }
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return whole.toByteArray();
  }

  private List<String> tables(Connection connection) throws SQLException {
    var all = new ArrayList<String>();
    try (var tables =
        connection.getMetaData().getTables(null, schema, "%", new String[] {"TABLE"})) {
      while (tables.next()) {
        all.add(tables.getString("TABLE_NAME"));
      }
    }
    return all;
  }

  @Override
  public void diskLow(boolean low) {
    diskLow = low;
  }

  @Override
  public void close() {
    fresh.close();
  }
}
