package campana.server.draw;

import java.util.ArrayList;
import java.util.List;

/// Draws text in Chat's syntax: cuts it into code blocks, bullet lists, quotes and plain lines.
///
/// Plain lines keep their newlines and spaces (the stylesheet's `pre-wrap`), so a table that was
/// aligned by hand stays one. Source of the rules: docs/protocol.md, «Text».
final class ChatText {
  private static final String FENCE = "```";
  private static final int DEEPEST = 8; // bullets in bullets

  private final Mentions mentions;
  private final Ink ink;

  private ChatText(Mentions mentions, Ink ink) {
    this.mentions = mentions;
    this.ink = ink;
  }

  static void draw(String text, Mentions mentions, Ink ink) {
    new ChatText(mentions, ink).text(text.replace("\r\n", "\n").replace('\r', '\n'));
  }

  private void text(String text) {
    int from = 0;
    while (true) {
      int open = text.indexOf(FENCE, from);
      int close = open < 0 ? -1 : text.indexOf(FENCE, open + FENCE.length());
      if (close < 0) {
        lines(text.substring(from));
        return;
      }
      lines(text.substring(from, open));
      code(text.substring(open + FENCE.length(), close));
      from = close + FENCE.length();
    }
  }

  /// What stands after the fence on its line is shown as well: Chat knows no language tag there.
  private void code(String code) {
    var shown = code.startsWith("\n") ? code.substring(1) : code;
    shown = shown.endsWith("\n") ? shown.substring(0, shown.length() - 1) : shown;
    ink.open(Tag.PRE).open(Tag.CODE).text(shown).close().close();
  }

  private void lines(String text) {
    var lines = text.split("\n", -1);
    int i = 0;
    while (i < lines.length) {
      int from = i;
      if (lines[i].startsWith(">")) {
        while (i < lines.length && lines[i].startsWith(">")) {
          i++;
        }
        quote(List.of(lines).subList(from, i));
      } else {
        while (i < lines.length && !lines[i].startsWith(">")) {
          i++;
        }
        bulletsAndText(List.of(lines).subList(from, i));
      }
    }
  }

  private void quote(List<String> lines) {
    ink.open(Tag.BLOCKQUOTE);
    bulletsAndText(
        lines.stream().map(line -> line.substring(line.startsWith("> ") ? 2 : 1)).toList());
    ink.close();
  }

  private void bulletsAndText(List<String> lines) {
    var plain = new ArrayList<String>();
    int depth = 0; // lists that are open
    for (var line : lines) {
      int indent = bullet(line);
      if (indent < 0 || (depth == 0 && indent >= 4)) {
        depth = closeLists(depth, 0);
        plain.add(line);
        continue;
      }
      text(plain);
      depth = item(Math.min(indent / 4, DEEPEST - 1), depth);
      ChatInline.draw(line.substring(indent + 2).strip(), mentions, ink);
    }
    closeLists(depth, 0);
    text(plain);
  }

  /// @return at which column the bullet stands; -1 for a line that is no item
  private static int bullet(String line) {
    int i = 0;
    while (i < line.length() && line.charAt(i) == ' ') {
      i++;
    }
    return i + 2 < line.length()
            && (line.charAt(i) == '*' || line.charAt(i) == '-')
            && line.charAt(i + 1) == ' '
            && !line.substring(i + 2).isBlank()
        ? i
        : -1;
  }

  /// Opens an item of that level, at most one level deeper than the item before it.
  private int item(int level, int depth) {
    if (level >= depth) {
      ink.open(Tag.UL).open(Tag.LI);
      return depth + 1;
    }
    int open = closeLists(depth, level + 1);
    ink.close().open(Tag.LI);
    return open;
  }

  private int closeLists(int depth, int to) {
    for (int i = depth; i > to; i--) {
      ink.close().close();
    }
    return to;
  }

  /// Draws and forgets the lines gathered so far, less the empty ones at both ends.
  private void text(List<String> lines) {
    int from = 0;
    int to = lines.size();
    while (from < to && lines.get(from).isBlank()) {
      from++;
    }
    while (from < to && lines.get(to - 1).isBlank()) {
      to--;
    }
    if (from < to) {
      ink.open(Tag.P);
      for (int i = from; i < to; i++) {
        if (i > from) {
          ink.text("\n");
        }
        ChatInline.draw(lines.get(i), mentions, ink);
      }
      ink.close();
    }
    lines.clear();
  }
}
