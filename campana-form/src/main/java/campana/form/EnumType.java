package campana.form;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One enum of the schema: its values by name and by number. Filled once by [Schema].
final class EnumType {
  private final String name;
  private final Map<String, String> byNameOrNumber = new HashMap<>();
  private String zero = "";

  EnumType(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /// @param number as decimal digits
  void add(String value, String number) {
    byNameOrNumber.put(value, value);
    byNameOrNumber.putIfAbsent(number, value);
    if (number.equals("0")) {
      zero = value;
    }
  }

  /// The value's name for a name or the digits of a number; null if there is none.
  @Nullable String find(String nameOrNumber) {
    return byNameOrNumber.get(nameOrNumber);
  }

  /// Whether this is the value that an absent field has.
  boolean isZero(String value) {
    return value.equals(zero);
  }
}
