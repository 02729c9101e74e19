package campana.server.message;

import java.nio.charset.StandardCharsets;

/// Ids of messages and threads: a position of a space, enciphered, so that they need no index, look
/// random, and say nothing about how many there are. The cipher is Speck64/128, made to differ from
/// space to space by XEX: `E(position ^ t) ^ t`, with t a keyed hash of the space's id. Eleven
/// characters of base64url; of their 66 bits the last two are 0. Immutable.
public final class MessageIds {
  public static final int KEY_BYTES = 16;

  private static final int ROUNDS = 27;
  private static final int LENGTH = 11;
  private static final byte[] DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VALUES = new byte[128];

  static {
    java.util.Arrays.fill(VALUES, (byte) -1);
    for (var i = 0; i < DIGITS.length; i++) {
      VALUES[DIGITS[i]] = (byte) i;
    }
  }

  private final int[] roundKeys = new int[ROUNDS];

  /// @param key 16 random bytes, the same for a database forever
  public MessageIds(byte[] key) {
    var words = java.nio.ByteBuffer.wrap(key).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    var k = words.getInt();
    var l = new int[ROUNDS + 2];
    l[0] = words.getInt();
    l[1] = words.getInt();
    l[2] = words.getInt();
    for (var i = 0; i < ROUNDS; i++) {
      roundKeys[i] = k;
      if (i + 3 < l.length) {
        l[i + 3] = (k + Integer.rotateRight(l[i], 8)) ^ i;
        k = Integer.rotateLeft(k, 3) ^ l[i + 3];
      }
    }
  }

  /// What a message and its thread are called.
  ///
  /// @param message `spaces/S/messages/T.M`
  /// @param thread `spaces/S/threads/T`
  public record Names(String message, String thread) {}

  public Names names(String spaceId, long thread, long position) {
    var tweak = tweak(spaceId);
    var t = id(thread, tweak);
    var m = position == thread ? t : id(position, tweak);
    return new Names(
        "spaces/" + spaceId + "/messages/" + t + "." + m, "spaces/" + spaceId + "/threads/" + t);
  }

  /// Eleven characters that stand for a position of this space.
  public String id(String spaceId, long position) {
    return id(position, tweak(spaceId));
  }

  private String id(long position, long tweak) {
    var bytes = new byte[LENGTH];
    put(encipher(position ^ tweak) ^ tweak, bytes, 0);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /// The position that `id` stands for in this space, perhaps one that is not there; 0 where it
  /// cannot stand for any.
  public long position(String spaceId, String id) {
    if (id.length() != LENGTH) {
      return 0;
    }
    var block = 0L;
    for (var i = 0; i < LENGTH; i++) {
      var c = id.charAt(i);
      var value = c < 128 ? VALUES[c] : -1;
      if (value < 0 || (i == LENGTH - 1 && (value & 3) != 0)) {
        return 0;
      }
      block = i < LENGTH - 1 ? block << 6 | value : block << 4 | value >> 2;
    }
    var tweak = tweak(spaceId);
    return Math.max(0, decipher(block ^ tweak) ^ tweak);
  }

  private static void put(long block, byte[] bytes, int at) {
    for (var i = 0; i < LENGTH - 1; i++) {
      bytes[at + i] = DIGITS[(int) (block >>> (58 - 6 * i)) & 63];
    }
    bytes[at + LENGTH - 1] = DIGITS[(int) (block << 2) & 63];
  }

  /// A chained hash of the id, its length first, so that no id is the beginning of another's chain.
  private long tweak(String spaceId) {
    var state = encipher(~(long) spaceId.length());
    var block = 0L;
    for (var i = 0; i < spaceId.length(); i++) {
      block = block << 8 | (spaceId.charAt(i) & 0xff);
      if (i % 8 == 7 || i == spaceId.length() - 1) {
        state = encipher(state ^ block);
        block = 0;
      }
    }
    return state;
  }

  long encipher(long block) {
    var x = (int) (block >>> 32);
    var y = (int) block;
    for (var key : roundKeys) {
      x = (Integer.rotateRight(x, 8) + y) ^ key;
      y = Integer.rotateLeft(y, 3) ^ x;
    }
    return (long) x << 32 | (y & 0xffff_ffffL);
  }

  long decipher(long block) {
    var x = (int) (block >>> 32);
    var y = (int) block;
    for (var i = ROUNDS - 1; i >= 0; i--) {
      y = Integer.rotateRight(y ^ x, 3);
      x = Integer.rotateLeft((x ^ roundKeys[i]) - y, 8);
    }
    return (long) x << 32 | (y & 0xffff_ffffL);
  }
}
