package campana.relay.store;

import campana.relay.outbox.Lane;
import campana.store.Buckets;
import campana.store.Row;
import java.nio.ByteBuffer;

/// By what a row is found that lies anywhere in its table.
///
/// @param name what the hash is of, such as the route
/// @param high of the hash's 16 bytes
record LaterKey(int bucket, String lane, String name, long high, long low)
    implements Comparable<LaterKey> {
  static LaterKey of(Lane lane, String name, byte[] hash) {
    return of(Buckets.of(lane.id()), lane.id(), name, hash);
  }

  /// @param row that has bucket and lane
  static LaterKey of(Row row, String name, byte[] hash) {
    return of((int) row.number("bucket"), row.text("lane"), name, hash);
  }

  private static LaterKey of(int bucket, String lane, String name, byte[] hash) {
    var bytes = ByteBuffer.wrap(hash);
    return new LaterKey(bucket, lane, name, bytes.getLong(), bytes.getLong());
  }

  byte[] hash() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
  }

  /// In the order of the table.
  @Override
  public int compareTo(LaterKey other) {
    var order = Integer.compare(bucket, other.bucket);
    order = order == 0 ? lane.compareTo(other.lane) : order;
    order = order == 0 ? name.compareTo(other.name) : order;
    order = order == 0 ? Long.compareUnsigned(high, other.high) : order;
    return order == 0 ? Long.compareUnsigned(low, other.low) : order;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof LaterKey other
        && high == other.high
        && low == other.low
        && bucket == other.bucket
        && name.equals(other.name)
        && lane.equals(other.lane);
  }
}
