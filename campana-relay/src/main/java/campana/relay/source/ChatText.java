package campana.relay.source;

import campana.client.Markup;

/// Foreign words made fit for the text of a message: nothing in them mentions anybody, becomes a
/// link, or formats anything. Chat has no escape character; zero width spaces, which are not seen,
/// stand beside what would count (docs/protocol.md, «Text»).
public final class ChatText {
  private static final char ZERO_SPACE = '\u200B';

  private ChatText() {}

  /// Words that show as they are.
  public static String escape(String words) {
    return Markup.escape(words);
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
    return Markup.bold(line);
  }

  /// @param url tidy already, see [WebAddress]
  /// @param words foreign; where there are none, the address shows
  public static String link(String url, String words) {
    var label = words.strip().replace('\n', ' ').replace('<', '‹').replace('>', '›');
    return label.isEmpty() ? "<" + url + ">" : "<" + url + "|" + escape(label) + ">";
  }

  /// A block of fixed width that nothing in the words can end.
  public static String block(String words) {
    return Markup.codeBlock(words).replace("<users/", "<" + ZERO_SPACE + "users/");
  }

  private static void open(String words, int i, StringBuilder out) {
    out.append('<');
    if (i + 1 == words.length() || Character.isLetter(words.charAt(i + 1))) {
      out.append(ZERO_SPACE);
    }
  }
}
