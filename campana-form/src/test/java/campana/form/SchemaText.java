package campana.form;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes down, in the form that [Schema] reads, every type that can be reached from one.
final class SchemaText {
  private final TreeMap<String, String> messages = new TreeMap<>();
  private final TreeMap<String, String> enums = new TreeMap<>();

  static String of(Descriptor root) {
    var text = new SchemaText();
    var seen = new LinkedHashSet<Descriptor>();
    var next = new ArrayDeque<Descriptor>();
    next.add(root);
    while (!next.isEmpty()) {
      var type = next.remove();
      if (!seen.add(type)) {
        continue;
      }
      var lines = new StringBuilder();
      for (var field : type.getFields()) {
        lines.append(text.line(field)).append('\n');
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && wellKnown(field) == null) {
          next.add(field.getMessageType());
        }
      }
      text.messages.put(type.getFullName(), lines.toString());
    }
    var all =
        new StringBuilder(
            "# Written from Google's descriptors by SchemaTest; not meant for hands.\n");
    text.messages.forEach(
        (name, lines) -> all.append("message ").append(name).append('\n').append(lines));
    text.enums.forEach(
        (name, values) -> all.append("enum ").append(name).append(values).append('\n'));
    return all.toString();
  }

  private String line(FieldDescriptor field) {
    var line =
        new StringBuilder(field.getName()).append(' ').append(field.getJsonName()).append(' ');
    if (field.isMapField()) {
      throw new IllegalArgumentException(
          "Schema has no word for a map yet: " + field.getFullName());
    }
    if (field.isRepeated()) {
      line.append("[]");
    }
    var known = wellKnown(field);
    line.append(
        switch (field.getType()) {
          case MESSAGE -> known != null ? known : field.getMessageType().getFullName();
          case ENUM -> "enum:" + remember(field.getEnumType());
          case STRING, BOOL, INT32, INT64, FLOAT, DOUBLE, BYTES ->
              field.getType().name().toLowerCase(Locale.ROOT);
          default ->
              throw new IllegalArgumentException(
                  "Schema has no word for " + field.getType() + " yet: " + field.getFullName());
        });
    var oneof = field.getRealContainingOneof();
    if (oneof != null) {
      line.append(" oneof=").append(oneof.getName());
    } else if (field.hasPresence()
        && (field.getType() != FieldDescriptor.Type.MESSAGE || known != null)) {
      line.append(" optional");
    }
    return line.toString();
  }

  private static @Nullable String wellKnown(FieldDescriptor field) {
    if (field.getType() != FieldDescriptor.Type.MESSAGE) {
      return null;
    }
    return switch (field.getMessageType().getFullName()) {
      case "google.protobuf.Timestamp" -> "timestamp";
      case "google.protobuf.Struct" -> "struct";
      case "google.protobuf.Value" -> "value";
      case "google.protobuf.ListValue" -> "list";
      case "google.protobuf.FloatValue" -> "float";
      case "google.protobuf.DoubleValue" -> "double";
      case "google.protobuf.Int32Value" -> "int32";
      case "google.protobuf.Int64Value" -> "int64";
      case "google.protobuf.BoolValue" -> "bool";
      case "google.protobuf.StringValue" -> "string";
      default -> null;
    };
  }

  private String remember(EnumDescriptor type) {
    var values = new StringBuilder();
    for (var value : type.getValues()) {
      values.append(' ').append(value.getName()).append('=').append(value.getNumber());
    }
    enums.put(type.getFullName(), values.toString());
    return type.getFullName();
  }
}
