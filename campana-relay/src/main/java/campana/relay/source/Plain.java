package campana.relay.source;

/// Foreign words, cleaned: no control characters, no half surrogates, nothing that turns the
/// direction of what follows, bounded length. What is left is still foreign.
public final class Plain {
  private static final char UNKNOWN = '\uFFFD';

  private Plain() {}

  /// One line: every run of white space is one space.
  ///
  /// @param most UTF-16 units; a longer one is cut and ends in `…`
  public static String line(String words, int most) {
    return words.length() <= most && isTidy(words) ? words : tidied(words, most);
  }

  /// Whether it is printable ASCII with single spaces within, as most lines are: nothing to do.
  private static boolean isTidy(String words) {
    char before = ' ';
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (c < ' ' || c > '~' || (c == ' ' && before == ' ')) {
        return false;
      }
      before = c;
    }
    return before != ' ';
  }

  static String tidied(String words, int most) {
    // what is cut off anyway is not looked at: a megabyte of spaces costs nothing
    var near = words.length() > most * 4 ? words.substring(0, most * 4) : words;
    var out = new StringBuilder(Math.min(near.length(), most + 1));
    boolean space = false;
    for (int i = 0; i < near.length() && out.length() <= most; i++) {
      char c = near.charAt(i);
      if (Character.isWhitespace(c) || c == '\u00A0' || isControl(c)) {
        space = !out.isEmpty();
      } else if (!isHidden(c)) {
        if (space) {
          out.append(' ');
          space = false;
        }
        out.append(whole(near, i));
      }
    }
    return cut(out.toString(), words.length() > near.length(), most);
  }

  /// Several lines, ended by line feeds alone, without blank ones at both ends.
  ///
  /// @param most UTF-16 units; a longer one is cut and ends in `…`
  public static String text(String words, int most) {
    boolean longer = words.length() > most * 2;
    var near = (longer ? words.substring(0, most * 2) : words).replace("\r\n", "\n");
    var out = new StringBuilder(Math.min(near.length(), most + 1));
    for (int i = 0; i < near.length() && out.length() <= most; i++) {
      char c = near.charAt(i);
      if (c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029') {
        out.append('\n');
      } else if (c == '\t') {
        out.append("  ");
      } else if (!isControl(c) && !isHidden(c)) {
        out.append(whole(near, i));
      }
    }
    return cut(trimmed(out), longer, most);
  }

  /// The beginning of a text, whole characters only, ending in `…` where something is missing.
  ///
  /// @param most UTF-16 units, with the `…`
  public static String cut(String words, int most) {
    return cut(words, false, most);
  }

  /// Whether there is nothing in it that a reader would see. The far side takes no such message.
  public static boolean isBlank(String words) {
    for (int i = 0; i < words.length(); i += Character.charCount(words.codePointAt(i))) {
      if (isSeen(words.codePointAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSeen(int c) {
    return !Character.isWhitespace(c)
        && !Character.isSpaceChar(c)
        && !Character.isISOControl(c)
        && Character.getType(c) != Character.FORMAT;
  }

  private static String cut(String words, boolean longer, int most) {
    if (words.length() <= most) {
      return longer ? words + "…" : words;
    }
    int end = Math.max(0, most - 1);
    if (end > 0 && Character.isHighSurrogate(words.charAt(end - 1))) {
      end--;
    }
    return words.substring(0, end).stripTrailing() + "…";
  }

  private static String trimmed(CharSequence out) {
    var lines = out.toString();
    int from = 0;
    for (int i = 0; i < lines.length() && Character.isWhitespace(lines.charAt(i)); i++) {
      if (lines.charAt(i) == '\n') {
        from = i + 1; // the first line keeps its indent
      }
    }
    return lines.substring(from).stripTrailing();
  }

  private static char whole(String text, int i) {
    char c = text.charAt(i);
    boolean half =
        Character.isHighSurrogate(c)
            ? i + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
            : Character.isLowSurrogate(c)
                && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    return half ? UNKNOWN : c;
  }

  private static boolean isControl(char c) {
    return c < ' ' || (c >= '\u007F' && c < '\u00A0');
  }

  /// Marks that turn the direction of what follows: a foreign name must not write backwards.
  private static boolean isHidden(char c) {
    return (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069') || c == '\uFEFF';
  }
}
