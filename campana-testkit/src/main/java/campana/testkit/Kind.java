package campana.testkit;

/// The databases that a promise holds on.
public enum Kind {
  SQLITE,
  POSTGRESQL
}
