package campana.server.draw;

import static campana.server.draw.Pen.string;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.JsonNode;

/// Draws form fields as what they are in a webhook's card: pictures of fields.
final class Inputs {
  private static final int MOST_ITEMS = 100; // docs/protocol.md, «Cards»
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final Pen pen;
  private final Ink ink;

  Inputs(Pen pen) {
    this.pen = pen;
    this.ink = pen.ink();
  }

  static boolean has(JsonNode widget) {
    return widget.path("textInput").isObject()
        || widget.path("selectionInput").isObject()
        || widget.path("dateTimePicker").isObject();
  }

  void draw(JsonNode widget) {
    if (widget.has("textInput")) {
      var input = widget.path("textInput");
      var value = string(input, "value");
      field(string(input, "label"), value.isBlank() ? string(input, "hintText") : value);
    } else if (widget.has("selectionInput")) {
      selection(widget.path("selectionInput"));
    } else if (widget.has("dateTimePicker")) {
      var picker = widget.path("dateTimePicker");
      field(string(picker, "label"), instant(picker.path("valueMsEpoch").asLong(0)));
    }
  }

  private static String instant(long millis) {
    boolean told = millis > 0 && millis < 253_402_300_800_000L; // the year 10000
    return told ? UTC.format(Instant.ofEpochMilli(millis)) : "";
  }

  private void field(String label, String value) {
    open("input");
    pen.line("label", label);
    ink.element(Tag.DIV, "field", value);
    ink.close();
  }

  private void selection(JsonNode input) {
    open("input");
    pen.line("label", string(input, "label"));
    var type =
        string(input, "type"); // boxes are the schema's default, so they often come without it
    boolean one = type.equals("RADIO_BUTTON") || type.equals("DROPDOWN");
    int drawn = 0;
    for (var item : input.path("items")) {
      if (drawn++ == MOST_ITEMS) {
        break;
      }
      boolean chosen = item.path("selected").asBoolean(false);
      var mark = one ? (chosen ? "◉ " : "○ ") : (chosen ? "☑ " : "☐ ");
      pen.line("choice", mark + string(item, "text"));
    }
    ink.close();
  }

  void toggle(JsonNode control) {
    ink.open(Tag.SPAN, control.path("selected").asBoolean(false) ? "toggle on" : "toggle")
        .with(Attribute.ARIA_DISABLED, "true")
        .with(Attribute.TITLE, pen.words().noInput())
        .close();
  }

  private void open(String classes) {
    ink.open(Tag.DIV, classes)
        .with(Attribute.ARIA_DISABLED, "true")
        .with(Attribute.TITLE, pen.words().noInput());
  }
}
