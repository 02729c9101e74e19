package campana.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import campana.client.card.Button;
import campana.client.card.Card;
import campana.client.card.Violation;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTest {
  private static final Card CARD = Card.titled("t");

  private static String json(Message message) {
    return message.toJson(Optional.empty(), Optional.empty());
  }

  @Test
  void a_text_is_sent_as_it_is_with_the_thread_beside_it() {
    assertThat(Message.text("a \"b\"").toJson(Optional.of("build"), Optional.empty()))
        .isEqualTo("{\"text\":\"a \\\"b\\\"\",\"thread\":{\"threadKey\":\"build\"}}");
  }

  @Test
  void all_parts_of_a_message_are_written_and_the_second_card_gets_an_id() {
    var message =
        Message.builder()
            .text("a")
            .card("first", CARD)
            .card(CARD)
            .fallbackText("f")
            .accessory(Button.of("b", "https://e.org"))
            .build();
    assertThat(message.toJson(Optional.empty(), Optional.of("spaces/A/threads/B")))
        .isEqualTo(
            "{\"text\":\"a\",\"cardsV2\":[{\"cardId\":\"first\",\"card\":{\"header\":{\"title\":\"t\"}}},"
                + "{\"cardId\":\"card-2\",\"card\":{\"header\":{\"title\":\"t\"}}}],"
                + "\"fallbackText\":\"f\",\"accessoryWidgets\":[{\"buttonList\":{\"buttons\":["
                + "{\"text\":\"b\",\"onClick\":{\"openLink\":{\"url\":\"https://e.org\"}}}]}}],"
                + "\"thread\":{\"name\":\"spaces/A/threads/B\"}}");
  }

  @Test
  void foreign_words_are_sent_so_that_they_mention_nobody() {
    assertThat(Message.plain("<users/all>").text()).isEqualTo("<\u200Busers/all>");
    assertThat(Message.builder().plain("*a*").build().text()).doesNotStartWith("*");
  }

  @Test
  void what_is_wrong_with_parts_is_told_at_once_and_by_their_places() {
    assertThatThrownBy(() ->
            Message.builder()
                .card("a", CARD)
                .card("a", Card.untitled())
                .accessory(Button.of("b", "/x"))
                .build())
        .isInstanceOfSatisfying(
            InvalidMessageException.class,
            refused ->
                assertThat(refused.violations())
                    .extracting(Violation::field)
                    .containsExactly(
                        "message.cards_v2[1].card_id",
                        "message.cards_v2[1].card.sections",
                        "message.accessory_widgets[0].button_list.buttons[0]"
                            + ".on_click.open_link.url"))
        .hasMessageContaining("a card needs a header or a section.\n");
  }

  @Test
  void a_message_that_is_too_large_is_made_but_not_sent() {
    var message = Message.text("a".repeat(32_001));
    assertThat(message.fits()).isFalse();
    assertThatThrownBy(() -> json(message))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageStartingWith("Invalid value at 'message': Message is longer than 32000 bytes:")
        .hasMessageContaining("have 32001 together");
    assertThat(Message.text("a".repeat(32_000)).fits()).isTrue();
  }

  @Test
  void raw_json_is_sent_as_it_is() {
    var raw = " {\"new_field\": [1.50, 1e3, {\"a\" : null}],\r\n \"text\":\"\\u00e9\"} ";
    assertThat(json(Message.json(raw))).isEqualTo(raw);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1.50}                    | {\"a\":1.50,T}",
        "{}                              | {T}",
        "{\"thread\":null,\"a\":[1e3]}   | {T,\"a\":[1e3]}",
        "{\"a\":{\"thread\":{\"name\":\"x\"}}} | {\"a\":{\"thread\":{\"name\":\"x\"}},T}",
        "{\"thread\":{\"name\":\"n\",\"thread_key\":\"o\",\"threadKey\":\"o\"}} | {T}",
        "{\"thread\":{\"other\":{\"x\":[]}}} | {\"thread\":{\"other\":{\"x\":[]},\"threadKey\":\"k\"}}"
      })
  void a_thread_is_put_into_raw_json_and_the_rest_stays(String raw, String sent) {
    assertThat(Message.json(raw).toJson(Optional.of("k"), Optional.empty()))
        .isEqualTo(sent.replace("T", "\"thread\":{\"threadKey\":\"k\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"text\":                | line 1, column 9",
        "{\"a\":1, b}              | line 1, column 9.",
        "{\"a\":1} {}              | line 1, column 9",
        "[]                        | is a JSON object",
        "hello                     | line 1, column",
        "``                        | is a JSON object"
      })
  void broken_json_is_refused_with_its_place(String raw, String why) {
    assertThatThrownBy(() -> Message.json(raw))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageStartingWith("Invalid value at 'message': ")
        .hasMessageContaining(why);
  }

  @Test
  void json_that_nests_too_deep_is_refused() {
    assertThatThrownBy(() -> Message.json("{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}"))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining("nesting depth");
  }

  @Test
  void raw_json_that_is_too_large_is_refused_when_it_is_sent_and_cannot_be_parted() {
    var message = Message.json("{\"text\":\"" + "a".repeat(32_001) + "\"}");
    assertThat(message.bytes()).isEqualTo(32_001);
    assertThatThrownBy(() -> json(message)).isInstanceOf(InvalidMessageException.class);
    assertThatThrownBy(message::split).isInstanceOf(InvalidMessageException.class);
    assertThatThrownBy(message::cut).isInstanceOf(InvalidMessageException.class);
  }

  @Test
  void a_message_shows_its_size_and_none_of_its_words_where_it_is_printed() {
    assertThat(Message.text("secret")).hasToString("message of 6 bytes");
  }

  @Test
  void messages_that_say_the_same_are_equal() {
    assertThat(Message.text("a"))
        .isEqualTo(Message.builder().text("a").build())
        .hasSameHashCodeAs(Message.builder().text("a").build())
        .isNotEqualTo(Message.text("b"));
  }

  @Test
  void half_a_pair_in_raw_json_is_a_character_that_is_none() {
    var escaped = Message.json("{\"cardsV2\":[{\"card\":{\"header\":{\"title\":\"\\ud800\"}}}]}");
    assertThat(escaped.bytes()).isEqualTo("[{'card':{'header':{'title':'***'}}}]".length());
    assertThat(json(Message.json("{\"text\":\"a\ud800b\"}"))).isEqualTo("{\"text\":\"a\uFFFDb\"}");
  }
}
