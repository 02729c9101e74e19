package campana.store;

import java.sql.SQLException;

/// A statement failed: a constraint, a mistake in the SQL, the disk, or the way to the database.
/// The unit it belonged to was rolled back.
public final class StoreFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private static final String READ_ONLY = "25006";

  private final Fault fault;

  StoreFailure(String what, SQLException cause, Fault fault) {
    super(what + ": " + cause.getMessage(), cause);
    this.fault = fault;
  }

  private StoreFailure(StoreFailure cause, Fault fault) {
    super(cause.getMessage(), cause);
    this.fault = fault;
  }

  /// Whether a unique or primary key, a not-null or a check stood against it.
  public boolean constraint() {
    return fault == Fault.CONSTRAINT;
  }

  /// Whether it wrote where that is not allowed.
  boolean wrote() {
    Throwable cause = this;
    while (cause instanceof StoreFailure) {
      cause = cause.getCause();
    }
    return cause instanceof SQLException e && READ_ONLY.equals(e.getSQLState());
  }

  Fault fault() {
    return fault;
  }

  /// The same failure where it means something else.
  StoreFailure as(Fault other) {
    return new StoreFailure(this, other);
  }
}
