package campana.server.draw;

import static campana.server.draw.Pen.string;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Draws buttons, chips and menus: links, as nobody receives any other click.
final class Buttons {
  private final Pen pen;
  private final Ink ink;

  Buttons(Pen pen) {
    this.pen = pen;
    this.ink = pen.ink();
  }

  void list(JsonNode buttons) {
    ink.open(Tag.DIV, "buttons");
    buttons.forEach(this::button);
    ink.close();
  }

  void button(JsonNode button) {
    var colour = colour(button.path("color"));
    var look = colour.map(palette -> "filled " + palette.paint()).orElseGet(() -> type(button));
    pressable(button, string(button, "text"), "button " + look);
  }

  void chips(JsonNode chipList) {
    boolean scrolls = string(chipList, "layout").equals("HORIZONTAL_SCROLLABLE");
    ink.open(Tag.DIV, scrolls ? "chips scrolls" : "chips");
    for (var chip : chipList.path("chips")) {
      pressable(chip, string(chip, "label"), "chip");
    }
    ink.close();
  }

  private void pressable(JsonNode thing, String text, String classes) {
    var click =
        thing.path("disabled").asBoolean(false)
            ? new Click.Dead()
            : Click.of(thing.path("onClick"));
    switch (click) {
      case Click.Open(var link) -> {
        ink.openLink(link).classes(classes);
        face(thing, text, Optional.of(link));
        ink.close();
      }
      case Click.Menu(var items) -> {
        ink.open(Tag.DETAILS, "menu").open(Tag.SUMMARY, classes);
        face(thing, text.isBlank() ? pen.words().more() : text, Optional.empty());
        ink.close().open(Tag.DIV, "menu-items");
        items.forEach(item -> pressable(item, string(item, "text"), "menu-item"));
        ink.close().close();
      }
      case Click.Dead() -> {
        ink.open(Tag.SPAN, classes + " dead")
            .with(Attribute.ARIA_DISABLED, "true")
            .with(Attribute.TITLE, pen.words().linksOnly());
        face(thing, text, Optional.empty());
        ink.close();
      }
    }
  }

  /// Icon and words; without words the icon is named, and without either the link's host stands.
  private void face(JsonNode thing, String text, Optional<SafeLink> link) {
    var icon = thing.path(thing.has("startIcon") ? "startIcon" : "icon");
    boolean drawn = icon.isObject() && Icons.draw(icon, pen);
    if (!text.isBlank()) {
      ink.element(Tag.SPAN, "face", text);
      return;
    }
    var alt = string(thing, "altText");
    var name = alt.isBlank() ? string(icon, "altText") : alt;
    if (!drawn || !name.isBlank()) {
      var shown = name.isBlank() ? link.map(SafeLink::host).orElse("…") : name;
      ink.element(Tag.SPAN, drawn ? "face unseen" : "face", shown);
    }
  }

  private static String type(JsonNode button) {
    return switch (string(button, "type")) {
      case "FILLED" -> "filled";
      case "FILLED_TONAL" -> "tonal";
      case "BORDERLESS" -> "borderless";
      default -> "outlined";
    };
  }

  private static Optional<Palette> colour(JsonNode colour) {
    return colour.isObject()
        ? Palette.of(
            colour.path("red").asDouble(0),
            colour.path("green").asDouble(0),
            colour.path("blue").asDouble(0))
        : Optional.empty();
  }
}
