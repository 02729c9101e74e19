package campana.client;

import campana.client.text.Utf8;
import campana.wire.Blank;
import campana.wire.Limits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parts a text at ends of lines, else between words, else between characters. Blocks of code that
 * are parted are closed and opened again, as a fence without its partner would show as three
 * backticks and let the code's stars and underscores bind.
 */
final class Splitter {
  /** The smallest size of a part, in bytes: room for fences, a marker, and some words. */
  static final int LEAST = 128;

  private static final String ZERO_SPACE = "\u200B";
  private static final String FENCE = "```";
  private static final String OPEN = FENCE + "\n";
  private static final String CLOSE = "\n" + FENCE;

  private final String text;
  private final int most;
  private final List<int[]> blocks; // each from its first backtick to its last

  private Splitter(String text, int most) {
    this.text = text;
    this.most = most;
    this.blocks = blocks(text);
  }

  /**
   * Whether a part may have so many bytes.
   *
   * @throws IllegalArgumentException if not
   */
  static boolean allowed(int most) {
    if (most < LEAST || most > Limits.MESSAGE_BYTES) {
      throw new IllegalArgumentException(
          "a part has " + LEAST + " to " + Limits.MESSAGE_BYTES + " bytes, not " + most);
    }
    return true;
  }

  /** The text in parts of at most so many bytes each; none is blank, unless the whole text is. */
  static List<String> split(String text, int most) {
    return new Splitter(text, most).split();
  }

  private List<String> split() {
    List<String> parts = new ArrayList<>();
    int from = 0;
    boolean inCode = false;
    while (from < text.length()) {
      String before = inCode ? OPEN : guard(from);
      int room = most - Utf8.length(before);
      int end = Utf8.fit(text, from, room);
      if (end < text.length()) {
        end = border(from, Utf8.fit(text, from, room - CLOSE.length()));
      }
      inCode = inCode(end);
      String part = before + text.substring(from, end) + (inCode ? CLOSE : "");
      if (!Blank.is(text.substring(from, end))) {
        parts.add(part);
      }
      from = end < text.length() && isBorder(text.charAt(end)) ? end + 1 : end;
      if (inCode && ends(from)) {
        from += FENCE.length(); // nothing is left of the block
        inCode = false;
      }
    }
    return parts.isEmpty() ? List.of(text) : parts;
  }

  /** The text's beginning and a line that says how much is missing, in at most so many bytes. */
  static String cut(String text, int most) {
    int all = Utf8.length(text);
    if (all <= most) {
      return text;
    }
    Splitter splitter = new Splitter(text, most);
    // the longest there can be
    int room = most - marker(all).length() - 2 - CLOSE.length(); // the ellipsis has three bytes
    int end = splitter.border(0, Utf8.fit(text, 0, room));
    String kept = text.substring(0, end).stripTrailing() + (splitter.inCode(end) ? CLOSE : "");
    return kept + marker(all - Utf8.length(text, 0, end));
  }

  private static String marker(int bytes) {
    return "\n… " + bytes + " bytes cut";
  }

  /** The best place for a cut, behind {@code from} and not behind {@code end}. */
  private int border(int from, int end) {
    int place = lineOrWord(from, end);
    int[] block = blockBefore(place);
    if (block == null || block[0] <= from || place >= block[1]) {
      return place;
    }
    return place == block[0] + FENCE.length() ? block[0] : place; // no fence without its code
  }

  private int lineOrWord(int from, int end) {
    int word = 0;
    for (int i = end; i > from; i--) { // not beyond: the line may be as long as the text
      if (text.charAt(i) == '\n') {
        return i;
      }
      if (word == 0 && isBorder(text.charAt(i))) {
        word = i;
      }
    }
    if (word > 0) {
      return word;
    }
    int hard = end;
    while (hard > from + 1 && text.charAt(hard) == '`' && text.charAt(hard - 1) == '`') {
      hard--; // not within a fence
    }
    return hard > from + 1 ? hard : end;
  }

  private static boolean isBorder(char c) {
    return c == '\n' || c == ' ' || c == '\t';
  }

  /**
   * What keeps a part that begins within a line from being read as the beginning of one: words
   * there are no quote and no list, and a marker within a word is a letter.
   */
  private String guard(int from) {
    if (from == 0 || text.charAt(from - 1) == '\n') {
      return "";
    }
    int i = from;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    char first = i < text.length() ? text.charAt(i) : ' ';
    boolean sign = first == '>' || ((first == '-' || first == '*') && isSpaceOrEnd(i + 1));
    boolean marker = !isBorder(text.charAt(from - 1)) && "*_~`".indexOf(first) >= 0;
    return sign || marker ? ZERO_SPACE : "";
  }

  private boolean isSpaceOrEnd(int at) {
    return at >= text.length() || Character.isWhitespace(text.charAt(at));
  }

  /** Whether a block's last fence begins there. */
  private boolean ends(int at) {
    int[] block = blockBefore(at);
    return block != null && block[1] == at + FENCE.length();
  }

  /** Whether a cut there parts a block of code. */
  private boolean inCode(int at) {
    int[] block = blockBefore(at);
    return block != null && at < block[1];
  }

  /** The last block that begins before there. */
  private int @Nullable [] blockBefore(int at) {
    int low = 0;
    int high = blocks.size();
    while (low < high) {
      int middle = (low + high) / 2;
      if (blocks.get(middle)[0] < at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? null : blocks.get(low - 1);
  }

  private static List<int[]> blocks(String text) {
    List<int[]> blocks = new ArrayList<>();
    int from = 0;
    while (true) {
      int open = text.indexOf(FENCE, from);
      int close = open < 0 ? -1 : text.indexOf(FENCE, open + FENCE.length());
      if (close < 0) {
        return blocks;
      }
      from = close + FENCE.length();
      blocks.add(new int[] {open, from});
    }
  }
}
