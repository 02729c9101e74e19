package campana.store;

/// Keeps state in memory that follows the transactions. All calls come from the writer's thread,
/// between transactions; they are quick and throw nothing.
public interface Participant {
  /// What the units since the last call changed is on disk.
  void committed();

  /// What the units since the last call changed is void; they may run again.
  void rolledBack();
}
