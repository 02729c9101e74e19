package campana.form;

import org.jspecify.annotations.Nullable;

/// One field of a message type.
///
/// @param name as in Google's `.proto` files, snake_case; error paths use it
/// @param jsonName lowerCamelCase; what is stored uses it
/// @param message the type of the value, for [Kind#MESSAGE] only
/// @param choices the values allowed, for [Kind#ENUM] only
/// @param oneof number of the oneof within its message, or -1
/// @param presence whether a default value (0, false, "") that was sent differs from none
record Field(
    String name,
    String jsonName,
    Kind kind,
    boolean repeated,
    @Nullable MessageType message,
    @Nullable EnumType choices,
    int oneof,
    boolean presence) {

  /// What a field holds, as far as JSON can tell. Wrapper types are the scalar they wrap, with
  /// presence.
  enum Kind {
    STRING("TYPE_STRING"),
    BOOL("TYPE_BOOL"),
    INT32("TYPE_INT32"),
    INT64("TYPE_INT64"),
    FLOAT("TYPE_FLOAT"),
    DOUBLE("TYPE_DOUBLE"),
    BYTES("TYPE_BYTES"),
    ENUM("TYPE_ENUM"),
    MESSAGE("TYPE_MESSAGE"),
    TIMESTAMP("type.googleapis.com/google.protobuf.Timestamp"),
    /// google.protobuf.Struct: any JSON object.
    STRUCT("type.googleapis.com/google.protobuf.Struct"),
    /// google.protobuf.Value: any JSON value, null included.
    VALUE("type.googleapis.com/google.protobuf.Value"),
    /// google.protobuf.ListValue: any JSON array.
    LIST("type.googleapis.com/google.protobuf.ListValue");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  /// How Google's refusals name the type of this field.
  String typeLabel() {
    if (message != null) {
      return "type.googleapis.com/" + message.name();
    }
    return choices != null ? "type.googleapis.com/" + choices.name() : kind.label;
  }
}
