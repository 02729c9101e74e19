package campana.relay.store;

import campana.store.Row;
import java.nio.ByteBuffer;
import java.util.Comparator;

/// By what a row is found that lies anywhere in its table.
///
/// @param name what the hash is of, such as the route
/// @param high of the hash's 16 bytes
record LaterKey(int bucket, String lane, String name, long high, long low) {
  /// As the table has them.
  static final Comparator<LaterKey> ORDER =
      Comparator.comparingInt(LaterKey::bucket)
          .thenComparing(LaterKey::lane)
          .thenComparing(LaterKey::name)
          .thenComparing(LaterKey::high, Long::compareUnsigned)
          .thenComparing(LaterKey::low, Long::compareUnsigned);

  static LaterKey of(LaneRow lane, String name, byte[] hash) {
    return of(lane.bucket, lane.lane.id(), name, hash);
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
}
