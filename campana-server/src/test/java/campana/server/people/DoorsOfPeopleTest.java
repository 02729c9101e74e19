package campana.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorsOfPeopleTest {
  @ParameterizedTest
  @ValueSource(strings = {"ada@example.org", "o'hara+chat@mail.example.co.uk", "root@localhost"})
  void an_address_with_a_name_and_a_domain_is_taken(String email) {
    assertThat(Emails.wrong(email)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ada",
        "@example.org",
        "ada@",
        "a@b@c",
        "ada@.org",
        "ada@example..org",
        "a b@c.org",
        "ada@example.org.",
        "<ada@example.org>",
        "ada@exam\nple.org"
      })
  void what_is_no_address_is_refused_with_the_wish(String email) {
    assertThat(Emails.wrong(email)).hasValueSatisfying(wish -> assertThat(wish).contains("ada@"));
  }

  @Test
  void an_address_is_kept_in_lower_case_without_blanks_around() {
    assertThat(Emails.normal("  Ada@Example.ORG ")).isEqualTo("ada@example.org");
  }

  @Test
  void a_password_is_known_again_and_no_other_one_is() {
    var passwords = new Passwords(new SecureRandom());
    var stored = passwords.hash("correct horse");
    assertThat(stored).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("horse");
    assertThat(passwords.check("correct horse", stored)).isTrue();
    assertThat(passwords.check("correct hors", stored)).isFalse();
    assertThat(passwords.checkNobody("correct horse")).isFalse();
    assertThat(passwords.hash("correct horse")).as("salted").isNotEqualTo(stored);
  }
}
