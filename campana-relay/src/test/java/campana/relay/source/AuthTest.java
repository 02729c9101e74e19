package campana.relay.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Who may send by a route.
class AuthTest {
  private static Received with(Map<String, String> headers) {
    return new Received("POST", headers, Map.of(), new byte[0], Instant.EPOCH);
  }

  private static Received authorization(String value) {
    return with(Map.of("authorization", value));
  }

  private static Auth bearer(String... tokens) {
    return new Auth(List.of(), List.of(tokens), List.of(), "", List.of(), List.of());
  }

  @Test
  void any_current_value_fits_and_no_other() {
    var auth = bearer("new", "old");
    assertThat(auth.admits("", authorization("Bearer old"))).isTrue();
    assertThat(auth.admits("", authorization("bearer new"))).isTrue();
    assertThat(auth.admits("", authorization("Bearer ne"))).isFalse();
    assertThat(auth.admits("", authorization("Basic new"))).isFalse();
    assertThat(auth.admits("", authorization(""))).isFalse();
    assertThat(auth.admits("old", with(Map.of()))).isFalse();
  }

  @Test
  void of_each_kind_that_is_named_one_has_to_fit() {
    var auth =
        new Auth(List.of("p"), List.of(), List.of("ada:a:b"), "x-token", List.of("t"), List.of());
    var basic = "Basic " + Base64.getEncoder().encodeToString("ada:a:b".getBytes(UTF_8));
    var whole = with(Map.of("authorization", basic, "x-token", "t"));
    assertThat(auth.admits("p", whole)).isTrue();
    assertThat(auth.admits("", whole)).isFalse();
    assertThat(auth.admits("p", with(Map.of("authorization", basic)))).isFalse();
    assertThat(auth.admits("p", with(Map.of("x-token", "t")))).isFalse();
    assertThat(auth.admits("p", with(Map.of("authorization", "Basic %%%", "x-token", "t"))))
        .isFalse();
  }

  @Test
  void where_none_is_named_everybody_may_and_nothing_of_it_is_printed() {
    assertThat(Auth.NONE.admits("", with(Map.of()))).isTrue();
    assertThat(bearer("s3cret").toString()).doesNotContain("s3cret");
  }
}
