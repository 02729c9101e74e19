package campana.client.text;

/** Sizes and borders of text. */
public final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /** Bytes of a text in UTF-8. It holds no half pairs: {@link #mended} sees to that. */
  public static int length(String text) {
    return length(text, 0, text.length());
  }

  /** Bytes of a part of a text in UTF-8. */
  public static int length(String text, int from, int to) {
    int bytes = to - from;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // half a pair counts 2 of the pair's 4
        bytes += c >= 0x800 && !Character.isSurrogate(c) ? 2 : 1;
      }
    }
    return bytes;
  }

  /**
   * Up to where a text fits.
   *
   * @return the largest index, from {@code from} on, such that the part between has at most so many
   *     bytes; never within a surrogate pair
   */
  public static int fit(String text, int from, int bytes) {
    int at = from;
    int left = bytes;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      left -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (left < 0) {
        return at;
      }
      at += Character.charCount(point);
    }
    return at;
  }

  /** At most so many characters from the front, no pair halved. */
  static String start(String text, int chars) {
    return text.substring(0, Character.isHighSurrogate(text.charAt(chars - 1)) ? chars - 1 : chars);
  }

  /** The text with each half of a pair that stands alone replaced: it is no character. */
  public static String mended(String text) {
    int i = 0;
    while (i < text.length() && !isHalf(text, i)) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    StringBuilder mended = new StringBuilder(text);
    for (; i < text.length(); i++) {
      if (isHalf(text, i)) {
        mended.setCharAt(i, REPLACEMENT);
      }
    }
    return mended.toString();
  }

  private static boolean isHalf(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
