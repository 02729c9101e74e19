package campana.store;

import java.sql.SQLException;

/// A statement failed: a constraint, a mistake in the SQL, the disk, or the way to the database.
/// The unit it belonged to was rolled back.
public final class StoreFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

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

  Fault fault() {
    return fault;
  }

  /// The same failure where it means something else.
  StoreFailure as(Fault other) {
    return new StoreFailure(this, other);
  }
}
