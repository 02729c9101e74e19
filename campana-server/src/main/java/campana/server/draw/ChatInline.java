package campana.server.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Draws one line of text in Chat's syntax: `*bold*`, `_italic_`, `~struck~`, `` `code` ``,
/// `<address|label>`, bare addresses, mentions.
///
/// Two passes, each linear: the line is cut into pieces, by which it is known which markers have a
/// partner; then they are written. A marker binds only at the edge of a word, and one that stands
/// beside its like is a letter, so `2*3*4`, `snake_case` and `**x**` stay. So is one with a zero
/// width space (U+200B) between it and what it would enclose: the one escape there is.
final class ChatInline {
  /// A part of the line. Markers begin as letters; a pair that finds itself becomes an element.
  private sealed interface Piece {
    record Plain(String text) implements Piece {}

    record Code(String text) implements Piece {}

    record Link(SafeLink link, String label) implements Piece {}

    record Mention(String name) implements Piece {}

    record Begin(Tag tag) implements Piece {}

    record End() implements Piece {}
  }

  private record Opener(int piece, char marker) {}

  private static final char ZERO_SPACE = '\u200B';

  private final String line;
  private final boolean markers;
  private final boolean brackets;
  private final Mentions mentions;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Opener> openers = new ArrayList<>();
  private int plainFrom; // all before it is in pieces
  private int at;
  private int nextBracket = -1; // the first '>' from `at` on, as far as it was looked for
  private boolean codeEnds = true; // false: no backtick that could end code is left

  private ChatInline(String line, boolean markers, boolean brackets, Mentions mentions) {
    this.line = line;
    this.markers = markers;
    this.brackets = brackets;
    this.mentions = mentions;
  }

  static void draw(String line, Mentions mentions, Ink ink) {
    new ChatInline(line, true, true, mentions).draw(ink);
  }

  /// Finds only addresses and mentions: for text whose markers are another syntax's.
  static void drawWithoutMarkers(String text, Mentions mentions, Ink ink) {
    new ChatInline(text, false, true, mentions).draw(ink);
  }

  /// Finds only bare addresses: for text whose brackets mean nothing, as they were entities.
  static void drawAddresses(String text, Ink ink) {
    new ChatInline(text, false, false, _ -> Optional.empty()).draw(ink);
  }

  private void draw(Ink ink) {
    cut();
    for (var piece : pieces) {
      switch (piece) {
        case Piece.Plain(var text) -> ink.text(text);
        case Piece.Code(var text) -> ink.open(Tag.CODE).text(text).close();
        case Piece.Link(var link, var label) -> link(link, label, ink);
        case Piece.Mention(var name) -> ink.element(Tag.SPAN, "mention", "@" + name);
        case Piece.Begin(var tag) -> ink.open(tag);
        case Piece.End() -> ink.close();
      }
    }
  }

  private static void link(SafeLink link, String label, Ink ink) {
    ink.openLink(link);
    if (!label.equals(link.url())) {
      ink.with(Attribute.TITLE, link.url()); // a label may claim anything
    }
    ink.text(label).close();
  }

  private void cut() {
    while (at < line.length()) {
      boolean taken =
          switch (line.charAt(at)) {
            case '<' -> brackets && bracket();
            case 'h', 'H' -> bareAddress();
            case '`' -> markers && code();
            case '*', '_', '~' -> markers && marker();
            default -> false;
          };
      if (!taken) {
        at++;
      }
    }
    plainUpTo(line.length());
  }

  private void plainUpTo(int end) {
    if (end > plainFrom) {
      pieces.add(new Piece.Plain(line.substring(plainFrom, end)));
    }
    plainFrom = end;
  }

  private boolean take(Piece piece, int end) {
    plainUpTo(at);
    pieces.add(piece);
    at = end;
    plainFrom = end;
    return true;
  }

  private boolean bracket() {
    if (nextBracket <= at) {
      int found = line.indexOf('>', at);
      nextBracket = found < 0 ? Integer.MAX_VALUE : found;
    }
    if (nextBracket == Integer.MAX_VALUE) {
      return false;
    }
    int end = nextBracket;
    if (line.startsWith("users/", at + 1)) {
      if (end - at > 200) {
        return false; // no id is that long, and looking costs
      }
      var name = mentions.name(line.substring(at + 1, end));
      return name.isPresent() && take(new Piece.Mention(name.get()), end + 1);
    }
    if (!startsScheme(at + 1) && !line.regionMatches(true, at + 1, "mailto:", 0, 7)) {
      return false;
    }
    int bar = end;
    for (int i = at + 1; i < bar; i++) {
      switch (line.charAt(i)) {
        case '<' -> {
          return false;
        }
        case '|' -> bar = i;
        default -> {}
      }
    }
    var link = SafeLink.of(line.substring(at + 1, bar));
    if (link.isEmpty()) {
      return false;
    }
    var label = bar < end ? line.substring(bar + 1, end).strip() : "";
    var shown = label.isEmpty() ? line.substring(at + 1, bar) : label;
    return take(new Piece.Link(link.get(), shown), end + 1);
  }

  private boolean startsScheme(int from) {
    return line.regionMatches(true, from, "https://", 0, 8)
        || line.regionMatches(true, from, "http://", 0, 7);
  }

  private boolean bareAddress() {
    if (!startsScheme(at) || !edgeBefore(at)) {
      return false;
    }
    int end = at;
    int parentheses = 0;
    while (end < line.length() && inAddress(line.charAt(end))) {
      parentheses += line.charAt(end) == '(' ? 1 : line.charAt(end) == ')' ? -1 : 0;
      end++;
    }
    for (; end > at; end--) {
      char last = line.charAt(end - 1);
      if (last == ')' && parentheses < 0) {
        parentheses++;
      } else if (".,;:!?'*_~]}".indexOf(last) < 0) {
        break;
      }
    }
    var link = SafeLink.of(line.substring(at, end));
    return link.isPresent() && take(new Piece.Link(link.get(), line.substring(at, end)), end);
  }

  private static boolean inAddress(char c) {
    return c > ' ' && c != '<' && c != '>' && c != '"' && c != '`' && !Character.isWhitespace(c);
  }

  private boolean code() {
    if (!codeEnds || !edgeBefore(at) || doubled(at) || zeroSpaceAt(at + 1)) {
      return false;
    }
    for (int end = line.indexOf('`', at + 1); end >= 0; end = line.indexOf('`', end + 1)) {
      if (end > at + 1 && edgeAfter(end) && !doubled(end) && !zeroSpaceAt(end - 1)) {
        return take(new Piece.Code(line.substring(at + 1, end)), end + 1);
      }
    }
    codeEnds = false;
    return false;
  }

  private boolean marker() {
    if (doubled(at)) {
      return false;
    }
    char marker = line.charAt(at);
    boolean ends = at > 0 && !spaceAt(at - 1) && edgeAfter(at);
    if (ends && pair(marker)) {
      return true;
    }
    if (at + 1 < line.length() && !spaceAt(at + 1) && edgeBefore(at)) {
      openers.removeIf(opener -> opener.marker() == marker); // the nearer one counts; 3 at most
      openers.add(new Opener(pieceHere(marker), marker));
      return true;
    }
    return false;
  }

  /// Puts the marker in as a letter for the time being.
  private int pieceHere(char marker) {
    take(new Piece.Plain(String.valueOf(marker)), at + 1);
    return pieces.size() - 1;
  }

  private boolean pair(char marker) {
    for (int i = openers.size() - 1; i >= 0; i--) {
      var opener = openers.get(i);
      if (opener.marker() == marker) {
        pieces.set(opener.piece(), new Piece.Begin(tag(marker)));
        openers.subList(i, openers.size()).clear(); // those between stay letters
        return take(new Piece.End(), at + 1);
      }
    }
    return false;
  }

  private static Tag tag(char marker) {
    return switch (marker) {
      case '*' -> Tag.B;
      case '_' -> Tag.I;
      default -> Tag.S;
    };
  }

  private boolean doubled(int i) {
    char c = line.charAt(i);
    return (i > 0 && line.charAt(i - 1) == c) || (i + 1 < line.length() && line.charAt(i + 1) == c);
  }

  private boolean spaceAt(int i) {
    char c = line.charAt(i);
    return Character.isWhitespace(c) || c == '\u00A0' || c == ZERO_SPACE;
  }

  private boolean zeroSpaceAt(int i) {
    return i < line.length() && line.charAt(i) == ZERO_SPACE;
  }

  private boolean edgeBefore(int i) {
    return i == 0 || !Character.isLetterOrDigit(line.codePointBefore(i));
  }

  private boolean edgeAfter(int i) {
    return i + 1 == line.length() || !Character.isLetterOrDigit(line.codePointAt(i + 1));
  }
}
