package campana.server.draw;

import static campana.server.draw.Drawings.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTest {
  @Test
  void the_text_in_one_line_without_its_markup() {
    var text = "*Disk* of `db1`\n\n* 91 %\n<https://e.org|runbook> <users/all>";
    assertThat(MessageDrawing.plain(Drawings.content(text, false)))
        .isEqualTo("Disk of db1 91 % runbook @all");
    assertThat(MessageDrawing.plain(Drawings.content("**Disk**\n\n- 91 %", true)))
        .isEqualTo("Disk 91 %");
  }

  @Test
  void no_control_character_reaches_a_terminal() {
    assertThat(MessageDrawing.plain(Drawings.content("a\u001B]0;x\u0007\u009B31m\u202Eb", false)))
        .isEqualTo("a]0;x31mb");
  }

  @Test
  void without_text_the_fallback_and_then_the_titles_stand_for_the_message() {
    assertThat(MessageDrawing.plain(bytes("{\"fallbackText\":\"f\",\"cardsV2\":[{}]}")))
        .isEqualTo("f");
    assertThat(MessageDrawing.plain(new byte[0])).isEmpty();
  }

  @Test
  void a_long_line_is_cut_between_characters() {
    var plain = MessageDrawing.plain(Drawings.content("😀".repeat(400), false));
    assertThat(plain).hasSizeLessThanOrEqualTo(500).endsWith("😀…");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          🔴 db1 is away            | FIRING
          [FIRING:2] HighLoad       | FIRING
          *FIRING* HighLoad         | FIRING
          Down: db1                 | FIRING
          ⚠️ disk 80 %              | WARNING
          ✅ db1 is back            | RESOLVED
          [RESOLVED] HighLoad       | RESOLVED
          RESOLVED HighLoad         | RESOLVED
          Up: db1                   | RESOLVED
          ℹ️ deploy                 | INFO
          Download ready            | NONE
          Upper limit               | NONE
          all is well               | NONE
          """)
  void the_state_is_read_from_how_the_text_begins(String text, MessageState state) {
    assertThat(MessageDrawing.state(Drawings.content(text, false))).isEqualTo(state);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          campana-firing-critical | FIRING
          campana-firing-warning  | WARNING
          campana-firing-info     | INFO
          campana-resolved        | RESOLVED
          somebody-else           | NONE
          """)
  void the_relays_own_card_id_says_the_state(String cardId, MessageState state) {
    assertThat(MessageDrawing.state(bytes("{\"cardsV2\":[{\"cardId\":\"" + cardId + "\"}]}")))
        .isEqualTo(state);
  }
}
