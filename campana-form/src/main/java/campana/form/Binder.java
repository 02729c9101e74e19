package campana.form;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Fits a JSON tree to a message type and gives it back in one form: known fields, lowerCamelCase
/// names, proto JSON values, nothing that says no more than its absence would. Takes what Google's
/// front end takes: both name styles, one object where a list belongs, enums by number, numbers and
/// booleans in quotes; `null` is absence. Everything else is a complaint, and binding goes on, so
/// that a sender hears of all mistakes at once.
final class Binder {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Where where;
  private final Complaints complaints;

  /// @param where the place of the trees that will be bound
  Binder(Where where, Complaints complaints) {
    this.where = where;
    this.complaints = complaints;
  }

  ObjectNode bind(MessageType type, JsonNode from) {
    var to = new ObjectNode(NODES);
    int taken = 0; // the oneofs that have their member
    for (var entry : from.properties()) {
      var name = entry.getKey();
      var value = entry.getValue();
      var field = type.field(name);
      if (field == null) {
        complaints.unknownName(name, where);
        continue;
      }
      if (value.isNull() && field.kind() != Field.Kind.VALUE) {
        continue;
      }
      if (field.oneof() >= 0) {
        int bit = 1 << field.oneof();
        if ((taken & bit) != 0) {
          complaints.badValue(
              where.toString(), "oneof", clash(type.oneofName(field.oneof()), name));
          continue;
        }
        taken |= bit;
      }
      var bound = field.repeated() ? list(field, name, value) : single(field, name, value, -1);
      if (bound != null) {
        to.set(field.jsonName(), bound);
      }
    }
    return to;
  }

  private static String clash(String oneof, String name) {
    return "oneof field '" + oneof + "' is already set. Cannot set '" + name + "'";
  }

  /// @return null for an empty list
  private @Nullable ArrayNode list(Field field, String name, JsonNode value) {
    var to = new ArrayNode(NODES);
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        add(to, field, name, value.get(i), i);
      }
    } else {
      add(to, field, name, value, 0);
    }
    return to.isEmpty() ? null : to;
  }

  private void add(ArrayNode to, Field field, String name, JsonNode value, int place) {
    if (value.isNull()) {
      return;
    }
    var bound = single(field, name, value, place);
    if (bound != null) {
      to.add(bound);
    }
  }

  /// @param place index in a list, -1 outside
  /// @return null when nothing is to be kept
  private @Nullable JsonNode single(Field field, String name, JsonNode value, int place) {
    boolean listTaken = field.kind() == Field.Kind.LIST || field.kind() == Field.Kind.VALUE;
    if (value.isArray() && !listTaken) {
      complaints.notRepeating(name, where);
      return null;
    }
    var type = field.message();
    if (type != null && value.isObject()) {
      where.enter(field.name(), place);
      var bound = bind(type, value);
      where.leave();
      return bound;
    }
    var scalar = Scalars.read(field, value);
    if (scalar == null) {
      complain(field, value, place);
      return null;
    }
    boolean says = field.presence() || place >= 0 || !Scalars.isDefault(field, scalar);
    return says ? scalar : null;
  }

  private void complain(Field field, JsonNode value, int place) {
    if (value.isObject()) {
      complaints.badValue(where.toString(), field.name(), "Starting an object on a scalar field");
      return;
    }
    where.enter(field.name(), place);
    complaints.badValue(where.toString(), field.typeLabel(), value);
    where.leave();
  }
}
