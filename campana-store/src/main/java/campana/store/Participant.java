package campana.store;

/// Keeps state in memory that follows the transactions. All calls come from the writer's thread and
/// are quick; the last two throw nothing.
public interface Participant {
  /// All units of the transaction have run: the last chance to write. What fails here is rolled
  /// back with them.
  default void beforeCommit(Tx tx) {}

  /// What the units since the last call changed is on disk.
  void committed();

  /// What the units since the last call changed is void; they may run again.
  void rolledBack();
}
