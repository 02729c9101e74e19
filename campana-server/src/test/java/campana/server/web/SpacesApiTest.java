package campana.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Spaces as the resources API gives and takes them.
class SpacesApiTest extends OneServer {
  private static String description(String space) {
    var got = wire.call("GET", "/v1/" + space, root, "");
    return got.json().at("/spaceDetails/description").asString("");
  }

  @Test
  void a_description_is_kept_listed_changed_and_taken_back() {
    var body = "{\"displayName\":\"Ops\",\"spaceDetails\":{\"description\":\" What is on fire \"}}";
    var made = wire.call("POST", "/v1/spaces", root, body);
    assertThat(made.json().at("/spaceDetails/description").asString()).isEqualTo("What is on fire");
    var space = made.name();
    assertThat(wire.call("GET", "/v1/spaces?pageSize=1000", root, "").body())
        .contains("What is on fire");
    var longest = "🔔".repeat(150);
    var changed = "{\"space_details\":{\"description\":\"" + longest + "\"}}";
    var masked = "/v1/" + space + "?updateMask=space_details";
    assertThat(wire.call("PATCH", masked, root, changed).status()).isEqualTo(200);
    assertThat(description(space)).isEqualTo(longest);
    wire.call("PATCH", "/v1/" + space, root, "{\"displayName\":\"Operations\"}");
    wire.call("PATCH", "/v1/" + space, root, "{\"quota\":{\"rate\":\"5/s\"}}");
    assertThat(description(space)).as("others leave it alone").isEqualTo(longest);
    wire.call("PATCH", "/v1/" + space, root, "{\"spaceDetails\":{\"description\":\"\"}}");
    assertThat(wire.call("GET", "/v1/" + space, root, "").json().has("spaceDetails")).isFalse();
  }

  @Test
  void a_description_that_is_too_long_or_of_a_wrong_kind_is_told_the_field() {
    var space = server.space().name();
    for (var details :
        new String[] {
          "{\"description\":\"" + "x".repeat(151) + "\"}",
          "{\"description\":\"a\\u0007b\"}",
          "{\"description\":5}"
        }) {
      var made =
          wire.call(
              "POST",
              "/v1/spaces",
              root,
              "{\"displayName\":\"a\",\"spaceDetails\":" + details + "}");
      var changed = wire.call("PATCH", "/v1/" + space, root, "{\"spaceDetails\":" + details + "}");
      assertThat(made.status()).as(details).isEqualTo(400);
      assertThat(made.field()).isEqualTo("space.spaceDetails.description");
      assertThat(changed.status()).as(details).isEqualTo(400);
      assertThat(changed.field()).isEqualTo("space.spaceDetails.description");
    }
    assertThat(description(space)).isEmpty();
  }

  @Test
  void a_deleted_direct_message_does_not_come_back_beside_a_newer_one() {
    var ada = server.person("ada@example.org");
    var bob = server.person("bob@example.org");
    var between =
        "{\"space\":{\"spaceType\":\"DIRECT_MESSAGE\"},\"memberships\":[{\"member\":{\"name\":\""
            + ada.name()
            + "\"}},{\"member\":{\"name\":\""
            + bob.name()
            + "\"}}]}";
    var first = wire.call("POST", "/v1/spaces:setup", root, between).name();
    var delete = wire.call("DELETE", "/v1/" + first, root, "");
    assertThat(delete.status()).as(delete.body()).isEqualTo(200);
    var second = wire.call("POST", "/v1/spaces:setup", root, between).name();
    var refused = wire.call("POST", "/v1/" + first + ":restore", server.token(ada), "");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("ALREADY_EXISTS");
    assertThat(refused.message()).contains(second);
    wire.call("DELETE", "/v1/" + second, root, "");
    assertThat(wire.call("POST", "/v1/" + first + ":restore", root, "").name()).isEqualTo(first);
    assertThat(wire.call("POST", "/v1/" + second + ":restore", root, "").message()).contains(first);
  }
}
