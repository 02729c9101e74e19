package campana.client;

import campana.client.text.Utf8;
import campana.wire.FieldName;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Counts the bytes of a message in JSON as the server will: it keeps names in lowerCamelCase and
 * drops what says no more than its absence would.
 */
final class RawSize {
  private static final Set<String> TEXTS = Set.of("text", "fallbackText");
  private static final Set<String> STRUCTURES = Set.of("cards", "cardsV2", "accessoryWidgets");

  /** Fields of cards that are lists, also where one object stands instead. */
  private static final Set<String> LISTS =
      Set.of(
          "buttons",
          "carouselCards",
          "chips",
          "columnItems",
          "footerWidgets",
          "items",
          "sections",
          "widgets");

  private final JsonParser in;

  /**
   * @param in stands at the beginning of the message's object
   */
  RawSize(JsonParser in) {
    this.in = in;
  }

  /** Reads up to the object's end. */
  int message() throws IOException {
    Map<String, Integer> sizes = new HashMap<>(); // of a name that comes twice the last one counts
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = FieldName.camel(in.currentName());
      JsonToken value = in.nextToken();
      if (TEXTS.contains(name) && value == JsonToken.VALUE_STRING) {
        sizes.put(name, Utf8.length(in.getText()));
      } else if (STRUCTURES.contains(name)) {
        int around = value == JsonToken.START_OBJECT ? 2 : 0; // the list it becomes
        sizes.put(name, value() + around);
      } else {
        in.skipChildren();
      }
    }
    return sizes.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Bytes of the value the parser stands at; 0 for one that is dropped. */
  private int value() throws IOException {
    switch (in.currentToken()) {
      case START_OBJECT:
        return object();
      case START_ARRAY:
        return list();
      case VALUE_STRING:
        return in.getText().isEmpty() ? 0 : quoted(in.getText());
      case VALUE_FALSE:
      case VALUE_NULL:
        return 0;
      case VALUE_NUMBER_INT:
      case VALUE_NUMBER_FLOAT:
        return in.getDoubleValue() == 0 ? 0 : in.getText().length();
      default:
        return in.getText().length(); // true
    }
  }

  private int object() throws IOException {
    int size = 0;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = FieldName.camel(in.currentName());
      int around = in.nextToken() == JsonToken.START_OBJECT && LISTS.contains(name) ? 2 : 0;
      int value = value() + around;
      size += value == 0 ? 0 : quoted(name) + 1 + value + 1; // colon, and comma or brace
    }
    return size == 0 ? 2 : size + 1;
  }

  private int list() throws IOException {
    int size = 0;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      int value = value();
      size += value == 0 ? 0 : value + 1;
    }
    return size == 0 ? 0 : size + 1;
  }

  private static int quoted(String text) {
    return JsonStringEncoder.getInstance().quoteAsUTF8(Utf8.mended(text)).length + 2;
  }
}
