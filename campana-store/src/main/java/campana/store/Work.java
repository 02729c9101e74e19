package campana.store;

/// A unit of work inside one transaction. It may run again after a rollback, so it changes nothing
/// outside the database except through [Tx#afterCommit].
///
/// @param <T> what it finds out
@FunctionalInterface
public interface Work<T> {
  /// No bucket, or more than one.
  int ANY = -1;

  T run(Tx tx);

  /// The bucket that all it reads and writes is in. Where buckets are spread over nodes, units
  /// share a transaction only with others of the same one, and the rest is alone in its own.
  default int bucket() {
    return ANY;
  }
}
