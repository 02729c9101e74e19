package campana.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.wire.Limits;
import campana.wire.RpcCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Whatever comes in: no exception, a bounded answer, and what is accepted is within the limits and
/// is accepted again, unchanged, when it is posted as it was stored.
class AnyInputTest {
  private static final List<byte[]> BODIES = bodies();

  private static List<byte[]> bodies() {
    try {
      var bodies = new ArrayList<byte[]>();
      for (var sent : SendersTest.cases()) {
        bodies.add(sent.bytes());
      }
      return bodies;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final List<String> WORDS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "'",
          "\\",
          "\\u00e9",
          "\\ud83d",
          "\\ude00",
          "\"text\"",
          "text",
          "\"a\"",
          "0",
          "-1",
          "01",
          "1e999",
          "1.5",
          "9223372036854775808",
          "true",
          "false",
          "null",
          "NaN",
          " ",
          "\n",
          "é",
          "😀",
          "\0",
          "\uFEFF",
          "\"cardsV2\"",
          "\"cards_v2\"",
          "\"cards\"",
          "\"card\"",
          "\"sections\"",
          "\"widgets\"",
          "\"textParagraph\"",
          "\"divider\"",
          "\"buttonList\"",
          "\"buttons\"",
          "\"onClick\"",
          "\"openLink\"",
          "\"url\"",
          "\"columns\"",
          "\"columnItems\"",
          "\"grid\"",
          "\"header\"",
          "\"title\"",
          "\"thread\"",
          "\"threadKey\"",
          "\"createTime\"",
          "\"accessoryWidgets\"",
          "\"attachment\"",
          "\"annotations\"",
          "\"markupSyntax\"");

  private static final List<String> NAMES =
      WORDS.stream().filter(word -> word.length() > 4 && word.startsWith("\"")).toList();
  private static final List<String> LEAVES =
      List.of("\"a\"", "\"\"", "\"true\"", "\"1\"", "0", "2", "1.5", "true", "null", "{}", "[]");

  private static <T> T one(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  /// A tree of known names and odd values: well-formed, so that the binder is reached.
  private static String tree(Random random, int levels) {
    int kind = levels == 0 ? 0 : random.nextInt(3);
    if (kind == 0) {
      return one(LEAVES, random);
    }
    var parts = new ArrayList<String>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      var name = kind == 1 ? "" : one(NAMES, random) + ":";
      parts.add(name + tree(random, levels - 1));
    }
    var inside = String.join(",", parts);
    return kind == 1 ? "[" + inside + "]" : "{" + inside + "}";
  }

  @Property(tries = 2_000)
  void bytes_of_chance(@ForAll long seed) {
    var random = new Random(seed);
    var body = new byte[random.nextInt(100)];
    random.nextBytes(body);
    check(body);
  }

  @Property(tries = 6_000)
  void words_of_chance(@ForAll long seed) {
    var random = new Random(seed);
    var body = new StringBuilder(random.nextBoolean() ? "{" : "");
    for (int i = random.nextInt(40); i > 0; i--) {
      body.append(one(WORDS, random));
    }
    check(body.toString().getBytes(UTF_8));
  }

  @Property(tries = 1_000)
  void trees_of_chance(@ForAll long seed) {
    var tree = tree(new Random(seed), 8);
    check(tree.getBytes(UTF_8));
    check(("{\"text\":\"a\",\"cardsV2\":" + tree + "}").getBytes(UTF_8));
    check(Posts.widgets(tree).getBytes(UTF_8));
    check(("{\"cards\":{\"sections\":{\"widgets\":" + tree + "}}}").getBytes(UTF_8));
  }

  @Property(tries = 2_000)
  void bodies_of_tools_with_bytes_turned(@ForAll long seed) {
    var random = new Random(seed);
    var body = one(BODIES, random).clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      body[random.nextInt(body.length)] =
          random.nextBoolean()
              ? (byte) random.nextInt()
              : (byte) "\"\\{}[]:,0t".charAt(random.nextInt(10));
    }
    check(body);
  }

  @Property(tries = 200)
  void queries_of_chance(@ForAll String name, @ForAll List<String> values) {
    var body = "{\"text\":\"a\"}".getBytes(UTF_8);
    for (var known : List.of(name, "threadKey", "messageId", "requestId", "messageReplyOption")) {
      check(Posts.FORM.read(body, Map.of(known, values)));
      check(Posts.STRICT.read(body, Map.of(known, values)));
    }
  }

  private static void check(byte[] body) {
    check(Posts.FORM.read(body, Map.of()));
    check(Posts.STRICT.read(body, Map.of()));
  }

  private static void check(Read read) {
    switch (read) {
      case Read.Refused(var status) -> {
        assertThat(status.code()).isIn(RpcCode.INVALID_ARGUMENT, RpcCode.PERMISSION_DENIED);
        assertThat(status.message()).isNotEmpty().hasSizeLessThan(50_000);
      }
      case Read.Accepted(var draft) -> {
        assertThat(draft.text().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(Limits.MESSAGE_BYTES);
        var again = Posts.STRICT.read(draft.content(), Map.of());
        // a link that was dropped leaves a button without one, which no sender may send
        if (again instanceof Read.Accepted(var same)) {
          assertThat(same.content()).asString(UTF_8).isEqualTo(new String(draft.content(), UTF_8));
        } else {
          assertThat(Posts.refused(again).message()).contains("on_click");
        }
      }
    }
  }
}
