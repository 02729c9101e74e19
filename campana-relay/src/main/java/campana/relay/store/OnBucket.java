package campana.relay.store;

import campana.store.Tx;
import campana.store.Work;

/// A unit of work about one bucket.
///
/// @param <T> its result
record OnBucket<T>(int bucket, Work<T> work) implements Work<T> {
  @Override
  public T run(Tx tx) {
    return work.run(tx);
  }
}
