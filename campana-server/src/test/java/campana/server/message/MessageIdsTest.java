package campana.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdsTest {
  private static final String SPACE = "cmpSpaceOfOurs";

  /// The designers' own key and text for Speck64/128.
  private final MessageIds ids =
      new MessageIds(HexFormat.of().parseHex("0001020308090a0b1011121318191a1b"));

  @Test
  void the_cipher_is_speck() {
    assertThat(ids.encipher(0x3b7265747475432dL)).isEqualTo(0x8c6fa548454e028bL);
    assertThat(ids.decipher(0x8c6fa548454e028bL)).isEqualTo(0x3b7265747475432dL);
  }

  @Test
  void every_position_has_one_id_of_eleven_characters_and_it_leads_back() {
    var seen = new HashSet<String>();
    for (var position = 1L; position <= 10_000; position++) {
      var id = ids.id(SPACE, position);
      assertThat(id).matches("[A-Za-z0-9_-]{11}");
      assertThat(ids.position(SPACE, id)).isEqualTo(position);
      seen.add(id);
    }
    assertThat(seen).hasSize(10_000);
  }

  @Test
  void an_id_of_one_space_means_something_else_in_another() {
    assertThat(ids.id("cmpOtherSpace1", 1)).isNotEqualTo(ids.id(SPACE, 1));
    assertThat(ids.position("cmpOtherSpace1", ids.id(SPACE, 1))).isNotEqualTo(1);
  }

  @Test
  void a_message_is_named_after_its_thread_and_itself() {
    var one = ids.id(SPACE, 1);
    var two = ids.id(SPACE, 2);
    assertThat(ids.names(SPACE, 1, 1).message())
        .isEqualTo("spaces/" + SPACE + "/messages/" + one + "." + one);
    assertThat(ids.names(SPACE, 1, 2).message())
        .isEqualTo("spaces/" + SPACE + "/messages/" + one + "." + two);
    assertThat(ids.names(SPACE, 1, 2).thread()).isEqualTo("spaces/" + SPACE + "/threads/" + one);
  }

  @Test
  void only_the_canonical_form_is_read() {
    var id = ids.id(SPACE, 1);
    var digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    var last = digits.indexOf(id.charAt(10));
    for (var spare = 1; spare < 4; spare++) {
      var other = id.substring(0, 10) + digits.charAt(last + spare);
      assertThat(ids.position(SPACE, other)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "AAAAAAAAAA", "AAAAAAAAAAAA", "AAAAA+AAAAA", "AAAAAéAAAAA", "AAAAA AAAAA"})
  void what_cannot_be_an_id_stands_for_nothing(String id) {
    assertThat(ids.position(SPACE, id)).isZero();
  }
}
