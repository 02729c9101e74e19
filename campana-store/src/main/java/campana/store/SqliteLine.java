package campana.store;

import java.sql.Connection;
import java.sql.SQLException;

/// A connection to a file. It lasts as long as the file is open.
final class SqliteLine implements Line {
  private final Connection connection;
  private final Tx tx;
  private final String begin;

  /// @param begin what a transaction begins with
  SqliteLine(Connection connection, String begin) {
    this.connection = connection;
    this.tx = new Tx(connection, Sqlite::fault);
    this.begin = begin;
  }

  @Override
  public void begin() {
    tx.update(begin);
  }

  @Override
  public Tx tx() {
    return tx;
  }

  /// With a full disk the commit's mark was not written, and SQLite itself would take it back.
  /// After any other failure nobody can know what is on the disk.
  @Override
  public void commit() {
    try {
      tx.update("commit");
    } catch (StoreFailure e) {
      throw e.fault() == Fault.FULL ? e : e.as(Fault.BROKEN);
    }
  }

  @Override
  public void rollback() {
    tx.forget();
    try {
      tx.update("rollback");
    } catch (StoreFailure e) {
      // SQLite has rolled back by itself, as it does when the disk is full
    }
  }

  @Override
  public boolean usable() {
    return true;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // what was committed is on disk already
    }
  }
}
