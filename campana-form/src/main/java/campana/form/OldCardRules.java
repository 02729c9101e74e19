package campana.form;

import campana.wire.Limits;
import tools.jackson.databind.JsonNode;

/// The same for `cards`, the first generation, which Grafana, Gatus and Jenkins still send.
final class OldCardRules extends CardJudge {
  OldCardRules(Complaints complaints, boolean strict) {
    super(complaints, strict);
  }

  /// @return whether something was dropped from the tree
  boolean judge(JsonNode cards) {
    tooMany("cards", cards, Limits.CARDS_PER_MESSAGE, "cards");
    boolean dropped = false;
    for (int i = 0; i < cards.size(); i++) {
      var card = cards.get(i);
      where.enter("cards", i);
      header(card);
      sections(card);
      where.leave();
      dropped |= dropBeyondLimit(card);
    }
    dropped |= dropDeadLinks("cards", cards);
    return dropped;
  }

  @Override
  void widget(JsonNode widget) {
    if (widget.isEmpty()) {
      complain("data", "a widget needs content, as a text paragraph, a key value or buttons.");
      return;
    }
    if (widget.has("textParagraph") && !widget.get("textParagraph").has("text")) {
      complain("text_paragraph.text", "a text paragraph needs a text.");
    }
    var buttons = widget.path("buttons");
    for (int i = 0; i < buttons.size(); i++) {
      button("buttons[" + i + "]", buttons.get(i));
    }
    if (widget.path("keyValue").has("button")) {
      button("key_value.button", widget.path("keyValue").get("button"));
    }
  }

  private void button(String path, JsonNode button) {
    for (var body : button.values()) { // the one of textButton and imageButton that is there
      if (body.path("onClick").isEmpty()) {
        complain(path + ".on_click", "a button needs an onClick.");
      }
    }
    if (button.isEmpty()) {
      complain(path, "a button needs a textButton or an imageButton.");
    }
  }
}
