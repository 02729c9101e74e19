package campana.server.web;

import campana.wire.FieldName;
import campana.wire.RpcStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The fields of a JSON object that was sent to the resources API. Both name styles bind; what is
/// wrong is collected, and told all at once.
final class Fields {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String path;
  private final Map<String, JsonNode> values = new LinkedHashMap<>();
  private final List<Map<String, Object>> wrong;

  private Fields(String path, List<Map<String, Object>> wrong) {
    this.path = path;
    this.wrong = wrong;
  }

  /// Reads a request's body; an empty one is an object without fields.
  ///
  /// @param path what the object is called in errors: `space`, `webhook`
  /// @param known names of fields, lowerCamelCase; any other is an error
  static Fields read(byte[] body, String path, Set<String> known) {
    var fields = new Fields(path, new ArrayList<>());
    if (new String(body, java.nio.charset.StandardCharsets.UTF_8).isBlank()) {
      return fields;
    }
    try {
      var root = JSON.readTree(body);
      if (root.isObject()) {
        fields.take(root, known);
      } else {
        fields.complain(path, "Invalid JSON payload received. The body must be a JSON object.");
      }
    } catch (JacksonException e) {
      fields.complain(path, "Invalid JSON payload received. The body is not well-formed JSON.");
    }
    return fields;
  }

  private void take(JsonNode object, Set<String> known) {
    for (var property : object.properties()) {
      var name = FieldName.camel(property.getKey());
      if (known.contains(name)) {
        values.put(name, property.getValue());
      } else {
        complain(
            path,
            "Invalid JSON payload received. Unknown name \""
                + property.getKey()
                + "\" at '"
                + path
                + "': Cannot find field.");
      }
    }
  }

  /// Whether the field was sent, null included.
  boolean has(String name) {
    return values.containsKey(name);
  }

  boolean isNull(String name) {
    var value = values.get(name);
    return value == null || value.isNull();
  }

  /// A text; null where none was sent.
  @Nullable String text(String name) {
    var value = values.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      bad(name, "TYPE_STRING", value);
      return null;
    }
    return value.asString();
  }

  /// A text; empty where none was sent.
  String textOr(String name, String otherwise) {
    var text = text(name);
    return text == null ? otherwise : text;
  }

  /// A text, or a number as it was written; empty where none was sent.
  String word(String name) {
    var value = values.get(name);
    return value != null && value.isNumber() ? value.asString() : textOr(name, "");
  }

  @Nullable Boolean flag(String name) {
    var value = values.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isBoolean()) {
      bad(name, "TYPE_BOOL", value);
      return null;
    }
    return value.asBoolean();
  }

  @Nullable Integer number(String name) {
    var value = values.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isInt()) {
      bad(name, "TYPE_INT32", value);
      return null;
    }
    return value.asInt();
  }

  /// One of an enum's names; null where none was sent.
  <E extends Enum<E>> @Nullable E oneOf(String name, Class<E> type, String protoName) {
    var text = text(name);
    if (text == null || text.isEmpty() || text.endsWith("_UNSPECIFIED")) {
      return null;
    }
    for (var constant : type.getEnumConstants()) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    complain(
        path + "." + name,
        "Invalid value at '"
            + path
            + "."
            + name
            + "' (type.googleapis.com/"
            + protoName
            + "), \""
            + text
            + "\"");
    return null;
  }

  /// A message inside; null where none was sent.
  @Nullable Fields object(String name, Set<String> known) {
    var value = values.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    var inner = new Fields(path + "." + name, wrong);
    if (value.isObject()) {
      inner.take(value, known);
    } else {
      bad(name, "an object", value);
    }
    return inner;
  }

  /// The messages of a list; none where it was not sent.
  List<Fields> objects(String name, Set<String> known) {
    var value = values.get(name);
    var all = new ArrayList<Fields>();
    if (value == null || value.isNull()) {
      return all;
    }
    int index = 0;
    for (var element : value.isArray() ? value : JSON.createArrayNode().add(value)) {
      var inner = new Fields(path + "." + name + "[" + index + "]", wrong);
      if (element.isObject()) {
        inner.take(element, known);
      } else {
        bad(name, "an object", element);
      }
      all.add(inner);
      index++;
    }
    return all;
  }

  private void bad(String name, String type, JsonNode value) {
    var at = path + "." + name;
    complain(at, "Invalid value at '" + at + "' (" + type + "), " + shortened(value.toString()));
  }

  private static String shortened(String text) {
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }

  /// Adds an error of the caller's own.
  void complain(String field, String why) {
    wrong.add(RpcStatus.violation(field, why));
  }

  boolean isWrong() {
    return !wrong.isEmpty();
  }

  Reply refused() {
    return new Reply.Refused(RpcStatus.invalid(wrong));
  }
}
