package campana.client;

import campana.wire.Limits;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Counts a message as the wire does: UTF-8 bytes of text and fallbackText and of the compact JSON
 * of cards and accessory widgets (docs/protocol.md, «Limits»).
 */
final class BodySize {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> TEXTS = Set.of("text", "fallbackText", "fallback_text");
  private static final Set<String> STRUCTURES =
      Set.of("cards", "cardsV2", "cards_v2", "accessoryWidgets", "accessory_widgets");

  private BodySize() {}

  /** Whether the far side would refuse it for its length; what is no JSON is the far side's. */
  static boolean isTooLarge(byte[] body) {
    if (body.length <= Limits.MESSAGE_BYTES) {
      return false; // the envelope only adds
    }
    try {
      return count(body) > Limits.MESSAGE_BYTES || body.length > Limits.BODY_BYTES;
    } catch (IOException e) {
      return body.length > Limits.BODY_BYTES;
    }
  }

  static int count(byte[] body) throws IOException {
    int size = 0;
    try (JsonParser in = JSON.createParser(body)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return 0;
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        JsonToken value = in.nextToken();
        if (TEXTS.contains(name) && value == JsonToken.VALUE_STRING) {
          size += in.getText().getBytes(StandardCharsets.UTF_8).length;
        } else if (STRUCTURES.contains(name)) {
          ByteArrayOutputStream compact = new ByteArrayOutputStream();
          try (JsonGenerator out = JSON.createGenerator(compact)) {
            out.copyCurrentStructure(in);
          }
          size += compact.size();
        } else {
          in.skipChildren();
        }
      }
    }
    return size;
  }
}
