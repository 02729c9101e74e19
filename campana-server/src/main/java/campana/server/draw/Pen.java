package campana.server.draw;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What every part of a drawing needs at hand.
record Pen(Ink ink, DrawingWords words, Mentions mentions, ImageAddresses images) {

  static String string(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  /// Writes a line of plain text, unless there is none.
  void line(String classes, String text) {
    if (!text.isBlank()) {
      ink.element(Tag.DIV, classes, text);
    }
  }

  /// Writes a line of card text, unless there is none.
  void html(String classes, String html) {
    if (!html.isBlank()) {
      ink.open(Tag.DIV, classes);
      CardHtml.draw(html, ink);
      ink.close();
    }
  }

  /// Lets a click anywhere in the element around it follow the link. An anchor of its own and not
  /// one around all, as there may be other links within.
  void cover(Optional<SafeLink> link, String label) {
    link.ifPresent(there ->
        ink.openLink(there)
            .classes("cover")
            .with(Attribute.TITLE, there.url())
            .with(Attribute.ARIA_LABEL, label.isBlank() ? there.host() : label)
            .close());
  }
}
