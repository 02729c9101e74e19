package campana.store;

import java.util.List;

/// Keeps state in memory that follows the transactions. All calls come from the writer's thread and
/// are quick; the last two throw nothing.
public interface Participant {
  /// A transaction has begun, and these units will run in it, in this order: the chance to read for
  /// all of them at once. What fails here is rolled back.
  default void begun(Tx tx, List<Work<?>> units) {}

  /// All units of the transaction have run: the last chance to write. What fails here is rolled
  /// back with them.
  default void beforeCommit(Tx tx) {}

  /// What the units since the last call changed is on disk.
  void committed();

  /// What the units since the last call changed is void; they may run again.
  void rolledBack();
}
