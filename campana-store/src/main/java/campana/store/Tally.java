package campana.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How many rows there are, and the sum of their hashes: the same for the same rows in any order.
final class Tally {
  private static final byte NULL = 0;
  private static final byte NUMBER = 1;
  private static final byte TEXT = 2;
  private static final byte BYTES = 3;
  private static final int LONGS = 4;

  private final MessageDigest digest = sha256();
  private final long[] sums = new long[LONGS];
  private long rows;

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  void add(@Nullable Object[] row) {
    for (var value : row) {
      switch (value) {
        case null -> digest.update(NULL);
        case Long number -> part(NUMBER, ByteBuffer.allocate(8).putLong(number).array());
        case String text -> part(TEXT, text.getBytes(StandardCharsets.UTF_8));
        case byte[] bytes -> part(BYTES, bytes);
        default -> throw new IllegalArgumentException("a " + value.getClass());
      }
    }
    var hash = ByteBuffer.wrap(digest.digest());
    for (var i = 0; i < LONGS; i++) {
      sums[i] += hash.getLong();
    }
    rows++;
  }

  /// With its length, so that no two rows are written alike.
  private void part(byte kind, byte[] bytes) {
    digest.update(kind);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }

  long rows() {
    return rows;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Tally tally && rows == tally.rows && Arrays.equals(sums, tally.sums);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sums);
  }
}
