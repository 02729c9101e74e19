package campana.server.draw;

import static campana.server.draw.Pen.string;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Draws one widget of a card, each kind by its own method.
final class Widgets {
  private static final int CARD_LINE = 70; // characters
  private static final int MOST_COLUMNS = 2;

  private final Pen pen;
  private final Ink ink;
  private final Buttons buttons;
  private final Inputs inputs;

  Widgets(Pen pen) {
    this.pen = pen;
    this.ink = pen.ink();
    this.buttons = new Buttons(pen);
    this.inputs = new Inputs(pen);
  }

  /// Whether anything of it can be seen.
  static boolean shows(JsonNode widget) {
    return widget.has("divider")
        || widget.path("image").isObject()
        || !string(widget.path("textParagraph"), "text").isBlank()
        || widget.path("decoratedText").isObject()
        || !widget.path("buttonList").path("buttons").isEmpty()
        || !widget.path("chipList").path("chips").isEmpty()
        || !widget.path("grid").path("items").isEmpty()
        || !widget.path("carousel").path("carouselCards").isEmpty()
        || !widget.path("columns").path("columnItems").isEmpty()
        || Inputs.has(widget);
  }

  void draw(JsonNode widget) {
    draw(widget, true);
  }

  /// @param outer whether it stands in the card itself: only there a widget may hold widgets
  private void draw(JsonNode widget, boolean outer) {
    if (!shows(widget)) {
      return;
    }
    if (widget.has("divider")) {
      ink.open(Tag.HR);
      return;
    }
    ink.open(Tag.DIV, "widget" + aligned(string(widget, "horizontalAlignment")));
    if (widget.has("textParagraph")) {
      paragraph(widget.path("textParagraph"), "paragraph");
    } else if (widget.has("image")) {
      var image = widget.path("image");
      Pictures.wide(string(image, "imageUrl"), string(image, "altText"), Click.link(image), pen);
    } else if (widget.has("decoratedText")) {
      decorated(widget.path("decoratedText"));
    } else if (widget.has("buttonList")) {
      buttons.list(widget.path("buttonList").path("buttons"));
    } else if (widget.has("chipList")) {
      buttons.chips(widget.path("chipList"));
    } else if (widget.has("grid")) {
      grid(widget.path("grid"));
    } else if (outer && widget.has("columns")) {
      columns(widget.path("columns").path("columnItems"));
    } else if (outer && widget.has("carousel")) {
      carousel(widget.path("carousel").path("carouselCards"));
    } else {
      inputs.draw(widget);
    }
    ink.close();
  }

  private static String aligned(String alignment) {
    return switch (alignment) {
      case "CENTER" -> " center";
      case "END" -> " end";
      default -> "";
    };
  }

  private void paragraph(JsonNode paragraph, String classes) {
    var text = string(paragraph, "text");
    int asked = paragraph.path("maxLines").asInt(0);
    int shown = asked > 0 ? Math.min(asked, Fold.LINES) : Fold.LINES;
    Fold.lines(Fold.count(text, CARD_LINE), shown, pen.words(), ink);
    ink.open(Tag.DIV);
    if (string(paragraph, "textSyntax").equals("MARKDOWN")) {
      ink.classes(classes + " markdown");
      MarkdownText.draw(text, pen.mentions(), ink);
    } else {
      ink.classes(classes);
      CardHtml.draw(text, ink);
    }
    ink.close();
  }

  /// Labels stand beside their values where there is room. Long values wrap, whatever `wrapText`
  /// says: half of an alert's text is no alert.
  private void decorated(JsonNode decorated) {
    var icon = decorated.path(decorated.has("startIcon") ? "startIcon" : "icon");
    var link = Click.link(decorated);
    ink.open(Tag.DIV, "decorated" + (link.isPresent() ? " clicked" : ""));
    if (icon.isObject()) {
      ink.open(Tag.SPAN, "start");
      Icons.draw(icon, pen);
      ink.close();
    }
    var label = string(decorated, "topLabel");
    var topText = decorated.path("topLabelText");
    boolean labelled = !label.isBlank() || !string(topText, "text").isBlank();
    ink.open(Tag.DIV, labelled ? "body labelled" : "body");
    if (!label.isBlank()) {
      pen.html("label", label);
    } else if (labelled) {
      paragraph(topText, "label");
    }
    ink.open(Tag.DIV, "value");
    pen.html("words", string(decorated, "text"));
    optionalParagraph(decorated.path("contentText"), "words");
    pen.html("label", string(decorated, "bottomLabel"));
    optionalParagraph(decorated.path("bottomLabelText"), "label");
    ink.close().close();
    end(decorated);
    pen.cover(link, label);
    ink.close();
  }

  private void optionalParagraph(JsonNode paragraph, String classes) {
    if (!string(paragraph, "text").isBlank()) {
      paragraph(paragraph, classes);
    }
  }

  private void end(JsonNode decorated) {
    ink.open(Tag.SPAN, "end-control");
    if (decorated.path("button").isObject()) {
      buttons.button(decorated.path("button"));
    } else if (decorated.path("endIcon").isObject()) {
      Icons.draw(decorated.path("endIcon"), pen);
    } else if (decorated.path("switchControl").isObject()) {
      inputs.toggle(decorated.path("switchControl"));
    }
    ink.close();
  }

  private void columns(JsonNode items) {
    ink.open(Tag.DIV, "columns");
    int drawn = 0;
    for (var item : items) {
      if (drawn++ == MOST_COLUMNS) {
        break;
      }
      boolean small = string(item, "horizontalSizeStyle").equals("FILL_MINIMUM_SPACE");
      ink.open(
          Tag.DIV,
          (small ? "column least" : "column")
              + aligned(string(item, "horizontalAlignment"))
              + vertical(string(item, "verticalAlignment")));
      item.path("widgets").forEach(widget -> draw(widget, false));
      ink.close();
    }
    ink.close();
  }

  private static String vertical(String alignment) {
    return switch (alignment) {
      case "CENTER" -> " middle";
      case "BOTTOM" -> " bottom";
      default -> "";
    };
  }

  private void grid(JsonNode grid) {
    pen.line("grid-title", string(grid, "title"));
    int columns = Math.clamp(grid.path("columnCount").asInt(2), 1, 4);
    boolean stroke = string(grid.path("borderStyle"), "type").equals("STROKE");
    ink.open(Tag.DIV, "grid grid-" + columns + (stroke ? " stroked" : ""));
    var link = Click.link(grid);
    for (var item : grid.path("items")) {
      gridItem(item, link);
    }
    ink.close();
  }

  private void gridItem(JsonNode item, Optional<SafeLink> link) {
    boolean above = string(item, "layout").equals("TEXT_ABOVE");
    var title = string(item, "title");
    ink.open(Tag.DIV, above ? "grid-item text-above" : "grid-item");
    var image = item.path("image");
    if (image.isObject()) {
      var crop = string(image.path("cropStyle"), "type");
      ink.open(
          Tag.DIV,
          switch (crop) {
            case "CIRCLE" -> "crop-circle";
            case "RECTANGLE_4_3" -> "crop-wide";
            default -> "crop-square";
          });
      var uri = string(image, "imageUri");
      Pictures.small(
          uri,
          "fill",
          crop.equals("CIRCLE"),
          string(image, "altText"),
          SafeLink.of(uri).map(SafeLink::host).orElse(""),
          pen);
      ink.close();
    }
    ink.open(Tag.DIV, "grid-text");
    pen.line("grid-name", title);
    pen.line("label", string(item, "subtitle"));
    ink.close();
    pen.cover(link, title);
    ink.close();
  }

  private void carousel(JsonNode cards) {
    ink.open(Tag.DIV, "carousel");
    for (var card : cards) {
      ink.open(Tag.DIV, "slide");
      card.path("widgets").forEach(widget -> draw(widget, false));
      card.path("footerWidgets").forEach(widget -> draw(widget, false));
      ink.close();
    }
    ink.close();
  }
}
