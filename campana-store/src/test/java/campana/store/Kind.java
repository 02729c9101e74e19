package campana.store;

/// The databases that every promise holds on.
enum Kind {
  SQLITE,
  POSTGRESQL
}
