package campana.server.draw;

/// Drops the characters that are not seen but change what is seen: controls (a terminal would obey
/// them), and bidirectional embeddings, overrides and isolates, which make `gpj.exe` of `exe.jpg`.
/// The order of right-to-left text comes from its letters all the same.
final class Sieve {
  private static final char REPLACEMENT = '\uFFFD';

  private Sieve() {}

  static boolean dropped(char c) {
    return (c < ' ' && c != '\n' && c != '\t')
        || (c >= '\u007F' && c < '\u00A0')
        || (c >= '\u202A' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069')
        || c == '\uFEFF';
  }

  /// The character at `i` as it may be written: half of a surrogate pair alone is no character.
  static char at(CharSequence text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
          ? c
          : REPLACEMENT;
    }
    if (Character.isLowSurrogate(c)) {
      return i > 0 && Character.isHighSurrogate(text.charAt(i - 1)) ? c : REPLACEMENT;
    }
    return c;
  }
}
