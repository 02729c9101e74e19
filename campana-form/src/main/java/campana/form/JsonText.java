package campana.form;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A body as a JSON tree, or what is wrong with it. Reads what Google's reader reads: single
/// quotes, bare keys, a comma too many and raw control characters pass (docs/protocol.md, «Body»).
sealed interface JsonText {
  record Tree(JsonNode root) implements JsonText {}

  /// @param why the whole text of the refusal
  record Malformed(String why) implements JsonText {}

  /// How deep objects and lists may nest, as at Google. A card needs about 15.
  int DEPTH = 100;

  /// How many names, values and brackets are read. A message that fits has at most 32,000; a
  /// megabyte of empty objects shall not become a hundred megabytes of tree.
  int TOKENS = 200_000;

  /// How long a number may be, as a message may: then what is wrong with it is told with its field.
  int DIGITS = 32_000;

  JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxTokenCount(TOKENS)
                          .maxNumberLength(DIGITS)
                          .build())
                  .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
                  .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
                  .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                  .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                  .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// @param body of any content and length; a byte order mark in front is skipped
  static JsonText parse(byte[] body) {
    int from = afterMark(body);
    int fault = Utf8.firstFault(body, from);
    if (fault >= 0) {
      return new Malformed(JsonFault.notUtf8(body, from, fault));
    }
    if (startsWide(body) || Utf8.mayEscapeSurrogates(body, from)) {
      var why = JsonFault.find(body, from);
      if (why != null) {
        return new Malformed(why);
      }
    }
    try {
      return new Tree(MAPPER.readTree(body, from, body.length - from));
    } catch (JacksonException e) {
      return new Malformed(explain(body, from));
    }
  }

  private static String explain(byte[] body, int from) {
    var why = JsonFault.find(body, from);
    // else it is JSON, but of more parts, or with longer numbers, than anybody needs
    return why != null ? why : JsonFault.PREFIX + "It is too large to be a message.";
  }

  /// Whether nothing but a byte order mark and white space is there.
  static boolean isBlank(byte[] body) {
    for (int i = afterMark(body); i < body.length; i++) {
      if (!isSpace(body[i])) {
        return false;
      }
    }
    return true;
  }

  static boolean isSpace(byte c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static int afterMark(byte[] body) {
    boolean mark =
        body.length >= 3
            && body[0] == (byte) 0xEF
            && body[1] == (byte) 0xBB
            && body[2] == (byte) 0xBF;
    return mark ? 3 : 0;
  }

  /// A zero among the first bytes makes Jackson think of UTF-16 or UTF-32; a body is UTF-8.
  private static boolean startsWide(byte[] body) {
    for (int i = 0; i < 4 && i < body.length; i++) {
      if (body[i] == 0) {
        return true;
      }
    }
    return false;
  }
}
