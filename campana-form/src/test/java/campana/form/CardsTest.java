package campana.form;

import static campana.form.Posts.WIDGET;
import static campana.form.Posts.refusal;
import static campana.form.Posts.stored;
import static campana.form.Posts.storedTree;
import static campana.form.Posts.widgets;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardsTest {
  private static final String CARD = "\"card\":{\"header\":{\"title\":\"t\"}}";

  private static String cards(String cards) {
    return "{\"cardsV2\":[" + cards + "]}";
  }

  @Test
  void one_card_needs_no_id_and_several_need_one_each() {
    assertThat(stored(cards("{" + CARD + "}"))).isEqualTo(cards("{" + CARD + "}"));
    var both = "{\"cardId\":\"a\"," + CARD + "},{\"cardId\":\"b\"," + CARD + "}";
    assertThat(stored(cards(both))).isEqualTo(cards(both));
    assertThat(refusal(cards("{\"cardId\":\"a\"," + CARD + "},{" + CARD + "}")))
        .isEqualTo(
            "Invalid value at 'message.cards_v2[1].card_id': of several cards each needs a card id.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                        | .data",
        "{\"horizontalAlignment\":\"CENTER\"}      | .data",
        "{\"textParagraph\":{}}                    | .text_paragraph.text",
        "{\"textParagraph\":{\"text\":\"\"}}       | .text_paragraph.text",
        "{\"decoratedText\":{\"topLabel\":\"a\"}}  | .decorated_text.text",
        "{\"decoratedText\":{\"text\":\"a\",\"button\":{\"text\":\"b\"}}} | .decorated_text.button.on_click",
        "{\"buttonList\":{\"buttons\":[{\"text\":\"b\"}]}} | .button_list.buttons[0].on_click",
        "{\"buttonList\":{\"buttons\":{\"text\":\"b\",\"onClick\":{}}}} | .button_list.buttons[0].on_click",
        "{\"columns\":{\"columnItems\":[{},{\"widgets\":[{}]}]}} | .columns.column_items[1].widgets[0].data",
        "{\"columns\":{\"columnItems\":[{},{},{}]}} | .columns.column_items",
        "{\"carousel\":{\"carouselCards\":[{\"footerWidgets\":[{}]}]}} | .carousel.carousel_cards[0].footer_widgets[0].data"
      })
  void a_widget_that_lacks_what_it_needs_is_refused(String widget, String field) {
    assertThat(refusal(widgets(widget))).startsWith("Invalid value at '" + WIDGET + field + "': ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                               | .card.sections",
        "{\"card\":{}}                    | .card.sections",
        "{\"card\":{\"sections\":[{}]}}   | .card.sections[0].widgets",
        "{\"card\":{\"header\":{}}}       | .card.header.title",
        "{\"card\":{\"header\":{\"title\":\"\",\"subtitle\":\"s\"}}} | .card.header.title",
        "{\"card\":{\"header\":{\"title\":\"t\"},\"fixedFooter\":{}}} | .card.fixed_footer.primary_button.on_click",
        "{\"card\":{\"sections\":[{\"widgets\":[{\"divider\":{}}],\"collapseControl\":{\"expandButton\":{\"text\":\"a\"}}}]}} | .card.sections"
      })
  void a_card_that_lacks_what_it_needs_is_refused(String card, String field) {
    assertThat(refusal(cards(card)))
        .startsWith("Invalid value at 'message.cards_v2[0]" + field + "': ");
  }

  @Test
  void all_that_is_wrong_with_cards_is_told_at_once() {
    assertThat(refusal(widgets("{},{\"divider\":{}},{\"textParagraph\":{}}")).split("\n"))
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"buttonList\":{\"buttons\":[{\"text\":\"b\",\"onClick\":{\"action\":{\"function\":\"f\"}}}]}}",
        "{\"decoratedText\":{\"contentText\":{\"text\":\"a\"}}}",
        "{\"image\":{\"imageUrl\":\"https://e.org/i.png\",\"onClick\":{\"openLink\":{\"url\":\"HTTPS://e.org\"}}}}",
        "{\"divider\":{}}",
        "{\"columns\":{\"columnItems\":[{\"widgets\":[{\"divider\":{}}]},{\"widgets\":[{\"textParagraph\":{\"text\":\"a\"}}]}]}}",
        "{\"chipList\":{\"chips\":[{\"label\":\"a\"}]}}",
        "{\"grid\":{\"items\":[{\"title\":\"a\"}],\"onClick\":{\"openLink\":{\"url\":\"mailto:a@e.org\"}}}}",
        "{\"textInput\":{\"name\":\"n\"}}",
        "{\"decoratedText\":{\"text\":\"a\",\"startIcon\":{\"knownIcon\":\"NO_SUCH_ICON\"}}}"
      })
  void what_chat_draws_or_ignores_is_kept(String widget) {
    // columns know no divider in the descriptors
    assertThat(
            stored(
                widgets(
                    widget.replace(
                        "{\"divider\":{}}]},", "{\"textParagraph\":{\"text\":\"b\"}}]},"))))
        .contains("\"widgets\":");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/relative",
        "tcp://10.0.0.7:5432",
        "javascript:alert(1)",
        "",
        "https://",
        "https:///x",
        "http:e.org",
        "mailto:",
        "e.org",
        "data:text/html,x",
        "https://e.org/\\u0001",
        "java\\nscript:x"
      })
  void a_link_that_leads_nowhere_is_dropped_and_the_card_stays(String url) {
    var link = "{\"text\":\"b\",\"onClick\":{\"openLink\":{\"url\":\"" + url + "\"}}}";
    assertThat(
            stored(
                widgets(
                    "{\"textParagraph\":{\"text\":\"a\"}},{\"buttonList\":{\"buttons\":["
                        + link
                        + "]}}")))
        .isEqualTo(
            widgets(
                "{\"textParagraph\":{\"text\":\"a\"}},{\"buttonList\":{\"buttons\":[{\"text\":\"b\"}]}}"));
    assertThat(
            stored(
                "{\"cards\":[{\"sections\":[{\"widgets\":[{\"buttons\":[{\"textButton\":"
                    + link
                    + "}]}]}]}]}"))
        .isEqualTo(
            "{\"cards\":[{\"sections\":[{\"widgets\":[{\"buttons\":[{\"textButton\":{\"text\":\"b\"}}]}]}]}]}");
    assertThat(
            stored(
                "{\"text\":\"a\",\"accessoryWidgets\":[{\"buttonList\":{\"buttons\":["
                    + link
                    + "]}}]}"))
        .isEqualTo(
            "{\"text\":\"a\",\"accessoryWidgets\":[{\"buttonList\":{\"buttons\":[{\"text\":\"b\"}]}}]}");
  }

  @Test
  void links_are_found_wherever_a_card_has_them() {
    var menu =
        "{\"overflowMenu\":{\"items\":[{\"text\":\"i\",\"onClick\":{\"openLink\":{\"url\":\"/x\"}}}]}}";
    assertThat(stored(widgets("{\"image\":{\"imageUrl\":\"u\",\"onClick\":" + menu + "}}")))
        .doesNotContain("openLink")
        .contains("overflowMenu");
  }

  @Test
  void strictness_refuses_a_link_that_leads_nowhere() {
    var body =
        widgets("{\"image\":{\"imageUrl\":\"u\",\"onClick\":{\"openLink\":{\"url\":\"/x\"}}}}");
    assertThat(Posts.refused(Posts.STRICT.read(body.getBytes(UTF_8), Map.of())).message())
        .isEqualTo(
            "Invalid value at 'message.cards_v2': a link has to begin with https://, http:// or"
                + " mailto:, not as \"/x\".");
  }

  private static String sections(int... sizes) {
    var sections = new StringBuilder();
    for (int size : sizes) {
      var widgets = "{\"divider\":{}},".repeat(size);
      sections.append("{\"widgets\":[").append(widgets).append("]},");
    }
    return cards("{\"card\":{\"header\":{\"title\":\"t\"},\"sections\":[" + sections + "]}}");
  }

  @Test
  void the_section_that_passes_100_widgets_is_dropped_with_all_behind_it() {
    var card = "/cardsV2/0/card/sections";
    int[] ones = new int[101];
    Arrays.fill(ones, 1);
    assertThat(storedTree(sections(ones)).at(card).size()).isEqualTo(100);
    assertThat(storedTree(sections(60, 40)).at(card).size()).isEqualTo(2);
    assertThat(storedTree(sections(60, 41, 1)).at(card).size()).isEqualTo(1);
    assertThat(stored(sections(101))).isEqualTo(cards("{" + CARD + "}"));
    var old =
        sections(60, 41)
            .replace("cardsV2", "cards")
            .replace("{\"card\":", "")
            .replace("]}}]}", "]}]}")
            .replace("{\"divider\":{}}", "{\"textParagraph\":{\"text\":\"a\"}}");
    assertThat(storedTree(old).at("/cards/0/sections").size()).isEqualTo(1);
  }

  @Test
  void a_hundred_cards_fit_and_one_more_does_not() {
    var card = "{\"cardId\":\"a\"," + CARD + "},";
    assertThat(storedTree(cards(card.repeat(100))).at("/cardsV2").size()).isEqualTo(100);
    assertThat(refusal(cards(card.repeat(101))))
        .isEqualTo(
            "Invalid value at 'message.cards_v2': there are 101 cards, and at most 100 fit.");
  }

  @Test
  void a_selection_has_at_most_100_items() {
    var items = "{\"text\":\"a\"},".repeat(101);
    assertThat(refusal(widgets("{\"selectionInput\":{\"items\":[" + items + "]}}")))
        .startsWith("Invalid value at '" + WIDGET + ".selection_input.items': there are 101 items");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                                 | .sections",
        "{\"header\":{}}                                    | .header.title",
        "{\"sections\":[{\"header\":\"h\"}]}                | .sections[0].widgets",
        "{\"sections\":[{\"widgets\":[{}]}]}                | .sections[0].widgets[0].data",
        "{\"sections\":[{\"widgets\":[{\"textParagraph\":{}}]}]} | .sections[0].widgets[0].text_paragraph.text",
        "{\"sections\":[{\"widgets\":[{\"buttons\":[{}]}]}]} | .sections[0].widgets[0].buttons[0]",
        "{\"sections\":[{\"widgets\":[{\"buttons\":[{\"textButton\":{\"text\":\"a\"}}]}]}]} | .sections[0].widgets[0].buttons[0].on_click",
        "{\"sections\":[{\"widgets\":[{\"keyValue\":{\"content\":\"c\",\"button\":{\"imageButton\":{}}}}]}]} | .sections[0].widgets[0].key_value.button.on_click"
      })
  void the_same_holds_for_cards_of_the_first_generation(String card, String field) {
    assertThat(refusal("{\"cards\":[" + card + "]}"))
        .startsWith("Invalid value at 'message.cards[0]" + field + "': ");
  }

  @Test
  void a_card_of_the_first_generation_is_kept() {
    var body =
        "{\"cards\":[{\"header\":{\"title\":\"t\",\"imageStyle\":\"AVATAR\"},\"sections\":[{\"widgets\":["
            + "{\"keyValue\":{\"topLabel\":\"a\",\"content\":\"c\",\"contentMultiline\":true,\"icon\":\"STAR\","
            + "\"button\":{\"imageButton\":{\"icon\":\"EMAIL\",\"onClick\":{\"action\":{\"actionMethodName\":\"f\"}}}}}}]}]}]}";
    assertThat(stored(body)).isEqualTo(body);
  }

  @Test
  void an_accessory_widget_needs_content() {
    assertThat(refusal("{\"text\":\"a\",\"accessoryWidgets\":[{}]}"))
        .startsWith("Invalid value at 'message.accessory_widgets[0].data': ");
  }
}
