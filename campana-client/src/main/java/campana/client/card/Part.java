package campana.client.card;

import campana.client.text.Utf8;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of a card: the members of one JSON object, never changed. The subclasses give them names
 * and types; here they are compared, looked through and written. What says no more than its absence
 * would is not written, which is how the server counts, too.
 */
abstract class Part {
  private static final JsonFactory JSON = new JsonFactory();

  /** Values: String, Boolean, Integer, BigDecimal, Enum, Part, List of Part. */
  private final Map<String, Object> members;

  Part(Map<String, Object> members) {
    this.members = members;
  }

  /** The members of a new part. */
  static Map<String, Object> none() {
    return Map.of();
  }

  static Map<String, Object> members(String name, Object value) {
    return with(Map.of(), name, value);
  }

  static Map<String, Object> members(String name, Object value, String other, Object otherValue) {
    return with(members(name, value), other, otherValue);
  }

  /** These members with one set anew, for the next part. */
  final Map<String, Object> with(String name, Object value) {
    return with(members, name, value);
  }

  /** These members with one part more in a list. */
  final Map<String, Object> plus(String name, Part part) {
    List<Part> more = new ArrayList<>(list(name));
    more.add(part);
    return with(name, Collections.unmodifiableList(more));
  }

  /** These members with the last part of a list replaced. */
  final Map<String, Object> last(String name, Part part) {
    List<Part> changed = new ArrayList<>(list(name));
    changed.set(changed.size() - 1, part);
    return with(name, Collections.unmodifiableList(changed));
  }

  private static Map<String, Object> with(Map<String, Object> members, String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(members);
    more.put(name, value instanceof String ? Utf8.mended((String) value) : value);
    return Collections.unmodifiableMap(more);
  }

  static List<Part> parts(Part[] parts) {
    return List.of(parts);
  }

  final boolean has(String name) {
    return members.containsKey(name);
  }

  /** Empty where there is none. */
  final String string(String name) {
    Object value = members.get(name);
    return value instanceof String ? (String) value : "";
  }

  /** A part without members where there is none. */
  final Part part(String name) {
    Object value = members.get(name);
    return value instanceof Part ? (Part) value : new Plain(Map.of());
  }

  /** 0 where there is none. */
  final int number(String name) {
    Object value = members.get(name);
    return value instanceof Integer ? (Integer) value : 0;
  }

  /** Whether the number there is over 0. */
  final boolean positive(String name) {
    Object value = members.get(name);
    return value instanceof BigDecimal && ((BigDecimal) value).signum() > 0;
  }

  /** Empty where there is none. */
  final List<Part> list(String name) {
    List<Part> parts = new ArrayList<>();
    Object value = members.get(name);
    if (value instanceof List<?>) {
      for (Object part : (List<?>) value) {
        parts.add((Part) part);
      }
    }
    return parts;
  }

  /** Looks through this part and all within; a subclass adds its own rules. */
  void check(Check check) {
    for (Map.Entry<String, Object> member : members.entrySet()) {
      if (member.getValue() instanceof Part) {
        check.into(member.getKey(), (Part) member.getValue());
      } else if (member.getValue() instanceof List<?>) {
        check.intoEach(member.getKey(), list(member.getKey()));
      }
    }
  }

  /** This part as compact JSON, whether or not it is right. */
  final String json() {
    StringWriter json = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(json)) {
      write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // no writer of memory does that
    }
    return json.toString();
  }

  private void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, Object> member : members.entrySet()) {
      if (says(member.getValue())) {
        out.writeFieldName(member.getKey());
        write(member.getValue(), out);
      }
    }
    out.writeEndObject();
  }

  private static boolean says(Object value) {
    return !(value.equals("")
        || value.equals(false)
        || value.equals(0)
        || value.equals(List.of())
        || (value instanceof BigDecimal && ((BigDecimal) value).signum() == 0));
  }

  private static void write(Object value, JsonGenerator out) throws IOException {
    if (value instanceof Part) {
      ((Part) value).write(out);
    } else if (value instanceof List<?>) {
      out.writeStartArray();
      for (Object part : (List<?>) value) {
        write(part, out);
      }
      out.writeEndArray();
    } else if (value instanceof Boolean) {
      out.writeBoolean((Boolean) value);
    } else if (value instanceof Integer) {
      out.writeNumber((Integer) value);
    } else if (value instanceof BigDecimal) {
      out.writeNumber(((BigDecimal) value).stripTrailingZeros().toPlainString());
    } else {
      out.writeString(value.toString());
    }
  }

  /** Parts are equal when they say the same. */
  @Override
  public final boolean equals(Object other) {
    return other instanceof Part && toString().equals(other.toString());
  }

  @Override
  public final int hashCode() {
    return toString().hashCode();
  }

  /** What it is, and its JSON. */
  @Override
  public final String toString() {
    return getClass().getSimpleName() + " " + json();
  }
}
