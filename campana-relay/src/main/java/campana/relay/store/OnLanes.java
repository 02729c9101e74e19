package campana.relay.store;

import campana.store.Tx;
import campana.store.Work;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/// A unit of work with the lanes that it is about. Where other processes may change them, too, the
/// lanes of all units of a transaction are locked together, in one order everywhere, before any of
/// them runs: see [LaneBook].
///
/// @param <T> its result
record OnLanes<T>(Supplier<? extends Collection<String>> lanes, Work<T> work) implements Work<T> {
  static <T> OnLanes<T> one(String laneId, Work<T> work) {
    return new OnLanes<>(() -> List.of(laneId), work);
  }

  @Override
  public T run(Tx tx) {
    return work.run(tx);
  }
}
