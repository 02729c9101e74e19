package campana.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import campana.server.people.Person;
import campana.server.space.Space;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The resources API: who may what, and what a wrong request is told.
class ResourcesTest extends OneServer {
  private static int number;

  private static Person somebody() {
    number++;
    return server.person("person" + number + "@example.org");
  }

  private static void post(Space space, String text) {
    var answer = wire.post(server.target(server.webhook(space)), "{\"text\":\"" + text + "\"}");
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void who_is_no_member_may_not_read_and_learns_not_even_whether_the_space_is_there() {
    post(space, "secret");
    var stranger = server.token(somebody());
    var there = wire.call("GET", "/v1/" + space.name() + "/messages", stranger, "");
    var never = wire.call("GET", "/v1/spaces/cmpNeverWas1/messages", stranger, "");
    assertThat(there.status()).isEqualTo(403);
    assertThat(there.body()).isEqualTo(never.body());
    assertThat(wire.call("GET", "/v1/" + space.name(), stranger, "").body())
        .isEqualTo(wire.call("GET", "/v1/spaces/cmpNeverWas1", stranger, "").body());
    assertThat(wire.call("GET", "/v1/spaces", stranger, "").json().path("spaces")).isEmpty();
  }

  @Test
  void a_member_reads_as_long_as_they_are_one_and_manages_nothing() {
    post(space, "for members");
    var ada = somebody();
    var token = server.token(ada);
    var members = "/v1/" + space.name() + "/members";
    var added = wire.call("POST", members, root, "{\"member\":{\"name\":\"" + ada.email() + "\"}}");
    assertThat(added.status()).as(added.body()).isEqualTo(200);
    assertThat(added.json().at("/member/name").asString()).isEqualTo(ada.name());
    var messages = wire.call("GET", "/v1/" + space.name() + "/messages", token, "");
    assertThat(messages.json().at("/messages/0/text").asString()).isEqualTo("for members");
    var message = messages.json().at("/messages/0/name").asString();
    assertThat(wire.call("DELETE", "/v1/" + message, token, "").status()).isEqualTo(403);
    assertThat(wire.call("GET", "/v1/" + space.name() + "/webhooks", token, "").status())
        .isEqualTo(403);
    assertThat(wire.call("DELETE", "/v1/" + space.name(), token, "").status()).isEqualTo(403);
    assertThat(wire.call("DELETE", members + "/" + ada.id(), root, "").status()).isEqualTo(200);
    assertThat(wire.call("GET", "/v1/" + space.name() + "/messages", token, "").status())
        .isEqualTo(403);
  }

  @Test
  void a_direct_message_between_two_others_is_not_read_by_the_owner() {
    var ada = somebody();
    var bob = somebody();
    var body =
        "{\"space\":{\"spaceType\":\"DIRECT_MESSAGE\"},\"memberships\":[{\"member\":{\"name\":\""
            + ada.name()
            + "\"}},{\"member\":{\"name\":\""
            + bob.email()
            + "\"}}]}";
    var made = wire.call("POST", "/v1/spaces:setup", root, body);
    assertThat(made.status()).as(made.body()).isEqualTo(200);
    assertThat(made.json().path("spaceType").asString()).isEqualTo("DIRECT_MESSAGE");
    var messages = "/v1/" + made.name() + "/messages";
    assertThat(wire.call("GET", messages, root, "").status()).isEqualTo(403);
    assertThat(wire.call("GET", messages, server.token(ada), "").status()).isEqualTo(200);
    assertThat(wire.call("GET", messages, server.token(bob), "").status()).isEqualTo(200);
  }

  @Test
  void a_direct_message_is_made_once_by_one_of_its_two_and_unthreaded() {
    var ada = somebody();
    var bob = somebody();
    var between =
        "{\"space\":{\"spaceType\":\"DIRECT_MESSAGE\"},\"memberships\":[{\"member\":{\"name\":\"%s\"}},"
            + "{\"member\":{\"name\":\"%s\"}}]}";
    var stranger = server.token(somebody());
    var adaAndBob = between.formatted(ada.name(), bob.name());
    assertThat(wire.call("POST", "/v1/spaces:setup", stranger, adaAndBob).status()).isEqualTo(403);
    var meAndBob = between.formatted("users/me", bob.name());
    var made = wire.call("POST", "/v1/spaces:setup", server.token(ada), meAndBob);
    assertThat(made.status()).as(made.body()).isEqualTo(200);
    assertThat(made.json().path("spaceThreadingState").asString()).isEqualTo("UNTHREADED_MESSAGES");
    var again = wire.call("POST", "/v1/spaces:setup", server.token(bob), adaAndBob);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body()).contains("ALREADY_EXISTS", made.name());
    assertThat(wire.call("DELETE", "/v1/" + made.name(), root, "").status()).isEqualTo(200);
    assertThat(wire.call("POST", "/v1/spaces:setup", root, adaAndBob).status()).isEqualTo(200);
  }

  @Test
  void head_answers_as_get_does_without_a_body() {
    for (var path : List.of("/healthz", "/readyz", "/", "/sign-in", "/openapi.yaml")) {
      var get = wire.send("GET", path, new byte[0]);
      var head = wire.send("HEAD", path, new byte[0]);
      assertThat(head.status()).as(path).isEqualTo(get.status());
      assertThat(head.headers().get("content-type")).isEqualTo(get.headers().get("content-type"));
      assertThat(head.body()).as(path).isEmpty();
    }
  }

  @Test
  void a_thread_key_of_4000_euro_signs_fits_into_the_request_line() {
    var key = "%E2%82%AC".repeat(4000);
    var answer = wire.post(server.target() + "&threadKey=" + key, "{\"text\":\"hi\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void a_quota_that_cannot_be_is_told_in_the_words_of_a_rate() {
    var body = "{\"displayName\":\"Ops\",\"quota\":{\"rate\":\"9999999/s\"}}";
    assertThat(wire.call("POST", "/v1/spaces", root, body).body())
        .contains("wanted N/s or N/m such as 1/s (1/m to 1000000/s), got «9999999/s»");
  }

  @Test
  void a_webhook_is_made_changed_rotated_found_and_deleted() {
    var space = server.space(); // without one
    var webhooks = "/v1/" + space.name() + "/webhooks";
    var made =
        wire.call(
            "POST",
            webhooks,
            root,
            "{\"displayName\":\"Quickstart Webhook\",\"avatarUrl\":\"https://e.org/a.png\"}");
    var url = made.json().path("url").asString();
    assertThat(url)
        .startsWith(server.app().address() + "/v1/" + space.name() + "/messages?key=AIza");
    assertThat(Query.parse(URI.create(url).getRawQuery()).last("key")).hasSize(39);
    var target = url.substring(server.app().address().length());
    assertThat(wire.post(target, "{\"text\":\"hi\"}").status()).isEqualTo(200);

    var changed = wire.call("PATCH", "/v1/" + made.name(), root, "{\"displayName\":\"Disk\"}");
    assertThat(changed.json().path("displayName").asString()).isEqualTo("Disk");
    assertThat(changed.json().path("avatarUrl").asString()).isEqualTo("https://e.org/a.png");
    assertThat(changed.json().path("url").asString()).as("the URL stays").isEqualTo(url);
    var listed = wire.call("GET", webhooks, root, "");
    assertThat(listed.json().at("/webhooks/0/name").asString()).isEqualTo(made.name());
    var find = "{\"url\":\"" + url.replace("127.0.0.1", "chat.example.org") + "\"}";
    assertThat(wire.call("POST", "/v1/webhooks:find", root, find).name()).isEqualTo(made.name());

    server.app().rooms().webhooks().writeLastUse();
    assertThat(wire.call("GET", "/v1/" + made.name(), root, "").json().has("lastUseTime")).isTrue();

    var rotated = wire.call("POST", "/v1/" + made.name() + ":rotate", root, "");
    var fresh = rotated.json().path("url").asString();
    assertThat(fresh).isNotEqualTo(url);
    assertThat(wire.post(target, "{\"text\":\"hi\"}").status()).isEqualTo(403);
    var freshTarget = fresh.substring(server.app().address().length());
    assertThat(wire.post(freshTarget, "{\"text\":\"hi\"}").status()).isEqualTo(200);

    assertThat(wire.call("DELETE", "/v1/" + made.name(), root, "").status()).isEqualTo(200);
    assertThat(wire.post(freshTarget, "{\"text\":\"hi\"}").status()).isEqualTo(403);
    assertThat(wire.call("GET", "/v1/" + made.name(), root, "").status()).isEqualTo(404);
    var sender = wire.call("GET", "/v1/" + space.name() + "/messages", root, "");
    assertThat(sender.json().at("/messages/0/sender/displayName").asString())
        .as("what it posted keeps its name")
        .isEqualTo("Disk");
  }

  @ParameterizedTest(name = "{0} {1} {2} -> {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST  | /v1/spaces                            | {"displayName":""}              | space.displayName
          POST  | /v1/spaces                            | {"displayName":"a","foo":1}     | space
          POST  | /v1/spaces                            | {"displayName":5}               | space.displayName
          POST  | /v1/spaces                            | {"displayName":"a","spaceType":"X"} | space.spaceType
          POST  | /v1/spaces                            | {"displayName":"a","quota":{"rate":"fast"}} | space.quota
          POST  | /v1/spaces                            | [1]                             | space
          POST  | /v1/spaces                            | {                               | space
          PATCH | /v1/SPACE?updateMask=createTime       | {"displayName":"a"}             | updateMask
          GET   | /v1/spaces?pageSize=-1                |                                 | page_size
          GET   | /v1/spaces?pageSize=many              |                                 | page_size
          GET   | /v1/spaces?pageToken=mine             |                                 | page_token
          GET   | /v1/spaces?filter=color%3Dred         |                                 | filter
          GET   | /v1/SPACE/messages?filter=text%3Da    |                                 | filter
          GET   | /v1/SPACE/messages?orderBy=name       |                                 | order_by
          GET   | /v1/SPACE/messages?pageToken=mine     |                                 | page_token
          POST  | /v1/SPACE/webhooks                    | {"displayName":" "}             | webhook.displayName
          POST  | /v1/SPACE/webhooks                    | {"displayName":"a","avatarUrl":"file:///etc/passwd"} | webhook.avatarUrl
          POST  | /v1/SPACE/members                     | {"member":{"name":"users/7"}}   | member.name
          POST  | /v1/users                             | {"email":"ada"}                 | email
          POST  | /v1/users                             | {}                              | user.email
          POST  | /v1/tokens                            | {"user":"users/7"}              | token.user
          POST  | /v1/signInLinks                       | {"email":"nobody@example.org"}  | email
          POST  | /v1/server:backup                     | {"path":"relative"}             | backup.path
          PATCH | /v1/policy                            | {"webhooks":"yes"}              | policy.webhooks
          """)
  void a_wrong_request_is_told_the_field(String method, String target, String body, String field) {
    var path = target.replace("SPACE", server.space().name());
    var answer = wire.call(method, path, root, body == null ? "" : body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("INVALID_ARGUMENT");
    assertThat(answer.field()).isEqualTo(field);
    assertThat(answer.message()).isNotBlank();
  }

  @Test
  void spaces_are_listed_page_by_page_each_once() {
    var ada = somebody();
    var token = server.token(ada);
    for (int i = 0; i < 5; i++) {
      server.app().rooms().spaces().addMember(server.space().id(), ada, false, server.owner());
    }
    var seen = new java.util.TreeSet<String>();
    var next = "";
    int pages = 0;
    do {
      var page = wire.call("GET", "/v1/spaces?pageSize=2&pageToken=" + next, token, "").json();
      page.path("spaces").forEach(space -> seen.add(space.path("name").asString()));
      next = page.path("nextPageToken").asString("");
      pages++;
    } while (!next.isEmpty());
    assertThat(seen).hasSize(5);
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void messages_are_filtered_by_time() {
    post(space, "one");
    var all = wire.call("GET", "/v1/" + space.name() + "/messages", root, "");
    var time = all.json().at("/messages/0/createTime").asString();
    for (var pair : List.of(">, 0", ">=, 1", "<, 0", "<=, 1")) {
      var sides = pair.split(", ", -1);
      var filter = "createTime " + sides[0] + " \"" + time + "\"";
      var target = "/v1/" + space.name() + "/messages?filter=" + escaped(filter);
      var found = wire.call("GET", target, root, "").json().path("messages");
      assertThat(found).as(filter).hasSize(Integer.parseInt(sides[1]));
    }
  }

  private static String escaped(String text) {
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void a_space_s_quota_is_set_and_taken_back() {
    var space = server.slowSpace();
    var set = wire.call("PATCH", "/v1/" + space.name(), root, "{\"quota\":{\"rate\":\"30/m\"}}");
    assertThat(set.json().at("/quota/rate").asString()).isEqualTo("30/m");
    var back = wire.call("PATCH", "/v1/" + space.name(), root, "{\"quota\":null}");
    assertThat(back.json().at("/quota/rate").asString()).isEqualTo("1/s");
  }

  @Test
  void a_deleted_space_comes_back_by_restore() {
    assertThat(wire.call("DELETE", "/v1/" + space.name(), root, "").status()).isEqualTo(200);
    assertThat(wire.call("GET", "/v1/" + space.name(), root, "").status()).isEqualTo(404);
    assertThat(wire.call("POST", "/v1/" + space.name() + ":restore", root, "").status())
        .isEqualTo(200);
    assertThat(wire.call("GET", "/v1/" + space.name(), root, "").status()).isEqualTo(200);
  }

  @Test
  void an_invited_person_gets_a_link_and_a_second_one_with_the_email_is_refused() {
    var body = "{\"email\":\"New@Example.org\",\"displayName\":\"New\"}";
    var made = wire.call("POST", "/v1/users", root, body);
    assertThat(made.json().path("email").asString()).isEqualTo("new@example.org");
    var link = made.json().path("invitationUrl").asString();
    assertThat(link).startsWith(server.app().address() + "/sign-in/");
    var token = link.substring(link.lastIndexOf('/') + 1);
    assertThat(server.app().rooms().signIn().redeem(token)).isPresent();
    assertThat(wire.call("POST", "/v1/users", root, body).status()).isEqualTo(409);
    var plain = server.token(somebody());
    assertThat(wire.call("POST", "/v1/users", plain, body).status()).isEqualTo(403);
    assertThat(wire.call("GET", "/v1/users", plain, "").status()).isEqualTo(403);
    var own = wire.call("PATCH", "/v1/users/me", plain, "{\"chatApps\":false}");
    assertThat(own.json().path("chatApps").asBoolean()).isFalse();
    assertThat(wire.call("PATCH", "/v1/users/me", plain, "{\"owner\":true}").status())
        .isEqualTo(403);
  }

  @Test
  void a_token_works_until_it_is_deleted_and_a_person_s_go_with_the_person() {
    var ada = somebody();
    var made =
        wire.call(
            "POST", "/v1/tokens", root, "{\"displayName\":\"ci\",\"user\":\"" + ada.name() + "\"}");
    var secret = made.json().path("token").asString();
    assertThat(wire.call("GET", "/v1/users/me", secret, "").name()).isEqualTo(ada.name());
    assertThat(wire.call("GET", "/v1/tokens", root, "").body()).doesNotContain(secret);
    assertThat(wire.call("DELETE", "/v1/" + made.name(), root, "").status()).isEqualTo(200);
    assertThat(wire.call("GET", "/v1/users/me", secret, "").status()).isEqualTo(401);
    var other = server.token(ada);
    assertThat(wire.call("DELETE", "/v1/" + ada.name(), root, "").status()).isEqualTo(200);
    assertThat(wire.call("GET", "/v1/users/me", other, "").status()).isEqualTo(401);
    assertThat(wire.call("DELETE", "/v1/users/me", root, "").status())
        .as("the last owner stays")
        .isEqualTo(400);
  }

  @Test
  void health_figures_and_the_description_are_there() {
    assertThat(wire.get("/healthz").status()).isEqualTo(200);
    assertThat(wire.get("/readyz").status()).isEqualTo(200);
    post(space, "counted");
    var figures = wire.get("/metrics");
    assertThat(figures.body())
        .contains("campana_posts_total{status=\"200\"}", "campana_commits", "jvm_memory_used")
        .doesNotContain(space.id());
    assertThat(wire.get("/metrics", "X-Forwarded-For: 192.0.2.1").status()).isEqualTo(401);
    assertThat(
            wire.get("/metrics", "X-Forwarded-For: 192.0.2.1", "Authorization: Bearer " + root)
                .status())
        .isEqualTo(200);
    assertThat(wire.get("/openapi.yaml").body()).startsWith("openapi: 3.1.0");
  }

  @Test
  void the_description_has_every_address() {
    var method = java.util.regex.Pattern.compile("    (get|post|patch|delete):");
    List<String> path = List.of();
    int known = 0;
    for (var line : wire.get("/openapi.yaml").body().lines().toList()) {
      if (line.startsWith("  /v1/")) {
        var text = line.strip().substring("/v1/".length()).replaceAll(":$", "");
        path = List.of(text.split("/", -1));
      }
      var found = method.matcher(line);
      if (found.matches() && !path.isEmpty() && !line.isBlank()) {
        var name = found.group(1).toUpperCase(java.util.Locale.ROOT);
        var wirePost = name.equals("POST") && path.getLast().equals("messages");
        assertThat(wirePost || Addresses.known(name, path)).as(name + " " + path).isTrue();
        known++;
      }
      if (line.startsWith("  /healthz")) {
        break;
      }
    }
    assertThat(known).isEqualTo(39);
  }
}
