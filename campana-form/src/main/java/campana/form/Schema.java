package campana.form;

import campana.form.Field.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The message types that a post can hold, read from two resources: `chat-schema.txt`, written down
/// from Google's descriptors, and `chat-overlay.txt`, the fields that Chat knows and these
/// descriptors lack.
///
/// A line `message NAME` opens a type, or opens it again to add to it; each further line is a
/// field: name, JSON name, type, and where it applies `oneof=NAME` or `optional`. A type is a word
/// in lower case (`string`, `int64`, `timestamp` …), `enum:NAME`, or a message's name; `[]` in
/// front says repeated. A line `enum NAME` lists `VALUE=NUMBER` pairs. `#` begins a remark.
final class Schema {
  private final Map<String, MessageType> messages = new HashMap<>();
  private final Map<String, EnumType> enums = new HashMap<>();

  private Schema() {}

  static Schema load() {
    return of(resource("chat-schema.txt"), resource("chat-overlay.txt"));
  }

  static Schema of(String... texts) {
    var schema = new Schema();
    for (var text : texts) {
      schema.read(text);
    }
    return schema;
  }

  MessageType message(String name) {
    return messages.computeIfAbsent(name, MessageType::new);
  }

  EnumType choices(String name) {
    return enums.computeIfAbsent(name, EnumType::new);
  }

  static String resource(String name) {
    try (var in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the program; build it again");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read from the program", e);
    }
  }

  private void read(String text) {
    var open = message("");
    for (int from = 0; from < text.length(); ) {
      int to = text.indexOf('\n', from);
      if (to < 0) {
        to = text.length();
      }
      if (to > from && text.charAt(from) != '#') {
        var words = words(text.substring(from, to));
        switch (words[0]) {
          case "message" -> open = message(words[1]);
          case "enum" -> {
            var choices = choices(words[1]);
            for (int i = 2; i < words.length; i++) {
              int equals = words[i].indexOf('=');
              choices.add(words[i].substring(0, equals), words[i].substring(equals + 1));
            }
          }
          default -> open.add(field(open, words));
        }
      }
      from = to + 1;
    }
  }

  private static String[] words(String line) {
    return line.split(" ", -1);
  }

  private Field field(MessageType owner, String[] words) {
    var type = words[2];
    boolean repeated = type.startsWith("[]");
    if (repeated) {
      type = type.substring(2);
    }
    var extra = words.length > 3 ? words[3] : "";
    int oneof = extra.startsWith("oneof=") ? owner.oneof(extra.substring(6)) : -1;
    if (type.startsWith("enum:")) {
      return new Field(
          words[0],
          words[1],
          Kind.ENUM,
          repeated,
          null,
          choices(type.substring(5)),
          oneof,
          !extra.isEmpty());
    }
    if (type.indexOf('.') > 0) {
      return new Field(
          words[0], words[1], Kind.MESSAGE, repeated, message(type), null, oneof, true);
    }
    var kind = Kind.valueOf(type.toUpperCase(Locale.ROOT));
    return new Field(words[0], words[1], kind, repeated, null, null, oneof, !extra.isEmpty());
  }
}
