package campana.store;

import java.sql.SQLException;

/// What a failed statement means for its transaction and for those after it.
enum Fault {
  /// A unique or primary key, a not-null or a check stood against it.
  CONSTRAINT,
  /// The statement itself: a mistake in it, a value that does not fit.
  MISTAKE,
  /// The disk is full. Nothing was stored; later there may be room.
  FULL,
  /// What is on the disk is not to be trusted: only a fresh start reads it anew.
  BROKEN,
  /// The transaction is void for no reason of its own, as where two waited for one another: it can
  /// be run again at once.
  AGAIN,
  /// The connection is gone, and with it a transaction that was not to be committed yet: it can be
  /// run again on another one.
  LOST,
  /// There is no connection to be had right now.
  AWAY,
  /// Whether the commit happened could not be found out.
  UNKNOWN;

  /// Tells it from a driver's exception.
  interface Teller {
    Fault of(SQLException e);
  }

  /// Whether the same work may well succeed when it is run again.
  boolean passing() {
    return this == AGAIN || this == LOST;
  }
}
