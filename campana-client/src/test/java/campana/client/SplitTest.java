package campana.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import campana.client.card.Button;
import campana.client.card.Card;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
  private static List<String> texts(Message message, int most) {
    return message.split(most).stream().map(Message::text).collect(Collectors.toList());
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
  }

  @Test
  void what_fits_stays_one_and_the_same() {
    var message = Message.text("a".repeat(32_000));
    assertThat(message.split()).containsExactly(message);
    assertThat(message.cut()).isSameAs(message);
  }

  @Test
  void a_text_is_parted_at_ends_of_lines() {
    var parts = texts(Message.text(lines(0, 100)), 200);
    assertThat(String.join("\n", parts)).isEqualTo(lines(0, 100));
    assertThat(parts).hasSizeLessThan(7).allMatch(part -> part.matches("(line \\d+\n?)+"));
  }

  @Test
  void a_line_is_parted_only_where_it_alone_is_too_long_and_then_between_words() {
    var line = "word ".repeat(60).strip();
    var parts = texts(Message.text("first\n" + line), 200);
    assertThat(parts.get(0)).isEqualTo("first");
    assertThat(parts.subList(1, parts.size())).allMatch(part -> part.matches("word( word)*"));
    assertThat(String.join(" ", parts.subList(1, parts.size()))).isEqualTo(line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "é", "€", "😀"})
  void a_word_that_is_too_long_is_parted_between_characters(String letter) {
    var text = "x" + letter.repeat(40_000);
    var parts = Message.text(text).split();
    assertThat(parts).allMatch(Message::fits);
    assertThat(parts.stream().map(Message::text).collect(Collectors.joining())).isEqualTo(text);
    assertThat(parts.get(0).bytes()).isGreaterThan(31_980);
  }

  @Test
  void a_block_of_code_that_is_parted_is_closed_and_opened_again() {
    var parts = texts(Message.text("see\n" + Markup.codeBlock(lines(0, 50)) + "\nend"), 200);
    assertThat(parts).hasSizeGreaterThan(2);
    assertThat(parts).allMatch(part -> part.split("```", -1).length % 2 == 1);
    assertThat(parts.get(0)).startsWith("see\n```\nline 0\n").endsWith("\n```");
    assertThat(parts.get(1)).startsWith("```\nline ").endsWith("\n```");
    assertThat(parts.get(parts.size() - 1)).endsWith("line 49\n```\nend");
  }

  @Test
  void no_part_is_a_block_of_code_without_code() {
    for (int before = 60; before < 140; before++) {
      var text = "a".repeat(before) + "\n```\n" + "b".repeat(70) + "\n```\nc " + "d".repeat(99);
      assertThat(texts(Message.text(text), 128))
          .as(text)
          .noneMatch(part -> part.matches("(?s).*```\\s*```.*"))
          .allMatch(part -> part.getBytes(UTF_8).length <= 128);
    }
  }

  @Test
  void cards_go_with_the_last_part_or_behind_it_where_they_have_no_room_there() {
    var card = Card.titled("t".repeat(100));
    var little = Message.builder().text("word ".repeat(70)).card(card).build().split(300);
    assertThat(little).hasSize(2).last().satisfies(last -> assertThat(last.text()).isNotEmpty());
    var much = Message.builder().text("word ".repeat(115)).card(card).build().split(300);
    assertThat(much).hasSize(3).last().satisfies(last -> assertThat(last.text()).isEmpty());
    assertThat(much).allMatch(part -> part.bytes() <= 300);
  }

  @Test
  void accessory_buttons_stay_with_the_last_words() {
    var parts =
        Message.builder()
            .text("word ".repeat(200))
            .accessory(Button.of("Open", "https://e.org"))
            .build()
            .split(400);
    assertThat(parts).allMatch(part -> part.bytes() <= 400 && !part.text().isEmpty());
  }

  @Test
  void what_is_too_large_without_its_text_cannot_be_parted() {
    var message = Message.builder().text("a").card(Card.titled("t".repeat(32_000))).build();
    assertThatThrownBy(message::split).isInstanceOf(InvalidMessageException.class);
    assertThatThrownBy(message::cut).isInstanceOf(InvalidMessageException.class);
    assertThatThrownBy(() -> Message.text("a").split(127))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a part has 128 to 32000 bytes, not 127");
    assertThatThrownBy(() -> Message.text("a").cut(32_001))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_cut_text_ends_with_a_line_that_says_how_much_is_missing() {
    var text = lines(0, 5_000);
    var cut = Message.text(text).cut();
    assertThat(cut.fits()).isTrue();
    var kept = cut.text().substring(0, cut.text().lastIndexOf('\n'));
    assertThat(text).startsWith(kept + "\n");
    assertThat(cut.text())
        .isEqualTo(kept + "\n… " + (text.length() - kept.length()) + " bytes cut");
  }

  @Test
  void a_block_of_code_that_is_cut_is_closed_and_cards_stay() {
    var message = Message.builder().text("```\n" + lines(0, 99) + "\n```").card(Card.titled("t"));
    var cut = message.build().cut(300);
    assertThat(cut.bytes()).isLessThanOrEqualTo(300);
    assertThat(cut.text()).matches("(?s)```\nline 0\n.*\n```\n… \\d+ bytes cut");
  }

  @Property(tries = 2_000)
  void no_part_is_too_long_and_no_word_is_lost(@ForAll long seed) {
    var random = new Random(seed);
    var pieces =
        List.of("a", "word", "é", "😀", " ", "\n", "\n\n", "```", "`", "  x", "longer1234");
    var text =
        random
            .ints(300, 0, pieces.size())
            .mapToObj(pieces::get)
            .collect(Collectors.joining())
            .concat("x");
    int most = 128 + random.nextInt(200);
    var parts = texts(Message.text(text), most);
    assertThat(parts).allMatch(part -> part.getBytes(UTF_8).length <= most);
    assertThat(bare(String.join("", parts))).isEqualTo(bare(text));
    assertThat(Message.text(text).cut(most).bytes()).isLessThanOrEqualTo(most);
  }

  private static String bare(String text) {
    return Arrays.stream(text.split("[\\s`\u200B]+", -1)).collect(Collectors.joining());
  }

  @Test
  void a_part_that_begins_within_a_line_is_no_quote_no_list_and_nothing_bold() {
    for (var sign : List.of("> ", ">", "- ", "* ", "  - ")) {
      var text = "word ".repeat(25) + sign + "more ".repeat(30);
      for (int most = 128; most < 140; most++) {
        int limit = most;
        assertThat(texts(Message.text(text), most))
            .noneMatch(part -> part.matches("(?s) *(>|[-*] ).*"))
            .allMatch(part -> part.getBytes(UTF_8).length <= limit);
      }
    }
    var own = "> quoted\n- item\n" + "aa*".repeat(150);
    var parts = texts(Message.text(own), 128);
    assertThat(parts.get(0)).startsWith("> quoted\n- item");
    assertThat(parts.subList(1, parts.size())).noneMatch(part -> part.startsWith("*"));
  }

  @Test
  void one_line_of_megabytes_takes_as_long_as_its_length() {
    var line = "word and ```code``` ".repeat(300_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThat(Message.text(line).split(200)).hasSizeGreaterThan(30_000));
  }
}
