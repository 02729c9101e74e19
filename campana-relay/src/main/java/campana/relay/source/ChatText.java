package campana.relay.source;

/// Foreign words made fit for the text of a message: nothing in them mentions anybody, becomes a
/// link, or formats anything. Chat has no escape character; zero width spaces, which are not seen,
/// stand beside what would count (docs/protocol.md, «Text»).
public final class ChatText {
  private static final char ZERO_SPACE = '\u200B';

  private ChatText() {}

  /// Words that show as they are.
  public static String escape(String words) {
    var out = new StringBuilder(words.length() + 16);
    boolean lineStart = true;
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      switch (c) {
        case '*', '_', '~', '`' -> marker(words, i, lineStart, out);
        case '>' -> out.append(lineStart ? ZERO_SPACE + ">" : ">");
        case '-', '•' -> {
          out.append(lineStart && isEdge(words, i + 1) ? ZERO_SPACE + "" + c : "" + c);
        }
        case '<' -> open(words, i, out);
        default -> {
          out.append(c);
          if ((c == ':' && words.startsWith("//", i + 1))
              || (c == '.' && i >= 3 && words.regionMatches(true, i - 3, "www", 0, 3))) {
            out.append(ZERO_SPACE);
          }
        }
      }
      lineStart = c == '\n' || (lineStart && c == ' ');
    }
    return out.toString();
  }

  /// Words in which only what mentions or links is disarmed, and markup counts.
  public static String disarm(String markup) {
    var out = new StringBuilder(markup.length() + 8);
    for (int i = 0; i < markup.length(); i++) {
      if (markup.charAt(i) == '<') {
        open(markup, i, out);
      } else {
        out.append(markup.charAt(i));
      }
    }
    return out.toString();
  }

  /// Foreign words in bold; nothing where there are none.
  public static String bold(String words) {
    var line = escape(words.strip().replace('\n', ' '));
    if (line.isEmpty()) {
      return "";
    }
    // a marker counts only beside what is seen
    var inner = line.charAt(0) == ZERO_SPACE ? '\u2060' + line : line;
    return "*" + inner + (inner.charAt(inner.length() - 1) == ZERO_SPACE ? "\u2060*" : "*");
  }

  /// @param url tidy already, see [WebAddress]
  /// @param words foreign; where there are none, the address shows
  public static String link(String url, String words) {
    var label = words.strip().replace('\n', ' ').replace('<', '‹').replace('>', '›');
    return label.isEmpty() ? "<" + url + ">" : "<" + url + "|" + escape(label) + ">";
  }

  /// A block of fixed width that nothing in the words can end.
  public static String block(String words) {
    var inside =
        words.replace("``", "`" + ZERO_SPACE + "`").replace("<users/", "<" + ZERO_SPACE + "users/");
    return "```\n" + inside + "\n```";
  }

  private static void open(String words, int i, StringBuilder out) {
    out.append('<');
    if (i + 1 == words.length() || Character.isLetter(words.charAt(i + 1))) {
      out.append(ZERO_SPACE);
    }
  }

  private static void marker(String words, int i, boolean lineStart, StringBuilder out) {
    char c = words.charAt(i);
    boolean inWord =
        i > 0
            && i + 1 < words.length()
            && Character.isLetterOrDigit(words.codePointBefore(i))
            && Character.isLetterOrDigit(words.codePointAt(i + 1));
    if (inWord) {
      out.append(c);
      return;
    }
    if (c == '`' || lineStart || !isEdge(words, i - 1)) {
      zeroSpace(out);
    }
    out.append(c);
    if (c == '`' || i + 1 == words.length() || !isEdge(words, i + 1)) {
      out.append(ZERO_SPACE);
    }
  }

  private static boolean isEdge(String words, int i) {
    return i < 0
        || i >= words.length()
        || Character.isWhitespace(words.charAt(i))
        || words.charAt(i) == '\u00A0';
  }

  private static void zeroSpace(StringBuilder out) {
    if (out.isEmpty() || out.charAt(out.length() - 1) != ZERO_SPACE) {
      out.append(ZERO_SPACE);
    }
  }
}
