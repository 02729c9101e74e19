package campana.form;

import campana.wire.Blank;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The parts of a message that are stored, as JSON, and their size as the limit counts it: UTF-8 of
/// `text` and `fallbackText`, compact JSON of the rest.
final class Content {
  private static final String[] STRUCTURES = {"cardsV2", "cards", "accessoryWidgets"};

  private final ObjectNode message;
  private final String text;
  private final String fallbackText;
  private final byte[] @Nullable [] structures = new byte[STRUCTURES.length][];

  /// @param message as bound
  Content(ObjectNode message) {
    this.message = message;
    this.text = string(message, "text");
    this.fallbackText = string(message, "fallbackText");
    for (int i = 0; i < STRUCTURES.length; i++) {
      write(i);
    }
  }

  static String string(ObjectNode object, String name) {
    var value = object.get(name);
    return value == null ? "" : value.stringValue();
  }

  String text() {
    return text;
  }

  JsonNode cardsV2() {
    return message.path(STRUCTURES[0]);
  }

  JsonNode cards() {
    return message.path(STRUCTURES[1]);
  }

  JsonNode accessoryWidgets() {
    return message.path(STRUCTURES[2]);
  }

  /// Nothing to show: accessory widgets and a fallback text accompany something or are nothing.
  boolean isEmpty() {
    return Blank.is(text) && cardsV2().isEmpty() && cards().isEmpty();
  }

  int size() {
    int size = Utf8.length(text) + Utf8.length(fallbackText);
    for (var bytes : structures) {
      size += bytes == null ? 0 : bytes.length;
    }
    return size;
  }

  /// Takes over what was changed in the trees.
  void rewrite() {
    for (int i = 0; i < STRUCTURES.length; i++) {
      write(i);
    }
  }

  private void write(int i) {
    var tree = message.get(STRUCTURES[i]);
    structures[i] = tree == null ? null : JsonText.MAPPER.writeValueAsBytes(tree);
  }

  byte[] toJson() {
    var json = new Joiner();
    json.string("text", text);
    json.string("fallbackText", fallbackText);
    for (int i = 0; i < STRUCTURES.length; i++) {
      json.raw(STRUCTURES[i], structures[i]);
    }
    json.string("markupSyntax", string(message, "markupSyntax"));
    return json.close();
  }

  /// Puts members together.
  private static final class Joiner {
    private byte[] bytes = new byte[256];
    private int length;

    void string(String name, String value) {
      if (!value.isEmpty()) {
        var quoted = JsonStringEncoder.getInstance().quoteAsUTF8(value);
        name(name, quoted.length + 2);
        bytes[length++] = '"';
        append(quoted);
        bytes[length++] = '"';
      }
    }

    void raw(String name, byte @Nullable [] json) {
      if (json != null) {
        name(name, json.length);
        append(json);
      }
    }

    @SuppressWarnings("deprecation") // names are ASCII, and this is the one copy without a detour
    private void name(String name, int valueLength) {
      int needed = length + name.length() + valueLength + 5;
      if (needed > bytes.length) {
        bytes = Arrays.copyOf(bytes, needed + 64);
      }
      bytes[length] = (byte) (length == 0 ? '{' : ',');
      bytes[length + 1] = '"';
      length += 2;
      name.getBytes(0, name.length(), bytes, length);
      length += name.length();
      bytes[length++] = '"';
      bytes[length++] = ':';
    }

    private void append(byte[] more) {
      System.arraycopy(more, 0, bytes, length, more.length);
      length += more.length;
    }

    byte[] close() {
      if (length == 0) {
        return "{}".getBytes(StandardCharsets.US_ASCII);
      }
      var whole = Arrays.copyOf(bytes, length + 1);
      whole[length] = '}';
      return whole;
    }
  }
}
