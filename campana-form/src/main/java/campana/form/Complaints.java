package campana.form;

import campana.wire.RpcStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What is wrong with one post, in the order found, in Google's words where they are known.
final class Complaints {
  /// More help nobody; a body of a million unknown names shall not make a hundred megabytes.
  private static final int MOST = 50;

  /// Longest echo of what was sent.
  private static final int ECHO = 200;

  private final List<Map<String, Object>> all = new ArrayList<>(0);

  boolean none() {
    return all.isEmpty();
  }

  /// INVALID_ARGUMENT with all that was found; there is something.
  RpcStatus status() {
    return RpcStatus.invalid(all);
  }

  void unknownName(String name, Where where) {
    badName(name, where, "Cannot find field.");
  }

  /// A list where the field holds one value.
  void notRepeating(String name, Where where) {
    badName(name, where, "Proto field is not repeating, cannot start list.");
  }

  void badName(String name, Where where, String why) {
    var place = where.toString();
    add(place, JsonFault.PREFIX + "Unknown name \"" + cut(name) + "\" at '" + place + "': " + why);
  }

  /// A query parameter that no request has.
  void unknownParameter(String name) {
    var text =
        JsonFault.PREFIX
            + "Unknown name \""
            + cut(name)
            + "\": Cannot bind query parameter. Field '"
            + cut(name)
            + "' could not be found in request message.";
    if (all.size() < MOST) {
      all.add(Map.of("description", text));
    }
  }

  void badValue(String path, String type, JsonNode value) {
    badValue(path, type, value.isString() ? quoted(value.stringValue()) : cut(value.toString()));
  }

  /// @param shown the value as the refusal shows it, or a sentence in its place
  void badValue(String path, String type, String shown) {
    add(path, "Invalid value at '" + path + "' (" + type + "), " + shown);
  }

  void add(String field, String text) {
    if (all.size() < MOST) {
      all.add(RpcStatus.violation(field, text));
    }
  }

  static String quoted(String value) {
    return '"' + cut(value) + '"';
  }

  private static String cut(String text) {
    if (text.length() <= ECHO) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(ECHO - 1)) ? ECHO - 1 : ECHO;
    return text.substring(0, end) + "…";
  }
}
