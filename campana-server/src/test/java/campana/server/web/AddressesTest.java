package campana.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// docs/protocol.md, «Endpoint»: which addresses mean what.
class AddressesTest extends OneServer {
  @ParameterizedTest
  @ValueSource(strings = {"http://chat.googleapis.com", "HTTPS://chat.example.org:8443"})
  void a_target_that_names_the_host_is_served_as_its_path(String origin) {
    var target = origin + server.target(server.webhook(space));
    assertThat(wire.post(target, "{\"text\":\"hi\"}").status()).isEqualTo(200);
    assertThat(server.stored(space)).isOne();
    assertThat(wire.get(origin + "/v1/" + space.name()).status()).isEqualTo(401);
    assertThat(wire.call("GET", origin + "/v1/" + space.name(), root, "").name())
        .isEqualTo(space.name());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rooms/S/messages",
        "rooms/S/webhooks",
        "rooms/S/conversations/c/messages",
        "dms/S/messages",
        "dms/S/webhooks",
        "dms/S/conversations/c/messages"
      })
  void a_legacy_path_is_a_bad_request_whoever_asks(String path) {
    var answer = wire.call("POST", "/v1/" + path, root, "{\"text\":\"hi\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("INVALID_ARGUMENT");
    assertThat(answer.body())
        .isEqualTo(wire.send("POST", "/v1/" + path, "{}".getBytes(UTF_8)).body());
  }

  @Test
  void a_token_makes_the_legacy_address_of_webhooks_ours() {
    var made =
        wire.call(
            "POST",
            "/v1/" + server.space().name() + "/webhooks",
            root,
            "{\"displayName\":\"Bell\"}");
    assertThat(made.status()).as(made.body()).isEqualTo(200);
  }
}
