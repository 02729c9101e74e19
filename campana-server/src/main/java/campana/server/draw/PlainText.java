package campana.server.draw;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Keeps the words of what is drawn, in one line, up to a length; fit for a terminal and a title.
final class PlainText implements Ink {
  /// A line for many eyes: whose name stands behind an id is not looked up.
  static final Mentions MENTIONS =
      user -> user.equals("users/all") ? Optional.of("all") : Optional.empty();

  private final int most;
  private final StringBuilder out = new StringBuilder();
  private final Deque<Tag> open = new ArrayDeque<>();
  private boolean gap;

  PlainText(int most) {
    this.most = most;
  }

  @Override
  public PlainText open(Tag tag) {
    gap |= tag.breaksLine();
    if (!tag.empty()) {
      open.push(tag);
    }
    return this;
  }

  @Override
  public PlainText with(Attribute attribute, String value) {
    return this;
  }

  @Override
  public PlainText text(String text) {
    for (int i = 0; i < text.length() && out.length() <= most; i++) {
      char c = Sieve.at(text, i);
      if (Character.isWhitespace(c)) {
        gap = true;
      } else if (!Sieve.dropped(c)) {
        if (gap && !out.isEmpty()) {
          out.append(' ');
        }
        gap = false;
        out.append(c);
      }
    }
    return this;
  }

  @Override
  public PlainText close() {
    gap |= open.pop().breaksLine();
    return this;
  }

  /// The line; one that was cut ends in an ellipsis.
  String done() {
    if (out.length() <= most) {
      return out.toString();
    }
    int end = Character.isHighSurrogate(out.charAt(most - 2)) ? most - 2 : most - 1;
    return out.substring(0, end) + "…";
  }
}
