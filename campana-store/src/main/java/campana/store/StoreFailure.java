package campana.store;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/// A statement failed: a constraint, a mistake in the SQL, or the disk. The unit it belonged to was
/// rolled back.
public final class StoreFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int primaryCode;

  StoreFailure(String what, SQLException cause) {
    super(what + ": " + cause.getMessage(), cause);
    this.primaryCode = cause.getErrorCode() & 0xff;
  }

  /// Whether a unique or primary key, a not-null or a check stood against it.
  public boolean constraint() {
    return primaryCode == SQLiteErrorCode.SQLITE_CONSTRAINT.code;
  }

  boolean full() {
    return primaryCode == SQLiteErrorCode.SQLITE_FULL.code;
  }

  /// After these SQLite's state on disk is not to be trusted: only a fresh start reads it anew.
  boolean fatal() {
    return primaryCode == SQLiteErrorCode.SQLITE_IOERR.code
        || primaryCode == SQLiteErrorCode.SQLITE_CORRUPT.code
        || primaryCode == SQLiteErrorCode.SQLITE_NOTADB.code
        || primaryCode == SQLiteErrorCode.SQLITE_READONLY.code;
  }
}
