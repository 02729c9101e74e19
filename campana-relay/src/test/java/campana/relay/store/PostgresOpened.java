package campana.relay.store;

import campana.relay.outbox.Caps;
import campana.testdb.TestCitus;
import campana.testdb.TestPostgres;
import campana.testkit.FreshDatabase;
import campana.testkit.Kind;
import campana.testkit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// An outbox in a schema of a real PostgreSQL.
public final class PostgresOpened extends StoreOpened {
  private final String url;
  private final String schema;

  private PostgresOpened(
      String url,
      Path folder,
      String schema,
      FreshDatabase fresh,
      Caps caps,
      Duration alarmAfter,
      InstantSource clock) {
    super(folder, fresh, caps, alarmAfter, clock);
    this.url = url;
    this.schema = schema;
  }

  public static PostgresOpened at(
      Path folder, Caps caps, Duration alarmAfter, InstantSource clock) {
    return at(Kind.POSTGRESQL, folder, caps, alarmAfter, clock);
  }

  static PostgresOpened at(
      Kind kind, Path folder, Caps caps, Duration alarmAfter, InstantSource clock) {
    var schema = TestPostgres.schema(folder.resolve(RelaySchema.FILE));
    var fresh = FreshDatabase.of(kind, folder, RelaySchema.FILE, RelaySchema.migrations());
    var url = kind == Kind.CITUS ? TestCitus.url() : TestPostgres.url();
    return new PostgresOpened(url, folder, schema, fresh, caps, alarmAfter, clock);
  }

  /// Another process on the same database, which knows nothing but what is in it.
  public PostgresOpened node() {
    var target = beside("node");
    return new PostgresOpened(url, target, schema, fresh.copiedTo(target), caps, alarmAfter, clock);
  }

  /// A start voids nobody's lease: what a dead one held is free when its time is over.
  @Override
  public void begin(ManualClock now) {
    now.advance(Leases.LASTS);
    backlog().lease(now.instant());
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
        DriverManager.getConnection("jdbc:" + url.replace("postgres@", ""), "postgres", "")) {
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
}
