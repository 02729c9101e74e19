package campana.relay.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.Samples;
import campana.relay.source.github.GithubSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {
  private static final String SECRET = "campana-test-secret";
  private static final String ASCII = "{\"hello\":\"campana\"}";
  private static final String ITALIAN = "{\"hello\":\"campana\",\"n\":\"è\"}";
  private static final String OF_ASCII =
      "9e89ce397a94dde055cb2a10c214056d156a385130f9e80e47ce7935fdb160bf";
  private static final String OF_ITALIAN =
      "9736de21e888c14810bfe3b7c7af2011e86739b2c9b109352d2eda740b1482c1";
  private final Source github = new GithubSource();

  @Test
  void a_body_signed_with_the_secret_is_known_whatever_its_letters() {
    assertThat(signed(ASCII, "sha256=" + OF_ASCII, SECRET)).isTrue();
    assertThat(signed(ITALIAN, "sha256=" + OF_ITALIAN, SECRET)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "the prefix of the old header, sha1=6d4095baeb495782e56c8162a0dcd58cb4ca2831",
    "no prefix, 9e89ce397a94dde055cb2a10c214056d156a385130f9e80e47ce7935fdb160bf",
    "another body's, sha256=9736de21e888c14810bfe3b7c7af2011e86739b2c9b109352d2eda740b1482c1",
    "the prefix alone, sha256=",
    "cut short, sha256=9e89ce39",
    "nothing, ''"
  })
  void anything_else_is_not(String what, String signature) {
    assertThat(signed(ASCII, signature, SECRET)).as(what).isFalse();
  }

  @Test
  void json_written_anew_is_another_body() {
    assertThat(signed("{ \"hello\": \"campana\" }", "sha256=" + OF_ASCII, SECRET)).isFalse();
  }

  @Test
  void another_secret_or_none_signs_nothing() {
    assertThat(signed(ASCII, "sha256=" + OF_ASCII, "campana-test-secrets")).isFalse();
    assertThat(signed(ASCII, "sha256=" + OF_ASCII, "")).isFalse();
    var unsigned = new Received("POST", Map.of(), Map.of(), ASCII.getBytes(UTF_8), Samples.NOON);
    assertThat(github.signed(unsigned, SECRET)).isFalse();
  }

  @Test
  void only_tools_that_sign_say_so() {
    for (var name : Sources.NAMES) {
      assertThat(Sources.named(name, Sources.Options.NONE).signs())
          .isEqualTo(name.equals("github"));
    }
  }

  private boolean signed(String body, String signature, String secret) {
    return github.signed(
        new Received(
            "POST",
            Map.of("x-hub-signature-256", signature),
            Map.of(),
            body.getBytes(UTF_8),
            Samples.NOON),
        secret);
  }
}
