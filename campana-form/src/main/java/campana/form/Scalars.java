package campana.form;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.FloatNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/// Values that are not messages, from what senders write to what proto JSON says.
final class Scalars {
  private static final double LONG_END = 0x1p63;
  private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  private Scalars() {}

  /// @return the value in proto JSON, null if it does not fit the field
  static @Nullable JsonNode read(Field field, JsonNode value) {
    return switch (field.kind()) {
      case STRING -> value.isString() ? value : null;
      case BOOL -> bool(value);
      case INT32 -> int32(value);
      case INT64 -> int64(value);
      case FLOAT, DOUBLE -> decimal(field, value);
      case ENUM -> choice(field, value);
      case BYTES -> value.isString() && isBase64(value.stringValue()) ? value : null;
      case TIMESTAMP -> value.isString() && isTimestamp(value.stringValue()) ? value : null;
      case STRUCT -> value.isObject() ? value : null;
      case LIST -> value.isArray() ? value : null;
      case VALUE -> value;
      case MESSAGE -> null;
    };
  }

  /// Whether the value is what an absent field has. It was made by [#read].
  static boolean isDefault(Field field, JsonNode value) {
    return switch (field.kind()) {
      case STRING, BYTES -> value.stringValue().isEmpty();
      case BOOL -> !value.booleanValue();
      case INT32 -> value.intValue() == 0;
      case INT64 -> value.stringValue().equals("0");
      // a minus zero differs from none, as in protobuf
      case FLOAT, DOUBLE ->
          value.isNumber() && Double.doubleToRawLongBits(value.doubleValue()) == 0;
      case ENUM -> field.choices() != null && field.choices().isZero(value.stringValue());
      case TIMESTAMP, STRUCT, LIST, VALUE, MESSAGE -> false;
    };
  }

  private static @Nullable JsonNode bool(JsonNode value) {
    if (value.isBoolean()) {
      return value;
    }
    if (!value.isString()) {
      return null;
    }
    return switch (value.stringValue()) {
      case "true" -> BooleanNode.TRUE;
      case "false" -> BooleanNode.FALSE;
      default -> null;
    };
  }

  private static @Nullable JsonNode int32(JsonNode value) {
    if (value.isInt()) {
      return value;
    }
    var whole = whole(value);
    return whole != null && whole.intValue() == whole ? IntNode.valueOf(whole.intValue()) : null;
  }

  private static @Nullable JsonNode int64(JsonNode value) {
    var whole = whole(value);
    return whole != null ? StringNode.valueOf(whole.toString()) : null;
  }

  private static @Nullable Long whole(JsonNode value) {
    if (value.isInt() || value.isLong()) {
      return value.longValue();
    }
    var number = number(value);
    if (number == null || number != Math.rint(number) || Math.abs(number) >= LONG_END) {
      return null;
    }
    return value.isString() ? exact(value.stringValue(), number) : Long.valueOf(number.longValue());
  }

  /// All 19 digits, where a double would keep 16.
  private static Long exact(String digits, double near) {
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      return (long) near; // written as 1e3 or 5.0
    }
  }

  private static @Nullable JsonNode decimal(Field field, JsonNode value) {
    boolean single = field.kind() == Field.Kind.FLOAT;
    if (value.isString() && NOT_FINITE.contains(value.stringValue())) {
      return value;
    }
    var number = number(value);
    if (number == null || (single && Float.isInfinite(number.floatValue()))) {
      return null;
    }
    if (value.isInt()) {
      return value;
    }
    return single ? FloatNode.valueOf(number.floatValue()) : DoubleNode.valueOf(number);
  }

  /// A finite number, also in quotes; null for everything else.
  private static @Nullable Double number(JsonNode value) {
    double number;
    if (value.isNumber()) {
      number = value.doubleValue();
    } else if (value.isString() && looksNumeric(value.stringValue())) {
      try {
        number = Double.parseDouble(value.stringValue());
      } catch (NumberFormatException e) {
        return null;
      }
    } else {
      return null;
    }
    return Double.isFinite(number) ? number : null;
  }

  /// Java also reads `1f`, `0x1p3`, spaces and `NaN`; proto JSON does not.
  private static boolean looksNumeric(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= 400;
  }

  private static @Nullable JsonNode choice(Field field, JsonNode value) {
    if (field.choices() == null || !(value.isString() || value.isInt())) {
      return null;
    }
    var found = field.choices().find(value.asString());
    return found == null ? null : StringNode.valueOf(found);
  }

  private static boolean isBase64(String text) {
    try {
      boolean url = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
      var _ = (url ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isTimestamp(String text) {
    try {
      int year = OffsetDateTime.parse(text).getYear();
      return year >= 1 && year <= 9999;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
