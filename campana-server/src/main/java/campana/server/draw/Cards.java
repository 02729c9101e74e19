package campana.server.draw;

import static campana.server.draw.Pen.string;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Draws cards: header and sections. A card in which nothing can be seen says so.
final class Cards {
  private static final int MOST_CARDS = 100; // docs/protocol.md, «Cards»
  private static final int MOST_WIDGETS = 100;

  private final Pen pen;
  private final Ink ink;
  private final Widgets widgets;

  Cards(Pen pen) {
    this.pen = pen;
    this.ink = pen.ink();
    this.widgets = new Widgets(pen);
  }

  /// The cards of a message of either kind, in the shape of the second.
  static List<JsonNode> of(JsonNode message) {
    var cards = new ArrayList<JsonNode>();
    for (var card : message.path("cardsV2")) {
      cards.add(card.path("card"));
    }
    for (var card : message.path("cards")) {
      cards.add(CardsV1.toV2(card));
    }
    return cards.subList(0, Math.min(cards.size(), MOST_CARDS));
  }

  /// What a card is about, for a line of plain text: its title, else its first words.
  static void title(JsonNode card, Ink ink) {
    var title = string(card.path("header"), "title");
    if (!title.isBlank()) {
      ink.text(title);
      return;
    }
    for (var section : sections(card)) {
      for (var widget : section.path("widgets")) {
        for (var kind : List.of("textParagraph", "decoratedText")) {
          var text = string(widget.path(kind), "text");
          if (!text.isBlank()) {
            CardHtml.draw(text, ink);
            return;
          }
        }
      }
    }
  }

  void draw(JsonNode card) {
    var lines = string(card, "sectionDividerStyle").equals("NO_DIVIDER") ? "card plain" : "card";
    ink.open(Tag.DIV, lines);
    var header = card.path("header");
    boolean headed = !string(header, "title").isBlank() || header.has("imageUrl");
    if (headed) {
      header(header);
    }
    var sections = sections(card);
    sections.forEach(this::section);
    if (!headed && sections.isEmpty()) {
      pen.line("nothing", pen.words().emptyCard());
    }
    ink.close();
  }

  /// The sections with something to see, up to the one that takes the card past its widgets.
  private static List<JsonNode> sections(JsonNode card) {
    var kept = new ArrayList<JsonNode>();
    int count = 0;
    for (var section : card.path("sections")) {
      count += section.path("widgets").size();
      if (count > MOST_WIDGETS) {
        break;
      }
      if (!visible(section).isEmpty() || !string(section, "header").isBlank()) {
        kept.add(section);
      }
    }
    return kept;
  }

  private static List<JsonNode> visible(JsonNode section) {
    return section.path("widgets").values().stream().filter(Widgets::shows).toList();
  }

  private void header(JsonNode header) {
    var title = string(header, "title");
    ink.open(Tag.DIV, "card-header");
    var image = string(header, "imageUrl");
    if (!image.isBlank()) {
      boolean circle = string(header, "imageType").equals("CIRCLE");
      var letter = title.isBlank() ? "" : Character.toString(title.strip().codePointAt(0));
      Pictures.small(image, "avatar", circle, string(header, "imageAltText"), letter, pen);
    }
    ink.open(Tag.DIV, "card-names");
    pen.line("card-title", title);
    pen.line("label", string(header, "subtitle"));
    ink.close().close();
  }

  private void section(JsonNode section) {
    var visible = visible(section);
    int shown = visible.size();
    if (section.path("collapsible").asBoolean(false)) {
      shown = Math.clamp(section.path("uncollapsibleWidgetsCount").asInt(0), 0, shown);
    }
    ink.open(Tag.DIV, "section");
    pen.html("section-header", string(section, "header"));
    visible.subList(0, shown).forEach(widgets::draw);
    if (shown < visible.size()) {
      var control = section.path("collapseControl");
      Fold.hide(
          or(string(control.path("expandButton"), "text"), pen.words().showMore()),
          or(string(control.path("collapseButton"), "text"), pen.words().showLess()),
          ink);
      ink.open(Tag.DIV, "folded");
      visible.subList(shown, visible.size()).forEach(widgets::draw);
      ink.close();
    }
    ink.close();
  }

  private static String or(String text, String other) {
    return text.isBlank() ? other : text;
  }
}
