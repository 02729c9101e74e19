package campana.testkit;

/// The databases that a promise holds on.
public enum Kind {
  SQLITE,
  POSTGRESQL,

  /// What the program takes for Citus: see [campana.testdb.TestCitus].
  CITUS
}
