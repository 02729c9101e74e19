package campana.form;

import static campana.form.Posts.accepted;
import static campana.form.Posts.refusal;
import static campana.form.Posts.stored;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// 32,000 bytes pass, one more does not, whatever they are made of.
class SizeTest {
  private static String text(String text) {
    return "{\"text\":\"" + text + "\"}";
  }

  private static String tooLong(int size) {
    return "Message is longer than 32000 bytes: text, fallback text, cards and accessory widgets have "
        + size
        + " together.";
  }

  @Test
  void a_text_is_counted_in_bytes_of_utf8() {
    assertThat(accepted(text("a".repeat(32_000))).text()).hasSize(32_000);
    assertThat(refusal(text("a".repeat(32_001)))).isEqualTo(tooLong(32_001));
    assertThat(accepted(text("é".repeat(16_000))).text()).hasSize(16_000);
    assertThat(refusal(text("é".repeat(16_000) + "a"))).isEqualTo(tooLong(32_001));
    assertThat(accepted(text("€".repeat(10_666) + "aa")).text()).hasSize(10_668);
    assertThat(refusal(text("€".repeat(10_667)))).isEqualTo(tooLong(32_001));
    assertThat(accepted(text("😀".repeat(8_000))).text()).hasSize(16_000);
    assertThat(refusal(text("😀".repeat(8_000) + "a"))).isEqualTo(tooLong(32_001));
  }

  @Test
  void escapes_and_white_space_of_the_body_do_not_count() {
    assertThat(accepted(text("\\u0041".repeat(32_000))).text()).hasSize(32_000);
    assertThat(accepted(text("\\n".repeat(31_999) + "a")).text()).hasSize(32_000);
    assertThat(accepted(" ".repeat(100_000) + text("a")).text()).hasSize(1);
    assertThat(refusal(text("\\u0041".repeat(32_001)))).isEqualTo(tooLong(32_001));
  }

  @Test
  void text_fallback_text_cards_and_accessories_count_together_as_they_are_kept() {
    var cards = "[{\"card\":{\"header\":{\"title\":\"é\"}}}]";
    var old = "[{\"header\":{\"title\":\"t\"}}]";
    var accessories = "[{\"buttonList\":{}}]";
    var rest =
        ",\"cards_v2\": %s ,\"cards\":%s,\"accessoryWidgets\":%s,\"fallbackText\":\"ä\",\"previewText\":\"%s\"}"
            .formatted(cards, old, accessories, "p".repeat(40_000));
    int free = 32_000 - (cards + old + accessories + "ä").getBytes(UTF_8).length;
    assertThat(stored("{\"text\":\"" + "a".repeat(free) + "\"" + rest))
        .contains(cards, old, accessories);
    assertThat(refusal("{\"text\":\"" + "a".repeat(free + 1) + "\"" + rest))
        .isEqualTo(tooLong(32_001));
  }

  @Test
  void the_thread_key_does_not_count() {
    var body =
        "{\"text\":\""
            + "a".repeat(32_000)
            + "\",\"thread\":{\"threadKey\":\""
            + "k".repeat(4_000)
            + "\"}}";
    assertThat(accepted(body).threadKey()).hasSize(4_000);
  }

  @Test
  void a_card_that_is_too_long_is_refused() {
    var paragraph = "{\"textParagraph\":{\"text\":\"" + "a".repeat(32_000) + "\"}}";
    assertThat(refusal(Posts.widgets(paragraph))).startsWith("Message is longer than 32000 bytes");
  }
}
