package campana.client;

import campana.client.text.Links;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Chat's markup for the text of a message (docs/protocol.md, «Text»), as strings to be put
 * together:
 *
 * <pre>{@code
 * Message.text(Markup.bold("Down: ") + Markup.escape(host) + " " + Markup.mentionAll())
 * }</pre>
 *
 * <p>Three kinds of argument: <i>markup</i> is drawn, and may hold what other methods here return;
 * <i>words</i> and <i>code</i> are shown as they are, whatever they contain; foreign text becomes
 * words by {@link #escape}.
 *
 * <p>A marker counts at the edge of a word only, so formatted words need a space, punctuation, or
 * an end of line on both sides. Cards have another syntax: {@link campana.client.card.CardText}.
 */
public final class Markup {
  /** Makes a marker beside it a mere letter; it is not seen. */
  private static final char ZERO_SPACE = '\u200B';

  /** Keeps two markers apart, or a marker from a zero width space, and lets both count. */
  private static final char JOINER = '\u2060';

  private Markup() {}

  /** Bold markup. Spaces at its ends stay outside; each line is bold by itself. */
  public static String bold(String markup) {
    return wrap('*', markup);
  }

  /** Markup in italics. Spaces at its ends stay outside; each line is so by itself. */
  public static String italic(String markup) {
    return wrap('_', markup);
  }

  /** Markup struck through. Spaces at its ends stay outside; each line is so by itself. */
  public static String strike(String markup) {
    return wrap('~', markup);
  }

  /** Code within a line, shown as it is, of any content. Several lines are each by itself. */
  public static String code(String code) {
    return wrap('`', apart(code, true));
  }

  /** A block of code, shown as it is, of any content; it begins and ends its own lines. */
  public static String codeBlock(String code) {
    return "```\n" + apart(code, false) + "\n```";
  }

  /** The backticks of a code kept from ending it. */
  private static String apart(String code, boolean all) {
    StringBuilder out = new StringBuilder(code.length() + 8);
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      if (c == '`' && all) {
        zeroSpace(out);
        out.append(c).append(ZERO_SPACE);
      } else if (c == '`' && i > 0 && code.charAt(i - 1) == '`') {
        out.append(ZERO_SPACE).append(c);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /**
   * A link with words of its own.
   *
   * @param url absolute, of http, https or mailto; characters that would end the link are encoded
   * @param words shown in its place, whatever they contain, but that {@code <} and {@code >} become
   *     {@code ‹} and {@code ›}, as the syntax has no way to say them, and line breaks spaces; when
   *     blank, the address is shown
   * @throws IllegalArgumentException if the address is of no such kind
   */
  public static String link(String url, String words) {
    String there = address(url);
    String label = words.replaceAll("[\r\n]+", " ").replace('<', '‹').replace('>', '›').strip();
    return label.isEmpty() ? "<" + there + ">" : "<" + there + "|" + escape(label) + ">";
  }

  /**
   * A link that shows its address.
   *
   * @param url absolute, of http, https or mailto; characters that would end the link are encoded
   * @throws IllegalArgumentException if the address is of no such kind
   */
  public static String link(String url) {
    return "<" + address(url) + ">";
  }

  private static String address(String url) {
    String there = Links.tidy(url);
    if (!Links.leadsSomewhere(there)) {
      throw new IllegalArgumentException(Links.WISH + Links.quoted(url));
    }
    return there.replace("|", "%7C").replace("<", "%3C").replace(">", "%3E");
  }

  /** Mentions everybody in the space, who are notified. */
  public static String mentionAll() {
    return "<users/all>";
  }

  /**
   * Mentions one person, who is notified; one that the space does not have shows as it is written.
   *
   * @param user an id, or {@code users/} and an id; ids are digits at Google
   * @throws IllegalArgumentException if it has other characters than letters, digits, {@code . _ -}
   */
  public static String mention(String user) {
    String id = user.startsWith("users/") ? user.substring("users/".length()) : user;
    if (!id.matches("[A-Za-z0-9._-]{1,128}")) {
      throw new IllegalArgumentException(
          "a mention needs a user's id, as 123456789 or users/123456789");
    }
    return "<users/" + id + ">";
  }

  /** An item of a list: one line of markup, which has to stand on a line of its own. */
  public static String item(String markup) {
    return "- " + markup.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** A list with an item for each markup, on lines of its own. */
  public static String list(Collection<String> markups) {
    return markups.stream().map(Markup::item).collect(Collectors.joining("\n"));
  }

  /** Markup as a quote, which has to begin on a line of its own; all its lines are quoted. */
  public static String quote(String markup) {
    return markup.lines().map(line -> "> " + line).collect(Collectors.joining("\n"));
  }

  /**
   * Foreign text as words: no line of it mentions anybody, makes a link, a list or a quote, or
   * formats anything, wherever in a message's text it stands.
   *
   * <p>Chat has no escape character. Instead zero width spaces (U+200B), which are not seen, are
   * put beside what would count: markers at the edge of a word, {@code <} before a letter, the
   * middle of {@code ://} and of {@code www.}, signs of lists and quotes at the beginning of a
   * line. All other characters stay, so most texts come back as they are; who copies such a text
   * copies the zero width spaces, too. That a server takes them so is what Campana's does; Google
   * documents no way.
   */
  public static String escape(String foreign) {
    StringBuilder out = new StringBuilder(foreign.length() + 16);
    boolean lineStart = true; // but for spaces
    for (int i = 0; i < foreign.length(); i++) {
      char c = foreign.charAt(i);
      switch (c) {
        case '*':
        case '_':
        case '~':
        case '`':
          marker(foreign, i, lineStart, out);
          break;
        case '>':
        case '-':
          if (lineStart && (c == '>' || spaceOrEnd(foreign, i + 1))) {
            out.append(ZERO_SPACE);
          }
          out.append(c);
          break;
        case '<':
          out.append(c);
          if (i + 1 == foreign.length() || Character.isLetter(foreign.charAt(i + 1))) {
            out.append(ZERO_SPACE);
          }
          break;
        default:
          out.append(c);
          if (addressGoesOn(foreign, i)) {
            out.append(ZERO_SPACE);
          }
      }
      lineStart = c == '\n' || c == '\r' || (lineStart && c == ' ');
    }
    return out.toString();
  }

  private static void marker(String text, int i, boolean lineStart, StringBuilder out) {
    char c = text.charAt(i);
    boolean letterBefore = i > 0 && Character.isLetterOrDigit(text.codePointBefore(i));
    boolean letterAfter =
        i + 1 < text.length() && Character.isLetterOrDigit(text.codePointAt(i + 1));
    if (letterBefore && letterAfter) {
      out.append(c);
      return;
    }
    // code may begin and end beside a space, other markers may not
    if (c == '`' || lineStart || !spaceOrEnd(text, i - 1)) {
      zeroSpace(out);
    }
    out.append(c);
    if (c == '`' || i + 1 == text.length() || !spaceOrEnd(text, i + 1)) {
      out.append(ZERO_SPACE);
    }
  }

  /** Whether an address that begins before here would go on behind it. */
  private static boolean addressGoesOn(String text, int i) {
    char c = text.charAt(i);
    return (c == ':' && text.startsWith("//", i + 1))
        || (c == '.' && i >= 3 && text.regionMatches(true, i - 3, "www", 0, 3));
  }

  private static boolean spaceOrEnd(String text, int i) {
    return i < 0 || i >= text.length() || isSpace(text.charAt(i));
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || c == '\u00A0';
  }

  private static void zeroSpace(StringBuilder out) {
    if (out.length() == 0 || out.charAt(out.length() - 1) != ZERO_SPACE) {
      out.append(ZERO_SPACE);
    }
  }

  private static String wrap(char marker, String text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    int from = 0;
    while (true) {
      int end = text.indexOf('\n', from);
      line(marker, text.substring(from, end < 0 ? text.length() : end), out);
      if (end < 0) {
        return out.toString();
      }
      out.append('\n');
      from = end + 1;
    }
  }

  private static void line(char marker, String line, StringBuilder out) {
    int from = 0;
    int to = line.length();
    while (from < to && isSpace(line.charAt(from))) {
      from++;
    }
    while (from < to && isSpace(line.charAt(to - 1))) {
      to--;
    }
    out.append(line, 0, from);
    if (from < to) {
      out.append(marker);
      if (hides(line.charAt(from), marker)) {
        out.append(JOINER);
      }
      out.append(line, from, to);
      if (hides(line.charAt(to - 1), marker)) {
        out.append(JOINER);
      }
      out.append(marker);
    }
    out.append(line, to, line.length());
  }

  /** Whether a marker beside this character would not count. */
  private static boolean hides(char c, char marker) {
    return c == ZERO_SPACE || c == marker;
  }
}
