package campana.server.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpaceIdsTest {
  @ParameterizedTest(name = "«{0}» is an id of ours: {1}")
  @CsvSource({
    "cmpAbCd1234, true",
    "cmp_-345678901234, false",
    "cmp_-34567890123, true",
    "cmpAbCd123, false",
    "AAAAAbCd1234, false",
    "CMPAbCd1234, false",
    "cmpAbCd/234, false",
    "cmpAbCdé234, false",
  })
  void an_id_of_ours_is_known_by_its_form(String id, boolean ours) {
    assertThat(SpaceIds.wellFormed(id)).isEqualTo(ours);
  }

  @Test
  void a_drawn_id_has_the_form() {
    var chance = new SecureRandom();
    for (int i = 0; i < 100; i++) {
      assertThat(SpaceIds.draw(chance)).matches(SpaceIds::wellFormed);
    }
  }

  @Test
  void no_id_looks_like_an_option_of_a_command() {
    var chance = new SecureRandom();
    for (int i = 0; i < 2_000; i++) {
      assertThat(SpaceIds.chars(chance, 11)).matches("[A-Za-z0-9][A-Za-z0-9_-]{10}");
    }
  }
}
