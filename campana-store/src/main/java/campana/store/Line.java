package campana.store;

/// A connection, with what its kind of database does to begin and to end a transaction. Belongs to
/// one thread at a time.
interface Line extends AutoCloseable {
  /// @throws StoreFailure nothing has begun
  void begin();

  /// The same for a transaction that keeps to one bucket, as far as that makes a difference.
  ///
  /// @param bucket [Work#ANY]: it does not
  default void begin(int bucket) {
    begin();
  }

  /// Of the transaction that has begun.
  Tx tx();

  /// Returns once what was written is safe.
  ///
  /// @throws StoreFailure nothing was stored, but for [Fault#UNKNOWN] and [Fault#BROKEN]: then
  ///   nobody can tell
  void commit();

  /// Takes back what was done since the beginning, if it began at all. Throws nothing.
  void rollback();

  /// Whether it can begin once more. A writer's always can, as it finds itself another connection.
  boolean usable();

  @Override
  void close();
}
