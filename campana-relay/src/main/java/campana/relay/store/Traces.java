package campana.relay.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Tells of most keys that are not in a table that they are not, without a look: a Bloom filter
/// with two bytes a key. One that was added is always taken for there, and of others few: each
/// layer errs once in some 200 times. Keys are hashes, so their own bits are what is looked at. For
/// one thread.
final class Traces {
  private static final int FIRST = 1 << 13; // words
  private static final int MORE = 4; // times as large as the last one is the next layer
  private static final int KEYS = 4; // a word
  private static final int MOST = 5; // layers: 11 million keys, 21 MB

  private final List<long[]> layers = new ArrayList<>();
  private long[] last = {};
  private int room; // for so many more keys in the last layer
  private int keys;

  /// @param hash of 16 bytes
  boolean add(byte[] hash) {
    var bytes = ByteBuffer.wrap(hash);
    return add(bytes.getLong(), bytes.getLong());
  }

  boolean add(LaterKey key) {
    return add(key.high(), key.low());
  }

  /// @return whether it changed anything
  private boolean add(long high, long low) {
    if (mayHave(high, low)) {
      return false;
    }
    if (room == 0) {
      last = new long[layers.isEmpty() ? FIRST : last.length * MORE];
      room = last.length * KEYS;
      layers.add(last);
    }
    last[word(last, low)] |= bits(high);
    room--;
    keys++;
    return true;
  }

  /// False: it was never added.
  boolean mayHave(LaterKey key) {
    return mayHave(key.high(), key.low());
  }

  private boolean mayHave(long high, long low) {
    if (room == 0 && layers.size() == MOST) {
      return true; // full
    }
    var bits = bits(high);
    for (var layer : layers) {
      if ((layer[word(layer, low)] & bits) == bits) {
        return true;
      }
    }
    return false;
  }

  int keys() {
    return keys;
  }

  private static int word(long[] layer, long low) {
    return (int) low & (layer.length - 1);
  }

  /// Four, or fewer.
  private static long bits(long high) {
    return 1L << high | 1L << (high >>> 6) | 1L << (high >>> 12) | 1L << (high >>> 18);
  }
}
