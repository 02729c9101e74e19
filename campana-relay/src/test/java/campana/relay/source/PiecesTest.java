package campana.relay.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.source.Pieces.Read;
import campana.relay.source.Tree.Parsed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// JSON that is read piece by piece says what a tree of it says.
class PiecesTest {
  private static final List<String> VALUES =
      List.of(
          "\"words\"",
          "\"\"",
          "null",
          "true",
          "7",
          "-1.50",
          "99999999999",
          "2.0",
          "[]",
          "{}",
          "{\"a\":\"b\",\"n\":null,\"c\":[1,{\"d\":2}],\"t\":true}",
          "[{\"a\":1},2,null]",
          "{\"a\":1,\"a\":{}}",
          "{\"a\":null,\"a\":\"b\"}",
          "\"\\u00e9\\n\"");
  private static final List<String> NAMES = List.of("a", "b", "c", "", "\\u0061");

  private final Random random = new Random(7);

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String object() {
    var json = new StringBuilder("{");
    for (int n = random.nextInt(5); n > 0; n--) {
      json.append('"')
          .append(one(NAMES))
          .append("\": ")
          .append(one(VALUES))
          .append(n > 1 ? "," : "");
    }
    return json.append('}').toString();
  }

  private String broken(String json) {
    int at = random.nextInt(json.length());
    return switch (random.nextInt(3)) {
      case 0 -> json.substring(0, at);
      case 1 -> json + one(List.of(" {}", " 1", ",", "]"));
      default -> json.substring(0, at) + one(List.of("x", "}", ",", "\"")) + json.substring(at);
    };
  }

  /// How the value of each field may be taken; of two equal ones the last counts.
  private record Field(String text, int number, Map<String, String> texts, int elements) {
    static Field of(Tree there) {
      return new Field(there.text(), there.number(), there.texts(), there.list().size());
    }
  }

  private enum As {
    TEXT,
    NUMBER,
    TEXTS,
    LIST
  }

  private static Map<String, Object> read(Pieces json, As as) {
    var fields = new LinkedHashMap<String, Object>();
    for (var name = json.field(); name != null; name = json.field()) {
      Object value =
          switch (as) {
            case TEXT -> json.text();
            case NUMBER -> json.number();
            case TEXTS -> json.texts();
            case LIST -> elements(json);
          };
      fields.put(name, value);
    }
    return fields;
  }

  private static int elements(Pieces json) {
    int elements = 0;
    if (!json.isArray()) {
      json.skip();
      return 0;
    }
    while (json.element()) {
      json.skip();
      elements++;
    }
    return elements;
  }

  private static Map<String, Object> expected(Tree tree, Iterable<String> names, As as) {
    var fields = new LinkedHashMap<String, Object>();
    for (var name : names) {
      var field = Field.of(tree.at(name));
      fields.put(
          name,
          switch (as) {
            case TEXT -> field.text();
            case NUMBER -> field.number();
            case TEXTS -> field.texts();
            case LIST -> field.elements();
          });
    }
    return fields;
  }

  @Test
  void each_field_says_what_it_says_in_a_tree_and_what_is_wrong_is_told_in_the_same_words() {
    int faults = 0;
    for (int n = 0; n < 20_000; n++) {
      var json = random.nextInt(4) == 0 ? broken(object()) : object();
      var as = one(List.of(As.values()));
      var body = (random.nextInt(9) == 0 ? "\uFEFF" + json : json).getBytes(UTF_8);
      var read =
          Pieces.of(
              body,
              pieces -> {
                if (!pieces.isObject()) {
                  pieces.skip();
                  return Map.<String, Object>of();
                }
                return read(pieces, as);
              });
      switch (read) {
        case Read.Fault(var why) -> {
          assertThat(Tree.parse(body)).as(json).isEqualTo(new Parsed.Fault(why));
          faults++;
        }
        case Read.Value(var fields) -> {
          assertThat(Tree.parse(body)).as(json).isInstanceOf(Parsed.Root.class);
          if (Tree.parse(body) instanceof Parsed.Root(var tree)) {
            assertThat(fields).as(json).isEqualTo(expected(tree, fields.keySet(), as));
          }
        }
      }
    }
    assertThat(faults).isGreaterThan(1_000);
  }

  @Test
  void an_endless_exponent_is_told_by_the_one_and_no_number_to_the_other() {
    for (var number : List.of("1e99999999999", "-1e-99999999999")) {
      var json = "{\"n\": " + number + "}";
      assertThat(Tree.parse(json))
          .isInstanceOfSatisfying(
              Parsed.Fault.class, fault -> assertThat(fault.why()).contains("number's exponent"));
      assertThat(
              Pieces.of(
                  json.getBytes(UTF_8),
                  pieces -> {
                    pieces.field();
                    int read = pieces.number();
                    pieces.field();
                    return read;
                  }))
          .isEqualTo(new Read.Value<>(0));
    }
  }
}
