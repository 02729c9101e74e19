package campana.client;

import campana.client.card.ButtonList;
import campana.client.card.Card;
import campana.client.card.Violation;
import campana.client.text.Utf8;
import campana.wire.Blank;
import campana.wire.Limits;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A body built of parts. */
final class BuiltBody implements Body {
  /** A card of the message. */
  static final class Entry {
    private final String id;
    private final Card card;

    /**
     * @param id empty for none
     */
    Entry(String id, Card card) {
      this.id = id;
      this.card = card;
    }

    String id() {
      return id;
    }

    Card card() {
      return card;
    }
  }

  private final String text;
  private final String fallbackText;
  private final List<Entry> cards;
  private final List<ButtonList> accessories;
  private final String cardsJson; // empty for none
  private final String accessoriesJson; // empty for none

  BuiltBody(String text, String fallbackText, List<Entry> cards, List<ButtonList> accessories) {
    this.text = text;
    this.fallbackText = fallbackText;
    this.cards = List.copyOf(cards);
    this.accessories = List.copyOf(accessories);
    this.cardsJson = cards.isEmpty() ? "" : Json.write(this::writeCards);
    this.accessoriesJson = accessories.isEmpty() ? "" : Json.write(this::writeAccessories);
  }

  private void writeCards(JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (Entry entry : cards) {
      out.writeStartObject();
      if (!entry.id().isEmpty()) {
        out.writeStringField("cardId", entry.id());
      }
      out.writeFieldName("card");
      out.writeRawValue(entry.card().toJson());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void writeAccessories(JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (ButtonList buttons : accessories) {
      out.writeStartObject();
      out.writeFieldName("buttonList");
      out.writeRawValue(buttons.toJson());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** The same with another text. */
  BuiltBody with(String other) {
    return new BuiltBody(other, fallbackText, cards, accessories);
  }

  @Override
  public String text() {
    return text;
  }

  boolean hasCards() {
    return !cards.isEmpty();
  }

  /** What all but the text takes, in bytes. */
  int rest() {
    return Utf8.length(fallbackText) + Utf8.length(cardsJson) + Utf8.length(accessoriesJson);
  }

  @Override
  public int bytes() {
    return Utf8.length(text) + rest();
  }

  @Override
  public boolean isEmpty() {
    return Blank.is(text) && cards.isEmpty();
  }

  /** What the server would refuse, but for the size. */
  List<Violation> violations() {
    List<Violation> found = new ArrayList<>();
    if (isEmpty()) {
      found.add(Violation.of("message", "Message cannot be empty."));
    }
    if (cards.size() > Limits.CARDS_PER_MESSAGE) {
      found.add(
          Violation.beyond(
              "message.cards_v2",
              cards.size(),
              Limits.CARDS_PER_MESSAGE,
              "there are "
                  + cards.size()
                  + " cards, and at most "
                  + Limits.CARDS_PER_MESSAGE
                  + " fit."));
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < cards.size(); i++) {
      String path = "message.cards_v2[" + i + "]";
      String id = cards.get(i).id();
      if (!id.isEmpty() && !ids.add(id)) {
        found.add(Violation.of(path + ".card_id", "another card has this id already."));
      }
      cards.get(i).card().violations().forEach(wrong -> found.add(wrong.within(path + ".card")));
    }
    for (int i = 0; i < accessories.size(); i++) {
      String path = "message.accessory_widgets[" + i + "].button_list";
      accessories.get(i).violations().forEach(wrong -> found.add(wrong.within(path)));
    }
    return found;
  }

  @Override
  public String toJson(Optional<String> threadKey, Optional<String> threadName) {
    return Json.write(out -> {
      out.writeStartObject();
      if (!text.isEmpty()) {
        out.writeStringField("text", text);
      }
      raw("cardsV2", cardsJson, out);
      if (!fallbackText.isEmpty()) {
        out.writeStringField("fallbackText", fallbackText);
      }
      raw("accessoryWidgets", accessoriesJson, out);
      if (threadKey.isPresent() || threadName.isPresent()) {
        out.writeObjectFieldStart("thread");
        Json.thread(out, threadKey, threadName);
        out.writeEndObject();
      }
      out.writeEndObject();
    });
  }

  private static void raw(String name, String json, JsonGenerator out) throws IOException {
    if (!json.isEmpty()) {
      out.writeFieldName(name);
      out.writeRawValue(json);
    }
  }
}
