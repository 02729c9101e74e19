package campana.form;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks at raw bytes, eight at a time: nearly all bodies are ASCII.
final class Utf8 {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long ONES = 0x0101010101010101L;
  private static final long BACKSLASHES = 0x5C5C5C5C5C5C5C5CL;

  private Utf8() {}

  /// The first byte from `from` on that does not belong to well-formed UTF-8, or -1. Overlong forms
  /// and surrogates are not well-formed.
  static int firstFault(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length) {
      if (at + 8 <= bytes.length && ((long) EIGHT.get(bytes, at) & HIGH_BITS) == 0) {
        at += 8;
        continue;
      }
      int length = bytes[at] >= 0 ? 1 : sequence(bytes, at);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return -1;
  }

  /// Length of the character of several bytes that begins here, 0 if none does.
  private static int sequence(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    int second = at + 1 < bytes.length ? bytes[at + 1] & 0xFF : 0;
    if (first < 0xE0) {
      return first >= 0xC2 && follows(bytes, at, 1) ? 2 : 0;
    }
    if (first < 0xF0) {
      boolean fits = (first != 0xE0 || second >= 0xA0) && (first != 0xED || second < 0xA0);
      return fits && follows(bytes, at, 2) ? 3 : 0;
    }
    boolean fits =
        first <= 0xF4 && (first != 0xF0 || second >= 0x90) && (first != 0xF4 || second < 0x90);
    return fits && follows(bytes, at, 3) ? 4 : 0;
  }

  private static boolean follows(byte[] bytes, int at, int count) {
    for (int i = 1; i <= count; i++) {
      if (at + i >= bytes.length || (bytes[at + i] & 0xC0) != 0x80) {
        return false;
      }
    }
    return true;
  }

  /// Whether an escape such as `\\uD83D` may occur, which is worth a closer look: half of a pair
  /// alone is no character, and no text that holds one can be stored.
  static boolean mayEscapeSurrogates(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length) {
      if (at + 8 <= bytes.length && !anyBackslash((long) EIGHT.get(bytes, at))) {
        at += 8;
      } else if (bytes[at] != '\\') {
        at++;
      } else if (at + 2 < bytes.length && bytes[at + 1] == 'u' && (bytes[at + 2] | 0x20) == 'd') {
        return true;
      } else {
        at += 2;
      }
    }
    return false;
  }

  private static boolean anyBackslash(long eight) {
    long zeroWhereEqual = eight ^ BACKSLASHES;
    return ((zeroWhereEqual - ONES) & ~zeroWhereEqual & HIGH_BITS) != 0;
  }

  /// How many bytes a text takes in UTF-8. It holds no half pairs.
  static int length(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // half a pair counts 2 of the pair's 4
        bytes += c >= 0x800 && !Character.isSurrogate(c) ? 2 : 1;
      }
    }
    return bytes;
  }
}
