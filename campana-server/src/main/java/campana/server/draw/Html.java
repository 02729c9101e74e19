package campana.server.draw;

import java.util.ArrayDeque;
import java.util.Deque;

/// Writes HTML that is balanced and escaped by construction: whatever comes in through
/// [#text(String)] or as an attribute's value stays text.
final class Html implements Ink {
  private final StringBuilder out = new StringBuilder(512);
  private final Deque<Tag> open = new ArrayDeque<>();
  private boolean inTag; // "<a href=…" stands there without its ">"

  @Override
  public Html open(Tag tag) {
    endTag();
    out.append('<').append(tag.html);
    inTag = true;
    if (!tag.empty()) {
      open.push(tag);
    }
    return this;
  }

  @Override
  public Html with(Attribute attribute, String value) {
    if (!inTag) {
      throw new IllegalStateException("attribute " + attribute + " after its element's content");
    }
    out.append(' ').append(attribute.html).append("=\"");
    escape(value);
    out.append('"');
    return this;
  }

  @Override
  public Html text(String text) {
    endTag();
    escape(text);
    return this;
  }

  @Override
  public Html close() {
    endTag();
    out.append("</").append(open.pop().html).append('>');
    return this;
  }

  /// What was written, with every element that is still open closed.
  String done() {
    endTag();
    while (!open.isEmpty()) {
      close();
    }
    return out.toString();
  }

  private void endTag() {
    if (inTag) {
      out.append('>');
      inTag = false;
    }
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = Sieve.at(text, i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> {
          if (!Sieve.dropped(c)) {
            out.append(c);
          }
        }
      }
    }
  }
}
