package campana.relay.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// JSON that forgives: what is not there, is null, or is of another type than wished reads as
/// empty. Of two equal keys the last counts; numbers stay as they were written.
public final class Tree {
  private static final int DEPTH = 64;
  private static final int TEXT = 32 * 1024 * 1024;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH)
                  .maxStringLength(TEXT)
                  .maxNameLength(TEXT)
                  .build())
          .build();
  private static final JsonMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final Pattern LIBRARY =
      Pattern.compile(
          ", from `[^`]*`| \\(`[^`]*`\\)|: enable `.*| \\((?:start marker|bound as|for ).*",
          Pattern.DOTALL);
  private static final Tree NOTHING = new Tree(MissingNode.getInstance());

  private final JsonNode node;

  private Tree(JsonNode node) {
    this.node = node;
  }

  /// What reading JSON came to.
  public sealed interface Parsed {
    record Root(Tree tree) implements Parsed {}

    /// @param why with line and column
    record Fault(String why) implements Parsed {}
  }

  /// @param body UTF-8, perhaps with a byte order mark; bytes that are none read as U+FFFD
  public static Parsed parse(byte[] body) {
    return parse(new String(body, StandardCharsets.UTF_8));
  }

  /// The same text, token after token.
  static JsonParser tokens(byte[] body) {
    return FACTORY.createParser(
        ObjectReadContext.empty(), withoutMark(new String(body, StandardCharsets.UTF_8)));
  }

  private static String withoutMark(String json) {
    return json.startsWith("\uFEFF") ? json.substring(1) : json;
  }

  public static Parsed parse(String json) {
    try {
      var node = MAPPER.readTree(withoutMark(json));
      return node == null || node.isMissingNode()
          ? new Parsed.Fault("there is no JSON; the body is empty")
          : new Parsed.Root(new Tree(node));
    } catch (JacksonException e) {
      var at = e.getLocation();
      var where =
          at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
      return new Parsed.Fault(where + "not JSON: " + words(e));
    } catch (NumberFormatException e) { // it is JSON, and the library lets this through
      return new Parsed.Fault("a number's exponent is out of range; wanted at most nine digits");
    }
  }

  /// What the library says, without what it says to programmers alone.
  private static String words(JacksonException e) {
    var words = LIBRARY.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("");
    return Plain.line(words, 200);
  }

  public Tree at(String... names) {
    JsonNode here = node;
    for (var name : names) {
      here = here.path(name);
    }
    return here.isMissingNode() ? NOTHING : new Tree(here);
  }

  public Tree at(JsonPointer pointer) {
    return new Tree(node.at(pointer));
  }

  /// A string as it is, a number or a truth value as it is written; else empty.
  public String text(String... names) {
    var here = at(names).node;
    return here.isValueNode() && !here.isNull() ? here.asString("") : "";
  }

  /// The first of these fields that says something.
  public String firstText(String... names) {
    for (var name : names) {
      var text = text(name);
      if (!Plain.isBlank(text)) {
        return text;
      }
    }
    return "";
  }

  public boolean isTrue(String... names) {
    return text(names).equals("true");
  }

  /// A whole number, and 0 where it is none or has no place in an `int`.
  public int number(String... names) {
    var here = at(names).node;
    try {
      return here.isNumber() ? here.decimalValue().intValueExact() : 0;
    } catch (ArithmeticException e) {
      return 0;
    }
  }

  /// The elements of an array; none where it is no array.
  public List<Tree> list(String... names) {
    var here = at(names).node;
    var list = new ArrayList<Tree>();
    if (here.isArray()) {
      here.values().forEach(n -> list.add(new Tree(n)));
    }
    return list;
  }

  /// Names and values of an object's fields that are no containers, in their order.
  public Map<String, String> texts(String... names) {
    var here = at(names).node;
    var texts = new LinkedHashMap<String, String>();
    if (here.isObject()) {
      here.properties()
          .forEach(e -> {
            if (e.getValue().isValueNode() && !e.getValue().isNull()) {
              texts.put(e.getKey(), e.getValue().asString(""));
            }
          });
    }
    return texts;
  }

  public boolean isObject() {
    return node.isObject();
  }

  public boolean isArray() {
    return node.isArray();
  }

  /// Whether there is a value, `null` not being one.
  public boolean isThere() {
    return !node.isMissingNode() && !node.isNull();
  }

  /// As JSON in lines that a person can read.
  public String pretty() {
    return node.toPrettyString();
  }
}
