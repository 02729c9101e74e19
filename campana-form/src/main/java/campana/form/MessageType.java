package campana.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One message type of the schema. Filled once by [Schema], only read afterwards.
final class MessageType {
  private final String name;
  private final Map<String, Field> fields = new HashMap<>();
  private final List<String> oneofs = new ArrayList<>();

  MessageType(String name) {
    this.name = name;
  }

  /// The full name, as `google.chat.v1.Message`.
  String name() {
    return name;
  }

  void add(Field field) {
    fields.put(field.name(), field);
    fields.put(field.jsonName(), field);
  }

  /// The field of this name in either style; null if there is none.
  @Nullable Field field(String anyName) {
    return fields.get(anyName);
  }

  /// The number of a oneof, given out at its first mention.
  int oneof(String oneofName) {
    int known = oneofs.indexOf(oneofName);
    if (known >= 0) {
      return known;
    }
    oneofs.add(oneofName);
    return oneofs.size() - 1;
  }

  String oneofName(int number) {
    return oneofs.get(number);
  }
}
