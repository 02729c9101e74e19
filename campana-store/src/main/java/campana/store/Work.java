package campana.store;

/// A unit of work inside one transaction. It may run again after a rollback, so it changes nothing
/// outside the database except through [Tx#afterCommit].
///
/// @param <T> what it finds out
@FunctionalInterface
public interface Work<T> {
  T run(Tx tx);
}
