package campana.server.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// docs/protocol.md, «Vectors» 1 to 29 and 73: requests, credentials, bodies.
class RequestVectorsTest extends OneServer {
  private String parameter(String name) {
    return Query.parse(target.substring(target.indexOf('?') + 1)).last(name);
  }

  private String path() {
    return target.substring(0, target.indexOf('?'));
  }

  @Test
  void v01_a_text_is_stored_and_answered_with_its_names_alone() {
    var answer = wire.post(target, "{\"text\":\"hi\"}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("content-type", "application/json; charset=UTF-8");
    assertThat(answer.name()).matches("spaces/" + space.id() + "/messages/([\\w-]{11})\\.\\1");
    var id =
        answer.name().substring(answer.name().lastIndexOf('/') + 1, answer.name().length() - 12);
    assertThat(answer.thread()).isEqualTo("spaces/" + space.id() + "/threads/" + id);
    assertThat(answer.body())
        .isEqualTo(
            "{\n  \"name\": \""
                + answer.name()
                + "\",\n  \"thread\": {\n    \"name\": \""
                + answer.thread()
                + "\"\n  }\n}\n");
    assertThat(server.stored(space)).isOne();
  }

  @Test
  void v02_no_content_type_is_needed() {
    assertThat(wire.send("POST", target, "{\"text\":\"hi\"}".getBytes(UTF_8)).status())
        .isEqualTo(200);
  }

  @ParameterizedTest(name = "v03 v04 {0}")
  @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain; charset=utf-8"})
  void v03_v04_any_content_type_is_read_as_json(String type) {
    var body = "{\"text\":\"a=b&c+d\"}".getBytes(UTF_8);
    assertThat(wire.send("POST", target, body, "Content-Type: " + type).status()).isEqualTo(200);
    assertThat(text()).isEqualTo("a=b&c+d");
  }

  @Test
  void v05_a_text_is_kept_byte_for_byte() {
    assertThat(wire.post(target, "{\"text\":\"héllo 😀\\nline\"}").status()).isEqualTo(200);
    assertThat(text()).isEqualTo("héllo 😀\nline");
  }

  private String text() {
    var message = server.app().rooms().messages().latest(space.id(), Long.MAX_VALUE, 1).getFirst();
    return JsonMapper.shared().readTree(message.content()).path("text").asString("");
  }

  @Test
  void v06_without_a_key_nobody_is_registered() {
    var answer = wire.post(path() + "?token=" + parameter("token"), "{\"text\":\"hi\"}");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("PERMISSION_DENIED");
    assertThat(answer.message())
        .isEqualTo(
            "Method doesn't allow unregistered callers (callers without established identity)."
                + " Please use API Key or other form of API consumer identity to call this API.");
  }

  @Test
  void v07_a_wrong_key_is_told_with_its_reason() {
    var answer = wire.post(path() + "?key=bogus&token=" + parameter("token"), "{\"text\":\"hi\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("INVALID_ARGUMENT");
    assertThat(answer.message()).isEqualTo("API key not valid. Please pass a valid API key.");
    var info = answer.detail("ErrorInfo");
    assertThat(info.path("reason").asString()).isEqualTo("API_KEY_INVALID");
    assertThat(info.path("domain").asString()).isEqualTo("googleapis.com");
    assertThat(info.path("metadata").path("service").asString()).isEqualTo("chat.googleapis.com");
  }

  private static final String NO_TOKEN =
      "The API is called without a valid token. Instructions on how to use incoming webhooks can"
          + " be found at https://developers.google.com/chat/how-tos/webhooks";

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "v08 no token, ''",
    "v08 an empty token, '&token='",
    "v08 a mangled URL, '&amp;token=TOKEN'",
    "v09 a wrong token, '&token=nope'",
    "v09 half a token, '&token=HALF'"
  })
  void v08_v09_without_the_right_token_nothing_is_stored(String which, String rest) {
    var token = parameter("token");
    var end = rest.replace("TOKEN", token).replace("HALF", token.substring(0, 20));
    var answer = wire.post(path() + "?key=" + parameter("key") + end, "{\"text\":\"hi\"}");
    assertThat(answer.status()).as(which).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("PERMISSION_DENIED");
    assertThat(answer.message()).isEqualTo(NO_TOKEN);
    assertThat(server.stored(space)).isZero();
  }

  @Test
  void v10_a_token_is_worth_nothing_in_another_space_nor_in_one_that_never_was() {
    var other = server.space();
    for (var id : new String[] {other.id(), "cmpNeverWas1", "AAAAabcdefg"}) {
      var answer = wire.post(target.replace(space.id(), id), "{\"text\":\"hi\"}");
      assertThat(answer.status()).as(id).isEqualTo(403);
      assertThat(answer.message()).isEqualTo(NO_TOKEN);
    }
    assertThat(server.stored(other)).isZero();
    assertThat(server.stored(space)).isZero();
  }

  @Test
  void v11_an_imported_token_may_end_with_an_encoded_equals_sign() {
    var token = "abcDEF-_0123456789abcDEF-_0123456789abcDEF=";
    var webhooks = server.app().rooms().webhooks();
    var imported = webhooks.importToken(space, "Old", "", token).done().orElseThrow();
    var url = server.target(imported);
    assertThat(url).endsWith("%3D");
    assertThat(wire.post(url, "{\"text\":\"hi\"}").status()).isEqualTo(200);
    assertThat(wire.post(url.replace("%3D", "="), "{\"text\":\"hi\"}").status()).isEqualTo(200);
    assertThat(wire.post(url.replace("%3D", ""), "{\"text\":\"hi\"}").status()).isEqualTo(403);
  }

  @Test
  void v12_credentials_are_judged_before_the_body() {
    assertThat(wire.post(path() + "?key=" + parameter("key"), "{").status()).isEqualTo(403);
    assertThat(wire.post(path(), "{").message()).startsWith("Method doesn't allow");
  }

  @Test
  void v13_a_deleted_webhook_is_refused_at_once() {
    assertThat(wire.post(target, "{\"text\":\"hi\"}").status()).isEqualTo(200);
    server.app().rooms().webhooks().delete(space.id(), webhook.id());
    var answer = wire.post(target, "{\"text\":\"hi\"}");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.message()).isEqualTo(NO_TOKEN);
    assertThat(server.stored(space)).isOne();
  }

  @Test
  void v14_a_deleted_space_is_not_found_by_its_own_webhook_and_back_after_a_restore() {
    assertThat(wire.post(target, "{\"text\":\"hi\"}").status()).isEqualTo(200);
    server.app().rooms().spaces().delete(space.id(), server.owner());
    var answer = wire.post(target, "{\"text\":\"hi\"}");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isEqualTo("NOT_FOUND");
    assertThat(answer.message()).isEqualTo("Requested entity was not found.");
    assertThat(wire.post(target + "x", "{\"text\":\"hi\"}").status())
        .as("whoever has not the token learns nothing")
        .isEqualTo(403);
    server.app().rooms().spaces().restore(space.id(), server.owner());
    assertThat(wire.post(target, "{\"text\":\"hi\"}").status()).isEqualTo(200);
  }

  @ParameterizedTest(name = "v15 {0}")
  @ValueSource(
      strings = {"/v1/S/messages", "/v1/spaces/S", "/v1/spaces/S/messages/x/y", "/v2/spaces/S"})
  void v15_a_wrong_path_is_answered_with_html(String path) {
    var query = target.substring(target.indexOf('?'));
    var answer = wire.post(path.replace("S", space.id()) + query, "{\"text\":\"hi\"}");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.headers().get("content-type")).startsWith("text/html");
    assertThat(answer.body()).contains("<h1>Not Found</h1> <h2>Error 404</h2>");
  }

  @ParameterizedTest(name = "v16 {0}")
  @ValueSource(
      strings = {
        "spaces/S/webhooks", "rooms/S/messages", "rooms/S/webhooks",
        "rooms/S/conversations/c/messages", "dms/S/messages", "dms/S/webhooks",
        "dms/S/conversations/c/messages"
      })
  void v16_a_legacy_path_is_a_bad_request(String path) {
    var query = target.substring(target.indexOf('?'));
    var answer = wire.post("/v1/" + path.replace("S", space.id()) + query, "{\"text\":\"hi\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void v17_get_wants_a_bearer_token_and_stores_nothing() {
    var answer = wire.get(target);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
    assertThat(answer.headers()).containsKey("www-authenticate");
    assertThat(wire.get(target, "Authorization: Bearer nonsense").status()).isEqualTo(401);
    assertThat(server.stored(space)).isZero();
  }

  @ParameterizedTest(name = "v17 {0} -> {1} {2}")
  @CsvSource({
    "OPTIONS, 405, application/json",
    "PUT, 404, text/html",
    "PATCH, 404, text/html",
    "DELETE, 404, text/html"
  })
  void v17_other_methods_store_nothing(String method, int status, String type) {
    var answer = wire.send(method, target, "{\"text\":\"hi\"}".getBytes(UTF_8));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers().get("content-type")).startsWith(type);
    assertThat(server.stored(space)).isZero();
  }

  @Test
  void v17_head_gets_an_error_without_a_body() {
    var answer = wire.send("HEAD", target, new byte[0]);
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.body()).isEmpty();
    assertThat(server.stored(space)).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v18 half an object   | {                    | Invalid JSON payload received.
          v19 no JSON at all   | Test message content | Invalid JSON payload received. Unexpected token.
          v25 an empty object  | {}                   | Message cannot be empty.
          v26 an empty body    | ''                   | Message cannot be empty.
          v26 an empty text    | {"text":""}          | Message cannot be empty.
          v27 a number as text | {"text":5}           | Invalid value at 'message.text' (TYPE_STRING), 5
          """)
  void v18_to_v27_a_body_that_is_no_message_is_refused(String which, String body, String text) {
    var answer = wire.post(target, body);
    assertThat(answer.status()).as(which).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("INVALID_ARGUMENT");
    assertThat(answer.message()).startsWith(text);
    assertThat(server.stored(space)).isZero();
  }

  @Test
  void v19_malformed_json_is_shown_with_a_caret_and_no_details() {
    var answer = wire.post(target, "Test message content");
    assertThat(answer.message())
        .isEqualTo("Invalid JSON payload received. Unexpected token.\nTest message content\n^");
    assertThat(answer.json().path("error").has("details")).isFalse();
  }

  @Test
  void v20_bytes_that_are_no_utf8_are_refused() {
    var answer = wire.send("POST", target, "{\"text\":\"\u00ff\"}".getBytes(ISO_8859_1));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void v21_an_unknown_field_is_named() {
    var answer = wire.post(target, "{\"body\":\"x\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message())
        .isEqualTo(
            "Invalid JSON payload received. Unknown name \"body\" at 'message': Cannot find field.");
    assertThat(answer.field()).isEqualTo("message");
  }

  @Test
  void v22_each_unknown_field_is_named_in_a_violation_of_its_own() {
    var answer = wire.post(target, "{\"text\":\"a\",\"foo\":1,\"bar\":2}");
    assertThat(answer.message().lines()).hasSize(2).allMatch(line -> line.contains("Unknown name"));
    assertThat(answer.detail("BadRequest").path("fieldViolations")).hasSize(2);
  }

  @Test
  void v23_what_only_the_server_may_fill_is_dropped() {
    var body =
        "{\"text\":\"a\",\"sender\":{\"name\":\"users/1\"},\"space\":{\"name\":\"spaces/Z\"}}";
    var answer = wire.post(target, body);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.name()).startsWith("spaces/" + space.id());
  }

  @Test
  void v24_a_card_of_the_first_kind_with_preview_text_is_taken() {
    var body =
        """
        {"previewText":"p","fallbackText":"f","cards":[{"header":{"title":"t"},"sections":[
         {"widgets":[{"textParagraph":{"text":"x"}}]}]}]}
        """;
    assertThat(wire.post(target, body).status()).isEqualTo(200);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "v28 32000 letters, a, 32000, 200",
    "v29 32001 letters, a, 32001, 400",
    "v29 10667 times three bytes, €, 10667, 400",
    "v28 10666 times three bytes, €, 10666, 200"
  })
  void v28_v29_a_message_has_32000_bytes_at_most(String which, String one, int times, int status) {
    var answer = wire.post(target, "{\"text\":\"" + one.repeat(times) + "\"}");
    assertThat(answer.status()).as(which).isEqualTo(status);
    assertThat(server.stored(space)).isEqualTo(status == 200 ? 1 : 0);
  }

  @Test
  void v73_parameters_of_all_google_apis_are_tolerated() {
    var answer = wire.post(target + "&alt=json&prettyPrint=false", "{\"text\":\"hi\"}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"name\":\""
                + answer.name()
                + "\",\"thread\":{\"name\":\""
                + answer.thread()
                + "\"}}");
    var more = "&$alt=json;enum-encoding=int&fields=name&quotaUser=x&uploadType=&callback=f";
    assertThat(wire.post(target + more, "{\"text\":\"hi\"}").status()).isEqualTo(200);
  }

  @Test
  void errors_are_pretty_even_where_the_answer_should_not_be() {
    assertThat(wire.post(target + "&prettyPrint=false", "{}").body())
        .startsWith("{\n  \"error\": {\n    \"code\": 400,\n    \"message\": ");
  }

  @Test
  void the_order_and_the_escapes_of_the_parameters_do_not_matter() {
    var swapped = path() + "/?token=" + parameter("token") + "&key=" + parameter("key");
    assertThat(wire.post(swapped, "{\"text\":\"hi\"}").status()).isEqualTo(200);
    var escaped = target.replace("cmp", "%63mp").replace("AIza", "%41Iza");
    assertThat(wire.post(escaped, "{\"text\":\"hi\"}").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "token"})
  void a_credential_that_stands_there_twice_is_refused(String name) {
    var answer = wire.post(target + "&" + name + "=" + parameter(name), "{\"text\":\"hi\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field()).isEqualTo(name);
  }

  @Test
  void a_plus_is_a_blank_in_a_thread_key() {
    var option = "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD&threadKey=";
    var one = wire.post(target + option + "disk+full", "{\"text\":\"hi\"}");
    var same = wire.post(target + option + "disk%20full", "{\"text\":\"hi\"}");
    var other = wire.post(target + option + "disk%2Bfull", "{\"text\":\"hi\"}");
    assertThat(same.thread()).isEqualTo(one.thread());
    assertThat(other.thread()).isNotEqualTo(one.thread());
  }
}
