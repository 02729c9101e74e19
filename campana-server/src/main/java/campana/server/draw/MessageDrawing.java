package campana.server.draw;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Draws stored messages. Safe for use by many threads, as long as `mentions` and `images` are.
public final class MessageDrawing {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST_LINE = 500;

  private final DrawingWords words;
  private final Mentions mentions;
  private final ImageAddresses images;

  public MessageDrawing(DrawingWords words, Mentions mentions, ImageAddresses images) {
    this.words = words;
    this.mentions = mentions;
    this.images = images;
  }

  /// @param content of a [campana.server.message.Message]; empty once that was removed
  /// @return text, cards and buttons as HTML that may stand in a page as it is; empty for no
  ///   content
  public String html(byte[] content) {
    var html = new Html();
    draw(read(content), html);
    return html.done();
  }

  private void draw(JsonNode message, Ink ink) {
    var text = message.path("text").asString("");
    var cards = Cards.of(message);
    if (!text.isBlank()) {
      text(text, markdown(message), ink);
    } else if (cards.isEmpty()) {
      text(message.path("fallbackText").asString(""), false, ink);
    }
    var pen = new Pen(ink, words, mentions, images);
    if (!cards.isEmpty()) {
      var drawing = new Cards(pen);
      ink.open(Tag.DIV, "cards");
      cards.forEach(drawing::draw);
      ink.close();
    }
    for (var gif : message.path("attachedGifs")) {
      Pictures.wide(gif.path("uri").asString(""), "GIF", Optional.empty(), pen);
    }
    for (var accessory : message.path("accessoryWidgets")) {
      var buttons = accessory.path("buttonList").path("buttons");
      if (!buttons.isEmpty()) {
        new Buttons(pen).list(buttons);
      }
    }
  }

  private void text(String text, boolean markdown, Ink ink) {
    if (text.isBlank()) {
      return;
    }
    Fold.lines(Fold.count(text, 100), Fold.LINES, words, ink);
    ink.open(Tag.DIV, "text").with(Attribute.DIR, "auto");
    if (markdown) {
      MarkdownText.draw(text, mentions, ink);
    } else {
      ChatText.draw(text, mentions, ink);
    }
    ink.close();
  }

  /// The message in one line without markup or control characters, for titles, notifications and
  /// terminals: its text, else its `fallbackText`, else the titles of its cards.
  public static String plain(byte[] content) {
    return plain(read(content));
  }

  private static String plain(JsonNode message) {
    var ink = new PlainText(LONGEST_LINE);
    var text = message.path("text").asString("");
    var fallback = message.path("fallbackText").asString("");
    if (text.isBlank() && fallback.isBlank()) {
      for (var card : Cards.of(message)) {
        Cards.title(card, ink);
        ink.open(Tag.BR);
      }
    } else if (text.isBlank()) {
      ink.text(fallback);
    } else if (markdown(message)) {
      MarkdownText.draw(text, PlainText.MENTIONS, ink);
    } else {
      ChatText.draw(text, PlainText.MENTIONS, ink);
    }
    return ink.done();
  }

  public static MessageState state(byte[] content) {
    var message = read(content);
    for (var card : message.path("cardsV2")) {
      var state = MessageState.ofCardId(card.path("cardId").asString(""));
      if (state != MessageState.NONE) {
        return state;
      }
    }
    return MessageState.ofLine(plain(message));
  }

  private static boolean markdown(JsonNode message) {
    return message.path("markupSyntax").asString("").equals("MARKUP_SYNTAX_MARKDOWN");
  }

  private static JsonNode read(byte[] content) {
    return content.length == 0 ? JSON.missingNode() : JSON.readTree(content);
  }
}
