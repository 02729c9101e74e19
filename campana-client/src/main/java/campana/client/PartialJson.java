package campana.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads as much of a JSON text as is there: where it is cut off or no longer JSON, what came before
 * stays. An answer that broke off after the interesting part is still an answer.
 */
final class PartialJson {
  private static final JsonFactory JSON = new JsonFactory();

  private PartialJson() {}

  /** An object's members; empty where the text is no object. A list stands for its first one. */
  static Map<String, Object> read(byte[] text) {
    List<@Nullable Object> root = new ArrayList<>();
    try (JsonParser in = JSON.createParser(text)) {
      if (in.nextToken() != null) {
        value(in, root);
      }
    } catch (IOException e) {
      return object(root); // as far as it went
    }
    return object(root);
  }

  private static Map<String, Object> object(List<@Nullable Object> root) {
    Object first = root.isEmpty() ? null : root.get(0);
    if (first instanceof List && !((List<?>) first).isEmpty()) {
      first = ((List<?>) first).get(0);
    }
    return member(first);
  }

  /** The value as an object; empty where it is none. */
  @SuppressWarnings("unchecked") // all maps in here were made below
  static Map<String, Object> member(@Nullable Object value) {
    return value instanceof Map ? (Map<String, Object>) value : Map.of();
  }

  /** The value as a list; empty where it is none. */
  static List<?> list(@Nullable Object value) {
    return value instanceof List ? (List<?>) value : List.of();
  }

  /** The value where it is a text, else empty. */
  static String text(@Nullable Object value) {
    return value instanceof String ? (String) value : "";
  }

  /** Parents hold their children before those are read, so that a broken end loses only itself. */
  private static void value(JsonParser in, List<@Nullable Object> into) throws IOException {
    switch (in.currentToken()) {
      case START_OBJECT:
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        into.add(object);
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          String name = in.currentName();
          in.nextToken();
          List<@Nullable Object> child = new ArrayList<>(1);
          try {
            value(in, child);
          } finally {
            if (!child.isEmpty()) {
              object.put(name, child.get(0));
            }
          }
        }
        break;
      case START_ARRAY:
        List<@Nullable Object> array = new ArrayList<>();
        into.add(array);
        while (in.nextToken() != JsonToken.END_ARRAY) {
          value(in, array);
        }
        break;
      case VALUE_NUMBER_INT:
      case VALUE_NUMBER_FLOAT:
        into.add(in.getNumberValue());
        break;
      case VALUE_STRING:
        into.add(in.getText());
        break;
      case VALUE_TRUE:
      case VALUE_FALSE:
        into.add(in.getBooleanValue());
        break;
      default:
        into.add(null);
    }
  }
}
