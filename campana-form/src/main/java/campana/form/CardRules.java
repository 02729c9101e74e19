package campana.form;

import campana.wire.Limits;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What Chat asks of `cardsV2` and `accessoryWidgets` beyond their types (docs/protocol.md,
/// «Cards»).
final class CardRules extends CardJudge {
  private static final int COLUMNS = 2;
  private static final int SELECTION_ITEMS = 100;

  CardRules(Complaints complaints, boolean strict) {
    super(complaints, strict);
  }

  /// @return whether something was dropped from the trees
  boolean judge(Content content) {
    var cards = content.cardsV2();
    tooMany("cards_v2", cards, Limits.CARDS_PER_MESSAGE, "cards");
    boolean dropped = false;
    for (int i = 0; i < cards.size(); i++) {
      where.enter("cards_v2", i);
      dropped |= card(cards.get(i), cards.size() > 1);
      where.leave();
    }
    var accessories = content.accessoryWidgets();
    widgets("accessory_widgets", accessories);
    // after the rules: a button whose link leads nowhere has its onClick still
    dropped |= dropDeadLinks("cards_v2", cards);
    dropped |= dropDeadLinks("accessory_widgets", accessories);
    return dropped;
  }

  private boolean card(JsonNode entry, boolean oneOfSeveral) {
    if (oneOfSeveral && !entry.has("cardId")) {
      complain("card_id", "of several cards each needs a card id.");
    }
    where.enter("card");
    var card = entry.path("card");
    header(card);
    sections(card);
    for (var section : card.path("sections").values()) {
      var control = section.path("collapseControl");
      if (control.has("expandButton") != control.has("collapseButton")) {
        complain("sections", "a collapse control needs both of its buttons or none.");
      }
    }
    var footer = card.get("fixedFooter");
    if (footer != null) {
      button("fixed_footer.primary_button", footer.path("primaryButton"));
    }
    where.leave();
    return dropBeyondLimit(card);
  }

  @Override
  void widget(JsonNode widget) {
    var kind = kind(widget);
    if (kind == null) {
      complain("data", "a widget needs content, as a text paragraph, an image or a button list.");
      return;
    }
    var body = widget.path(kind);
    switch (kind) {
      case "textParagraph" -> {
        if (!body.has("text")) {
          complain("text_paragraph.text", "a text paragraph needs a text.");
        }
      }
      case "decoratedText" -> decoratedText(body);
      case "buttonList" -> {
        for (int i = 0; i < body.path("buttons").size(); i++) {
          button("button_list.buttons[" + i + "]", body.path("buttons").get(i));
        }
      }
      case "selectionInput" ->
          tooMany("selection_input.items", body.path("items"), SELECTION_ITEMS, "items");
      case "columns" -> columns(body.path("columnItems"));
      case "carousel" -> carousel(body.path("carouselCards"));
      default -> {}
    }
  }

  private static @Nullable String kind(JsonNode widget) {
    for (var name : widget.propertyNames()) {
      if (!name.equals("horizontalAlignment")) {
        return name;
      }
    }
    return null;
  }

  private void decoratedText(JsonNode body) {
    if (!body.has("text") && !body.path("contentText").has("text")) {
      complain("decorated_text.text", "a decorated text needs a text.");
    }
    if (body.has("button")) {
      button("decorated_text.button", body.get("button"));
    }
  }

  private void columns(JsonNode columns) {
    tooMany("columns.column_items", columns, COLUMNS, "columns");
    where.enter("columns");
    for (int i = 0; i < columns.size(); i++) {
      where.enter("column_items", i);
      widgets("widgets", columns.get(i).path("widgets"));
      where.leave();
    }
    where.leave();
  }

  private void carousel(JsonNode cards) {
    where.enter("carousel");
    for (int i = 0; i < cards.size(); i++) {
      where.enter("carousel_cards", i);
      widgets("widgets", cards.get(i).path("widgets"));
      widgets("footer_widgets", cards.get(i).path("footerWidgets"));
      where.leave();
    }
    where.leave();
  }

  private void button(String path, JsonNode button) {
    if (button.path("onClick").isEmpty()) {
      complain(path + ".on_click", "a button needs an onClick.");
    }
  }
}
