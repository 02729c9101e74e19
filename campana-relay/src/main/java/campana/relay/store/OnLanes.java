package campana.relay.store;

import campana.store.Buckets;
import campana.store.Tx;
import campana.store.Work;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/// A unit of work with the lanes that it is about. Where other processes may change them, too, the
/// lanes of all units of a transaction are locked together, in one order everywhere, before any of
/// them runs: see [LaneBook].
///
/// @param without the bucket of what it writes where it is about no lane
/// @param <T> its result
record OnLanes<T>(Supplier<? extends Collection<String>> lanes, int without, Work<T> work)
    implements Work<T> {
  static <T> OnLanes<T> one(String laneId, Work<T> work) {
    return new OnLanes<>(() -> List.of(laneId), ANY, work);
  }

  @Override
  public int bucket() {
    var buckets = lanes.get().stream().mapToInt(Buckets::of).distinct().limit(2).toArray();
    return switch (buckets.length) {
      case 0 -> without;
      case 1 -> buckets[0];
      default -> ANY;
    };
  }

  @Override
  public T run(Tx tx) {
    return work.run(tx);
  }
}
