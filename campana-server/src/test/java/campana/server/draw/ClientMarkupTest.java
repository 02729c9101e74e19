package campana.server.draw;

import static org.assertj.core.api.Assertions.assertThat;

import campana.client.Markup;
import campana.client.Message;
import campana.client.card.CardText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// What the client writes, this server draws: foreign text as the words it is, markup as markup.
class ClientMarkupTest {
  private static final List<String> PIECES =
      List.of(
          "*",
          "_",
          "~",
          "`",
          "**",
          "```",
          "<",
          ">",
          "|",
          "-",
          " ",
          "  ",
          "a",
          "b1",
          "é",
          "😀",
          ":",
          "//",
          "https://e.org",
          "HTTP://e.org/a_b",
          "www.e.org",
          "<users/all>",
          "<users/42>",
          "users/all>",
          "<https://e.org|x>",
          "<mailto:a@e.org>",
          "\n",
          "\r\n",
          "\n\n",
          "\t",
          "* ",
          "- ",
          "> ",
          "(",
          ")",
          ".",
          "!",
          "\u00A0",
          "\u200B",
          "\u2060",
          "&lt;",
          "<b>",
          "@all",
          "\\",
          "#",
          "1. ",
          "    ");

  /// Writes down which elements there are and which words stand in them.
  private static final class Notes implements Ink {
    private final StringBuilder words = new StringBuilder();
    private final List<Tag> tags = new ArrayList<>();
    private final Deque<Tag> open = new ArrayDeque<>();

    @Override
    public Ink open(Tag tag) {
      tags.add(tag);
      open.push(tag);
      return this;
    }

    @Override
    public Ink with(Attribute attribute, String value) {
      return this;
    }

    @Override
    public Ink text(String text) {
      words.append(text);
      return this;
    }

    @Override
    public Ink close() {
      open.pop();
      return this;
    }

    String words() {
      return visible(words.toString());
    }
  }

  private static Notes drawn(String text) {
    var notes = new Notes();
    ChatText.draw(text, _ -> Optional.of("somebody"), notes);
    return notes;
  }

  private static Notes card(String html) {
    var notes = new Notes();
    CardHtml.draw(html, notes);
    return notes;
  }

  /// Without what nobody sees, and with line ends of one kind.
  private static String visible(String text) {
    return text.replace("\u200B", "")
        .replace("\u2060", "")
        .replace("\r\n", "\n")
        .replace('\r', '\n');
  }

  /// As the server trims a paragraph: no blank lines at its ends.
  private static String paragraph(String text) {
    var lines = new ArrayList<>(visible(text).lines().toList());
    while (!lines.isEmpty() && visible(lines.getFirst()).isBlank()) {
      lines.removeFirst();
    }
    while (!lines.isEmpty() && visible(lines.getLast()).isBlank()) {
      lines.removeLast();
    }
    return String.join("\n", lines);
  }

  private static String foreign(long seed) {
    var random = new Random(seed);
    var text = new StringBuilder();
    for (int i = random.nextInt(14); i >= 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static String line(long seed) {
    var line = foreign(seed).replaceAll("[\r\n\t]+", " ").replaceAll("^[ \u00A0]+|[ \u00A0]+$", "");
    return visible(line).replace('\u00A0', ' ').isBlank() ? "x" : line;
  }

  @Property(tries = 4_000)
  void foreign_text_is_drawn_as_the_words_it_is(@ForAll long seed) {
    check(foreign(seed));
  }

  @Property(tries = 1_000)
  void any_text_is_drawn_as_the_words_it_is(@ForAll String text) {
    check(text);
  }

  private static void check(String text) {
    var escaped = Markup.escape(text);
    var drawn = drawn(escaped);
    assertThat(drawn.tags).as(text).isSubsetOf(Tag.P);
    assertThat(paragraph(drawn.words())).isEqualTo(paragraph(text));
    assertThat(visible(escaped)).as("only what is not seen was added").isEqualTo(visible(text));
  }

  @Property(tries = 1_000)
  void foreign_text_that_is_split_is_drawn_as_words_in_each_part(@ForAll long seed) {
    var random = new Random(seed);
    var text = new StringBuilder();
    while (text.length() < 600) {
      text.append(foreign(random.nextLong())).append(random.nextInt(3) == 0 ? "" : " ");
    }
    for (var part : Message.plain(text.toString()).split(128 + random.nextInt(100))) {
      assertThat(drawn(part.text()).tags).as(part.text()).isSubsetOf(Tag.P);
    }
  }

  @Property(tries = 4_000)
  void foreign_text_keeps_to_itself_between_markup_of_ones_own(@ForAll long seed) {
    var text = line(seed);
    for (var around : List.of("%s", "a %s b", "*own* (%s) _own_", "*%s", "%s*", "`%s")) {
      var parts = around.split("%s", -1);
      var alone = drawn(parts[0] + "x" + parts[1]);
      var drawn = drawn(parts[0] + Markup.escape(text) + parts[1]);
      assertThat(drawn.tags).as(around.formatted(text)).isEqualTo(alone.tags);
    }
  }

  @Property(tries = 4_000)
  void words_of_any_content_can_be_bold_italic_struck_and_code(@ForAll long seed) {
    var text = line(seed);
    check(Markup.bold(Markup.escape(text)), text, Tag.P, Tag.B);
    check(Markup.italic(Markup.escape(text)), text, Tag.P, Tag.I);
    check(Markup.strike(Markup.escape(text)), text, Tag.P, Tag.S);
    check(Markup.bold(Markup.italic(Markup.escape(text))), text, Tag.P, Tag.B, Tag.I);
    check(Markup.code(text), text, Tag.P, Tag.CODE);
    check(Markup.bold("a " + Markup.code(text)), "a " + text, Tag.P, Tag.B, Tag.CODE);
  }

  private static void check(String markup, String words, Tag... tags) {
    var drawn = drawn(markup);
    assertThat(drawn.tags).as(markup).containsExactly(tags);
    assertThat(drawn.words()).isEqualTo(visible(words));
  }

  @Property(tries = 2_000)
  void a_block_of_code_holds_anything(@ForAll long seed) {
    var code = foreign(seed);
    check(
        "a\n" + Markup.codeBlock(code) + "\nb", "a" + code + "b", Tag.P, Tag.PRE, Tag.CODE, Tag.P);
  }

  @Property(tries = 2_000)
  void the_words_of_a_link_hold_anything(@ForAll long seed) {
    var words = line(seed);
    var shown = words.replace('<', '‹').replace('>', '›');
    check(Markup.link("https://e.org/?a=1|2&b=<c> d", words), shown, Tag.P, Tag.A);
    check(Markup.item(Markup.link("https://e.org", words)), shown, Tag.UL, Tag.LI, Tag.A);
  }

  @Test
  void lists_quotes_and_mentions_are_drawn_as_such() {
    check(
        Markup.list(List.of("a", "b\n c", Markup.bold("d"))),
        "ab cd",
        Tag.UL,
        Tag.LI,
        Tag.LI,
        Tag.LI,
        Tag.B);
    check(Markup.quote("a\n" + Markup.bold("b")), "a\nb", Tag.BLOCKQUOTE, Tag.P, Tag.B);
    check(Markup.mentionAll(), "@somebody", Tag.P, Tag.SPAN);
    check(
        Markup.mention("42") + Markup.mention("users/42"),
        "@somebody@somebody",
        Tag.P,
        Tag.SPAN,
        Tag.SPAN);
    check(Markup.link("mailto:a@e.org"), "mailto:a@e.org", Tag.P, Tag.A);
    check(Markup.bold(" a \nb"), " a \nb", Tag.P, Tag.B, Tag.B);
  }

  @Property(tries = 2_000)
  void words_in_a_card_are_drawn_as_they_are(@ForAll long seed) {
    var words = foreign(seed).replace("://", ":/"); // bare addresses are links in cards
    var drawn = card(CardText.escape(words));
    assertThat(drawn.tags).as(words).isEmpty();
    assertThat(drawn.words()).isEqualTo(visible(words));
    var formatted =
        card(
            CardText.of(words)
                .bold(words)
                .italic(words)
                .underline(words)
                .strike(words)
                .code(words)
                .color("#ff0000", words)
                .link("https://e.org/\"'<>&lt;", words)
                .html());
    assertThat(formatted.tags)
        .as(words)
        .containsExactly(Tag.B, Tag.I, Tag.U, Tag.S, Tag.CODE, Tag.SPAN, Tag.A);
    assertThat(formatted.words()).isEqualTo(visible(words).repeat(8));
  }

  @Test
  void an_address_in_a_cards_words_is_a_link_to_itself_and_cannot_pretend_to_be_another() {
    assertThat(card(CardText.escape("see https://e.org")).tags).containsExactly(Tag.A);
    var disguised = card(CardText.escape("<https://evil.example|https://bank.example>"));
    assertThat(disguised.words()).contains("<https://evil.example|");
    assertThat(disguised.tags.stream().map(Tag::name).collect(Collectors.joining()))
        .doesNotContain("SPAN");
  }
}
