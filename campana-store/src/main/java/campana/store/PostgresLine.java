package campana.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/// A connection to PostgreSQL. The driver sends the beginning of a transaction with its first
/// statement.
final class PostgresLine implements Line {
  private static final String DURABLE =
      """
      select set_config('synchronous_commit', 'on', false)
       where current_setting('synchronous_commit') = 'off'\
      """;

  private final Connection connection;
  private final Tx tx;

  /// @param spread [Engine#spread]
  PostgresLine(Connection connection, boolean spread) {
    this.connection = connection;
    this.tx = new Tx(connection, Postgres::fault, Postgres::storable, !spread, spread);
  }

  /// From now on its commits are on disk when they are answered, whatever the database was set to;
  /// where it was set to wait for more than that, it does.
  void durable() {
    try {
      connection.setAutoCommit(true);
      tx.query(DURABLE, _ -> true);
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw new StoreFailure("asking for durable commits", e, Postgres.fault(e));
    }
  }

  @Override
  public void begin() {
    // see above
  }

  @Override
  public Tx tx() {
    return tx;
  }

  @Override
  public void commit() {
    tx.commit();
  }

  @Override
  public void rollback() {
    tx.forget();
    try {
      connection.rollback();
    } catch (SQLException e) {
      close(); // the server does it when it finds the connection gone
    }
  }

  @Override
  public boolean usable() {
    try {
      return !tx.lost() && !connection.isClosed();
    } catch (SQLException e) {
      return false;
    }
  }

  /// @param into the table with its columns
  PostgresCopy copy(String into) {
    var sql = "copy " + into + " from stdin";
    try {
      return new PostgresCopy(into, connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql));
    } catch (SQLException e) {
      throw new StoreFailure(sql, e, Postgres.fault(e));
    }
  }

  /// The number of the server's process at its other end.
  int process() {
    try {
      return connection.unwrap(PGConnection.class).getBackendPID();
    } catch (SQLException e) {
      throw new StoreFailure("asking for the process", e, Postgres.fault(e));
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // what was committed is safe already
    }
  }
}
