package campana.server.draw;

import static campana.server.draw.Pen.string;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Says a card of the first kind (`cards`: Grafana, Gatus) in the words of the second.
final class CardsV1 {
  private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

  private CardsV1() {}

  static ObjectNode toV2(JsonNode card) {
    var made = MAKE.objectNode();
    var header = card.path("header");
    if (header.isObject()) {
      var head = made.putObject("header");
      copy(header, head, "title", "subtitle", "imageUrl");
      head.put("imageType", string(header, "imageStyle").equals("AVATAR") ? "CIRCLE" : "SQUARE");
    }
    var sections = made.putArray("sections");
    for (var section : card.path("sections")) {
      var to = sections.addObject();
      copy(section, to, "header");
      var widgets = to.putArray("widgets");
      for (var widget : section.path("widgets")) {
        widgets.add(widget(widget));
      }
    }
    return made;
  }

  private static ObjectNode widget(JsonNode widget) {
    var made = MAKE.objectNode();
    copy(widget, made, "textParagraph", "image");
    var keyValue = widget.path("keyValue");
    if (keyValue.isObject()) {
      made.set("decoratedText", decoratedText(keyValue));
    }
    if (!widget.path("buttons").isEmpty()) {
      var buttons = made.putObject("buttonList").putArray("buttons");
      for (var button : widget.path("buttons")) {
        buttons.add(button(button));
      }
    }
    return made;
  }

  private static ObjectNode decoratedText(JsonNode keyValue) {
    var made = MAKE.objectNode();
    copy(keyValue, made, "topLabel", "bottomLabel", "onClick");
    made.put("text", string(keyValue, "content"));
    icon(keyValue, made, "startIcon");
    if (keyValue.path("button").isObject()) {
      made.set("button", button(keyValue.path("button")));
    }
    return made;
  }

  private static ObjectNode button(JsonNode button) {
    var made = MAKE.objectNode();
    var text = button.path("textButton");
    var image = button.path("imageButton");
    copy(text.isObject() ? text : image, made, "text", "onClick");
    if (image.isObject()) {
      icon(image, made, "icon");
      made.put("altText", string(image, "name"));
    }
    return made;
  }

  private static void icon(JsonNode from, ObjectNode to, String field) {
    if (from.has("icon")) {
      to.putObject(field).put("knownIcon", string(from, "icon"));
    } else if (from.has("iconUrl")) {
      to.putObject(field).put("iconUrl", string(from, "iconUrl"));
    }
  }

  private static void copy(JsonNode from, ObjectNode to, String... fields) {
    for (var field : fields) {
      var value = from.path(field);
      if (!value.isMissingNode()) {
        to.set(field, value);
      }
    }
  }
}
