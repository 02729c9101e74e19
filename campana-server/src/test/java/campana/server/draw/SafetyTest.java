package campana.server.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetyTest {
  private static final List<String> PIECES =
      List.of(
          "<",
          ">",
          "\"",
          "'",
          "&",
          "=",
          "/",
          "\\",
          "*",
          "_",
          "~",
          "`",
          "```",
          "\n",
          "    ",
          "* ",
          "- ",
          "> ",
          "|",
          "[",
          "](",
          ")",
          "![",
          "#",
          "<b>",
          "</b>",
          "<a href=",
          "<a href='",
          "</a>",
          "<ul>",
          "<li>",
          "</ul>",
          "<font color=",
          "<script>",
          "</script>",
          "<style>",
          "<!--",
          "-->",
          "<img src=x onerror=alert(1)>",
          "javascript:",
          "JaVaScRiPt:",
          "java\tscript:",
          "data:",
          "https://e.org",
          "http://",
          "mailto:a@b",
          "<https://e.org|",
          "<users/all>",
          "<users/42>",
          "&lt;",
          "&#60;",
          "&#x3c;",
          "&quot;",
          "onclick=",
          "style=",
          "\u202E",
          "\u2066",
          "\u0000",
          "\u001B[31m",
          "\u009B",
          "\uD83D",
          "😀",
          "é",
          "א",
          "x",
          " ",
          "**",
          "~~",
          "<details open>",
          "<svg/onload=",
          "<math><mi//xlink:href=\"data:x\">",
          "]]>",
          "<?xml",
          "\u2028",
          "\r\n");

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.of(PIECES).list().ofMaxSize(40).map(pieces -> String.join("", pieces));
  }

  @Property(tries = 1500)
  void text_of_any_kind_becomes_safe_balanced_html(@ForAll("hostile") String text) {
    SafeHtml.check(Drawings.DRAWING.html(Drawings.content(text, false)));
    SafeHtml.check(Drawings.DRAWING.html(Drawings.content(text, true)));
    assertThat(MessageDrawing.plain(Drawings.content(text, false)))
        .doesNotContainPattern("\\p{Cc}");
  }

  @Property(tries = 700)
  void a_card_of_any_texts_becomes_safe_balanced_html(
      @ForAll("hostile") String a, @ForAll("hostile") String b) {
    SafeHtml.check(Drawings.DRAWING.html(everywhere(a, b)));
    assertThat(MessageDrawing.plain(everywhere(a, b))).doesNotContainPattern("\\p{Cc}");
  }

  /// A message with one text or the other in every field that is drawn.
  private static byte[] everywhere(String a, String b) {
    var message = Drawings.JSON.createObjectNode();
    var card = message.putArray("cardsV2").addObject().putObject("card");
    card.putObject("header")
        .put("title", a)
        .put("subtitle", b)
        .put("imageUrl", a)
        .put("imageAltText", b);
    var section = card.putArray("sections").addObject().put("header", a).put("collapsible", true);
    var widgets = section.putArray("widgets");
    widgets.addObject().putObject("textParagraph").put("text", a).put("maxLines", 3);
    widgets.addObject().putObject("textParagraph").put("text", b).put("textSyntax", "MARKDOWN");
    widgets.addObject().putObject("image").put("imageUrl", "https://e.org/" + a).put("altText", b);
    var decorated = widgets.addObject().putObject("decoratedText");
    decorated.put("text", a).put("topLabel", b).put("bottomLabel", a);
    decorated.putObject("startIcon").put("iconUrl", "http://e.org/" + b).put("altText", a);
    decorated.putObject("onClick").putObject("openLink").put("url", "https://" + b);
    var button = decorated.putObject("button").put("text", a).put("altText", b);
    button.putObject("onClick").putObject("openLink").put("url", a);
    var chip =
        widgets.addObject().putObject("chipList").putArray("chips").addObject().put("label", b);
    chip.putObject("icon").putObject("materialIcon").put("name", a);
    var grid = widgets.addObject().putObject("grid").put("title", a);
    grid.putArray("items").addObject().put("title", b).put("subtitle", a);
    widgets.addObject().putObject("textInput").put("label", a).put("value", b);
    return Drawings.JSON.writeValueAsBytes(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href='https://e.org/' onclick='alert(1)'>x</a>",
        "<https://e.org\" onmouseover=\"alert(1)|x>",
        "<https://e.org|<script>alert(1)</script>>",
        "https://e.org/\"onmouseover=alert(1)",
        "[x](https://e.org \"t\\\" onclick=alert(1)\")",
        "[x](<javascript:alert(1)>)",
        "<javascript:alert(1)>",
        "<b><i></b></i><a href=https://e.org><a href=https://f.org>",
        "<font color='red\" onclick=\"x'>x</font>",
        "</div></div><style>*{display:none}</style>",
        "<a href=\"https://e.org/\u202Egpj.exe\">x</a>"
      })
  void known_tricks_come_to_nothing(String text) {
    SafeHtml.check(Drawings.DRAWING.html(Drawings.content(text, false)));
    SafeHtml.check(Drawings.DRAWING.html(Drawings.content(text, true)));
    SafeHtml.check(Drawings.DRAWING.html(everywhere(text, text)));
  }

  static List<String> endless() {
    return List.of(
        "*".repeat(32_000),
        "<".repeat(32_000),
        "`".repeat(32_000),
        "*a _b ~c `d ".repeat(2_600),
        "a* b_ c~ d` ".repeat(2_600),
        "*a **b ".repeat(4_500),
        "*a ".repeat(8_000) + "a*".repeat(4_000),
        "<https://".repeat(3_500),
        "<users/".repeat(4_500),
        "https://e.org((((".repeat(1_800),
        "https://" + ")".repeat(31_990),
        "&".repeat(32_000),
        "&#1111111".repeat(3_500),
        "<a \"".repeat(8_000),
        "<a x=\"".repeat(5_300),
        "<!--".repeat(8_000),
        "<b>".repeat(10_600),
        "<ul><li>".repeat(4_000),
        "<font color=" + "a".repeat(31_000) + ">x",
        "[".repeat(32_000),
        "![".repeat(16_000),
        "[a](".repeat(8_000),
        "> ".repeat(16_000),
        "- ".repeat(16_000),
        "* a\n    ".repeat(3_500),
        "```".repeat(10_600),
        "\n".repeat(32_000));
  }

  /// The time is generous by a factor of a hundred; what took squared or doubled time would not
  /// finish, and what grew so would be seen by its size.
  @ParameterizedTest
  @MethodSource("endless")
  void the_longest_of_texts_is_drawn_at_once_and_stays_in_bounds(String text) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (var markdown : List.of(false, true)) {
            var html = Drawings.DRAWING.html(Drawings.content(text, markdown));
            assertThat(html.length()).isLessThan(40 * 32_000);
            MessageDrawing.plain(Drawings.content(text, markdown));
          }
          var card = Drawings.DRAWING.html(everywhere(text, "x"));
          assertThat(card.length()).isLessThan(200 * 32_000);
        });
  }
}
