package campana.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// docs/protocol.md, «Vectors» 53 to 63: cards and markup.
class CardVectorsTest extends OneServer {
  private static String widget(String widget) {
    return "{\"cardsV2\":[{\"card\":{\"sections\":[{\"widgets\":[" + widget + "]}]}}]}";
  }

  private JsonNode content() {
    var message = server.app().rooms().messages().latest(space.id(), Long.MAX_VALUE, 1).getFirst();
    return JsonMapper.shared().readTree(message.content());
  }

  private static final String P = "{\"textParagraph\":{\"text\":\"x\"}}";

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v53 one card without an id      | 200 | {"cardsV2":[{"card":{"sections":[{"widgets":[P]}]}}]}
          v54 two cards, one without an id| 400 | {"cardsV2":[{"cardId":"a","card":{"sections":[{"widgets":[P]}]}},{"card":{"sections":[{"widgets":[P]}]}}]}
          v55 snake case                  | 200 | {"cards_v2":[{"card_id":"a","card":{"sections":[{"widgets":[{"text_paragraph":{"text":"x"}}]}]}}]}
          v56 an empty widget             | 400 | W{}
          v56 an empty paragraph          | 400 | W{"textParagraph":{"text":""}}
          v57 a header without a title    | 400 | {"cardsV2":[{"card":{"header":{"subtitle":"s"},"sections":[{"widgets":[P]}]}}]}
          v57 a button that does nothing  | 400 | W{"buttonList":{"buttons":[{"text":"b"}]}}
          v58 two kinds in one widget     | 400 | W{"image":{"imageUrl":"https://e.org/a.png"},"divider":{}}
          v59 one section, one word       | 200 | {"cards":[{"sections":{"widgets":[{"keyValue":{"content":"c","contentMultiline":"true"}}]}}]}
          v60 a relative link             | 200 | W{"buttonList":{"buttons":[{"text":"b","onClick":{"openLink":{"url":"/relative"}}}]}}
          v62 an action that nobody takes | 200 | W{"buttonList":{"buttons":[{"text":"b","onClick":{"action":{"function":"f"}}}]}}
          """)
  void v53_to_v62_a_card_is_taken_or_refused_with_its_path(String which, int status, String body) {
    var sent = body.startsWith("W") ? widget(body.substring(1)) : body.replace("P", P);
    var answer = wire.post(target, sent);
    assertThat(answer.status()).as(which + " " + answer.body()).isEqualTo(status);
    if (status == 400) {
      assertThat(answer.code()).isEqualTo("INVALID_ARGUMENT");
      assertThat(answer.field()).startsWith("message.cards");
    }
    assertThat(server.stored(space)).isEqualTo(status == 200 ? 1 : 0);
  }

  @Test
  void v60_a_relative_link_is_dropped_and_the_card_stays() {
    wire.post(
        target,
        widget(
            "{\"buttonList\":{\"buttons\":[{\"text\":\"b\",\"onClick\":{\"openLink\":"
                + "{\"url\":\"/relative\"}}}]}}"));
    assertThat(content().toString()).contains("\"b\"").doesNotContain("/relative");
  }

  @Test
  void v61_of_101_sections_with_a_widget_each_100_are_kept() {
    var sections =
        IntStream.range(0, 101)
            .mapToObj(i -> "{\"widgets\":[{\"textParagraph\":{\"text\":\"x" + i + "\"}}]}")
            .collect(Collectors.joining(","));
    var answer = wire.post(target, "{\"cardsV2\":[{\"card\":{\"sections\":[" + sections + "]}}]}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(content().path("cardsV2").path(0).path("card").path("sections")).hasSize(100);
  }

  @Test
  void v63_markup_is_kept_as_it_was_written() {
    var text = "<users/all> *b* <https://e.org|x>";
    assertThat(wire.post(target, "{\"text\":\"" + text + "\"}").status()).isEqualTo(200);
    assertThat(content().path("text").asString()).isEqualTo(text);
  }
}
