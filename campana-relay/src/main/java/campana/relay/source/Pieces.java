package campana.relay.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// JSON read piece by piece, for a source whose shape is known: a tree of it takes twice as long.
/// It forgives what [Tree] forgives. For one thread.
public final class Pieces {
  private final JsonParser parser;

  private Pieces(JsonParser parser) {
    this.parser = parser;
  }

  /// What reading came to.
  public sealed interface Read<T> {
    record Value<T>(T value) implements Read<T> {}

    /// @param why with line and column
    record Fault<T>(String why) implements Read<T> {}
  }

  /// Reads a whole body; what it says counts only if all of it is JSON.
  ///
  /// @param reader stands at the root, and reads exactly that
  public static <T> Read<T> of(byte[] body, Function<Pieces, T> reader) {
    try (var parser = Tree.tokens(body)) {
      if (parser.nextToken() != null) {
        var value = reader.apply(new Pieces(parser));
        if (parser.nextToken() == null) {
          return new Read.Value<>(value);
        }
      }
    } catch (JacksonException e) {
      // told below, in the same words as of any other source
    }
    return switch (Tree.parse(body)) {
      case Tree.Parsed.Fault(var why) -> new Read.Fault<>(why);
      case Tree.Parsed.Root _ -> throw new IllegalStateException("JSON that is read once alone");
    };
  }

  public boolean isObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  public boolean isArray() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  /// The name of the object's next field, at whose value it stands then; null: there is none left.
  public @Nullable String field() {
    var name = parser.nextName();
    if (name != null) {
      parser.nextToken();
    }
    return name;
  }

  /// Whether the array has one more element, at which it stands then.
  public boolean element() {
    return parser.nextToken() != JsonToken.END_ARRAY;
  }

  /// Passes over the value.
  public void skip() {
    parser.skipChildren();
  }

  /// A string as it is, a number or a truth value as it is written; else empty, and passed over.
  public String text() {
    if (isScalar()) {
      return parser.getString();
    }
    skip();
    return "";
  }

  /// A whole number, and 0 where it is none or has no place in an `int`.
  public int number() {
    var token = parser.currentToken();
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      skip();
      return 0;
    }
    try {
      return parser.getDecimalValue().intValueExact();
    } catch (ArithmeticException | NumberFormatException e) { // the latter: an endless exponent
      return 0;
    }
  }

  /// Names and values of an object's fields that are no containers, in their order.
  public Map<String, String> texts() {
    var texts = new LinkedHashMap<String, String>();
    if (!isObject()) {
      skip();
      return texts;
    }
    for (var name = field(); name != null; name = field()) {
      if (isScalar()) {
        texts.put(name, parser.getString());
      } else {
        skip();
        texts.remove(name); // of two equal ones the last counts
      }
    }
    return texts;
  }

  private boolean isScalar() {
    var token = parser.currentToken();
    return token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL;
  }
}
