package campana.server.draw;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Draws the small HTML of card text: known tags are drawn anew, unknown ones dropped and their
/// text kept; what only looks like a tag is text. Nothing of the sender's HTML is copied, so broken
/// or nested tags can at worst look plain.
final class CardHtml {
  private static final int LONGEST_TAG = 4096; // looking for a tag's end stays linear
  private static final int DEEPEST = 32;
  private static final Pattern ATTRIBUTE =
      Pattern.compile(
          "(?<![\\w-])([\\w-]++)\\s*+=\\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\\s\"'>]++))");

  private record Opened(String name, Tag tag) {}

  private final String html;
  private final Ink ink;
  private final Deque<Opened> open = new ArrayDeque<>();
  private final StringBuilder text = new StringBuilder();

  private CardHtml(String html, Ink ink) {
    this.html = html;
    this.ink = ink;
  }

  static void draw(String html, Ink ink) {
    new CardHtml(html, ink).draw();
  }

  private void draw() {
    int i = 0;
    while (i < html.length()) {
      char c = html.charAt(i);
      int end = c == '<' ? tagEnd(i) : -1;
      if (end > 0) {
        tag(html.substring(i + 1, end));
        i = end + 1;
      } else if (c == '&') {
        i = entity(i);
      } else {
        text.append(c);
        i++;
      }
    }
    flush();
    while (!open.isEmpty()) {
      open.pop();
      ink.close();
    }
  }

  /// @return where the tag that begins at `start` has its `>`; -1 if none begins there
  private int tagEnd(int start) {
    if (html.startsWith("<!--", start)) {
      int end = html.indexOf("-->", start + 4);
      return end < 0 ? -1 : end + 2;
    }
    int first = start + 1;
    if (first < html.length() && html.charAt(first) == '/') {
      first++;
    }
    if (first >= html.length() || !isLetter(html.charAt(first))) {
      return -1;
    }
    int last = Math.min(html.length(), start + LONGEST_TAG);
    char before = ' '; // the last character that is no space
    for (int i = first; i < last; i++) {
      char c = html.charAt(i);
      if (c == '>') {
        return i;
      }
      if (c == '<') {
        return -1;
      }
      if ((c == '"' || c == '\'') && before == '=') {
        int quote = html.indexOf(c, i + 1);
        if (quote < 0 || quote >= last) {
          return -1;
        }
        i = quote;
      }
      before = c == ' ' ? before : c;
    }
    return -1;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private void tag(String inside) {
    boolean ends = inside.startsWith("/");
    int from = ends ? 1 : 0;
    int to = from;
    while (to < inside.length() && Character.isLetterOrDigit(inside.charAt(to))) {
      to++;
    }
    var name = inside.substring(from, to).toLowerCase(Locale.ROOT);
    if (name.equals("br")) {
      text.append('\n');
      return;
    }
    flush();
    if (ends) {
      end(name);
    } else {
      begin(name, inside.substring(to));
    }
  }

  private void begin(String name, String attributes) {
    var tag = known(name);
    if (tag == null || open.size() >= DEEPEST) {
      return;
    }
    switch (tag) {
      case A -> {
        var link = within(Tag.A) ? Optional.<SafeLink>empty() : link(attributes);
        link.ifPresent(there -> ink.openLink(there).with(Attribute.TITLE, there.url()));
        if (link.isEmpty()) {
          return;
        }
      }
      case SPAN -> {
        var colour = Palette.of(attribute(attributes, "color"));
        ink.open(Tag.SPAN);
        colour.ifPresent(palette -> ink.classes(palette.ink()));
      }
      case LI -> {
        if (!within(Tag.UL) && !within(Tag.OL)) {
          return;
        }
        while (open.element().tag() != Tag.UL && open.element().tag() != Tag.OL) {
          open.pop();
          ink.close();
        }
        ink.open(Tag.LI);
      }
      default -> ink.open(tag);
    }
    open.push(new Opened(name, tag));
  }

  private static @Nullable Tag known(String name) {
    return switch (name) {
      case "b", "strong" -> Tag.B;
      case "i", "em" -> Tag.I;
      case "u" -> Tag.U;
      case "s", "strike", "del" -> Tag.S;
      case "font" -> Tag.SPAN;
      case "a" -> Tag.A;
      case "time" -> Tag.TIME;
      case "code" -> Tag.CODE;
      case "pre" -> Tag.PRE;
      case "ul" -> Tag.UL;
      case "ol" -> Tag.OL;
      case "li" -> Tag.LI;
      default -> null;
    };
  }

  private boolean within(Tag tag) {
    return open.stream().anyMatch(opened -> opened.tag() == tag);
  }

  private void end(String name) {
    if (open.stream().anyMatch(opened -> opened.name().equals(name))) {
      String closed;
      do {
        closed = open.pop().name();
        ink.close();
      } while (!closed.equals(name));
    }
  }

  private Optional<SafeLink> link(String attributes) {
    return SafeLink.of(attribute(attributes, "href"));
  }

  private static String attribute(String attributes, String name) {
    var found = ATTRIBUTE.matcher(attributes);
    while (found.find()) {
      if (found.group(1).equalsIgnoreCase(name)) {
        for (int group = 2; group <= 4; group++) {
          if (found.group(group) != null) {
            return Entities.decoded(found.group(group));
          }
        }
      }
    }
    return "";
  }

  private int entity(int at) {
    int end = Entities.end(html, at);
    text.append(Entities.decoded(html.substring(at, end)));
    return end;
  }

  private void flush() {
    var written = text.toString();
    text.setLength(0);
    if (written.isEmpty()) {
      return;
    }
    if (!open.isEmpty() && (open.element().tag() == Tag.UL || open.element().tag() == Tag.OL)) {
      if (written.isBlank()) {
        return; // the sender's indentation between items
      }
    }
    if (within(Tag.A) || within(Tag.CODE) || within(Tag.PRE)) {
      ink.text(written);
    } else {
      ChatInline.drawAddresses(written, ink);
    }
  }
}
