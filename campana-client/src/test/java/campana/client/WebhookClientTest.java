package campana.client;

import static campana.testkit.ScriptedAnswer.error;
import static campana.testkit.ScriptedAnswer.hang;
import static campana.testkit.ScriptedAnswer.html;
import static campana.testkit.ScriptedAnswer.reset;
import static campana.testkit.ScriptedAnswer.resetBeforeBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import campana.testkit.Printed;
import campana.testkit.ScriptedAnswer;
import campana.testkit.ScriptedChat;
import campana.testkit.ScriptedRequest;
import campana.wire.RpcCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors, repetition and policies, over a real socket. */
class WebhookClientTest {
  private static final Backoff SHORT =
      Backoff.of(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(4));

  private final ScriptedChat chat = ScriptedChat.start();
  private final WebhookClient client = quick().build();

  private WebhookClient.Builder quick() {
    return WebhookClient.builder(chat.url("AAAA"))
        .pace(Duration.ZERO)
        .backoff(SHORT)
        .timeout(Duration.ofSeconds(10));
  }

  @AfterEach
  void end() {
    client.close();
    chat.close();
  }

  @Test
  void one_line_sends_and_tells_both_names() {
    var result = client.send("hi");
    assertThat(result.sent()).isTrue();
    assertThat(result.reason()).isEqualTo(Reason.SENT);
    assertThat(result.code()).isEqualTo(RpcCode.OK);
    assertThat(result.messageName()).contains("spaces/AAAA/messages/M1.M1");
    assertThat(result.threadName()).contains("spaces/AAAA/threads/M1");
    assertThat(result.attempts()).isEqualTo(1);
    assertThat(result.orThrow()).isSameAs(result);
    var request = chat.requests().getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target())
        .startsWith(chat.url("AAAA").substring(chat.address().toString().length()));
    assertThat(request.headers()).containsEntry("content-type", "application/json; charset=UTF-8");
    assertThat(request.body()).isEqualTo("{\"text\":\"hi\"}");
  }

  @Test
  void a_success_without_a_body_is_a_success_without_names() {
    chat.then(ScriptedAnswer.of(200, ""), ScriptedAnswer.of(204, ""), html(200));
    for (int i = 0; i < 3; i++) {
      var result = client.send("hi");
      assertThat(result.sent()).isTrue();
      assertThat(result.messageName()).isEmpty();
      assertThat(result.threadName()).isEmpty();
    }
    assertThat(chat.requests()).hasSize(3);
  }

  @Test
  void a_success_that_breaks_off_is_a_success_with_what_came() {
    var body =
        "{\"name\":\"spaces/AAAA/messages/X.X\",\"thread\":{\"name\":\"spaces/AAAA/threads/X\"}"
            + ",\"text\":\""
            + "x".repeat(200)
            + "\"}";
    chat.then(ScriptedAnswer.of(200, body).half());
    var result = client.send("hi");
    assertThat(result.sent()).isTrue();
    assertThat(result.threadName()).contains("spaces/AAAA/threads/X");
    assertThat(result.attempts()).isEqualTo(1);
  }

  @Test
  void a_success_whose_body_never_ends_is_a_success_once_the_time_is_up() {
    try (var hasty = quick().timeout(Duration.ofMillis(300)).build()) {
      chat.then(
          ScriptedAnswer.of(
                  200,
                  "{\"name\":\"spaces/AAAA/messages/X.X\",\"a\":[1,2,3,4,5,6,7,8,9,10,11,12,13]}")
              .stalled());
      var result = hasty.send("hi");
      assertThat(result.sent()).isTrue();
      assertThat(result.attempts()).isEqualTo(1);
    }
  }

  @Test
  void vector_69_a_bare_status_is_read_and_repeated() {
    chat.then(
        ScriptedAnswer.of(
            503,
            "{\"code\":503,\"message\":\"The service is currently unavailable.\",\"status\":\"UNAVAILABLE\"}"));
    var result = client.send("hi");
    assertThat(result.sent()).isTrue();
    assertThat(result.attempts()).isEqualTo(2);
  }

  @Test
  void vector_70_a_gateways_page_is_survived_and_repeated() {
    chat.then(html(502), html(502));
    var result = client.send("hi");
    assertThat(result.sent()).isTrue();
    assertThat(result.attempts()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_ARGUMENT, INVALID",
    "401, UNAUTHENTICATED, UNAUTHENTICATED",
    "403, PERMISSION_DENIED, PERMISSION_DENIED",
    "404, NOT_FOUND, NOT_FOUND",
    "409, ALREADY_EXISTS, ALREADY_EXISTS",
    "405, UNIMPLEMENTED, REFUSED",
    "413, FAILED_PRECONDITION, TOO_LARGE"
  })
  void vector_71_what_is_refused_is_not_repeated(int status, RpcCode code, Reason reason) {
    chat.then(error(status, code.name(), "no: " + chat.url("AAAA")));
    var result = client.send("hi");
    assertThat(result.sent()).isFalse();
    assertThat(result.reason()).isEqualTo(reason);
    assertThat(result.code()).isEqualTo(code);
    assertThat(result.httpStatus()).hasValue(status);
    assertThat(result.retryable()).isFalse();
    assertThat(result.attempts()).isEqualTo(1);
    assertThat(chat.requests()).hasSize(1);
    assertThat(result.text()).startsWith("no: http").contains("key=…&token=…");
    assertThat(result.toString()).doesNotContain(ScriptedChat.KEY, "scripted-token");
    assertThatExceptionOfType(SendException.class)
        .isThrownBy(result::orThrow)
        .satisfies(thrown -> assertThat(thrown.result()).isSameAs(result))
        .withNoCause()
        .withMessageContaining(code.name());
  }

  @Test
  void vector_72_a_reset_is_repeated_under_the_same_request_id() {
    chat.then(reset(), resetBeforeBody());
    var result = client.send("hi");
    assertThat(result.sent()).isTrue();
    assertThat(result.attempts()).isEqualTo(3);
    var ids = chat.requests().stream().map(request -> request.query().get("requestId")).distinct();
    assertThat(ids).containsExactly(result.requestId().orElseThrow());
  }

  @Test
  void a_taken_message_id_is_somebody_elses_even_after_an_attempt_without_an_answer() {
    var taken = error(409, "ALREADY_EXISTS", "Requested entity already exists");
    var options = SendOptions.none().messageId("client-1");
    chat.then(reset(), taken);
    var result = client.send("hi", options);
    assertThat(result.reason()).isEqualTo(Reason.ALREADY_EXISTS);
    assertThat(result.attempts()).isEqualTo(2);
    chat.then(error(500, "INTERNAL", "no"), taken);
    assertThat(client.send("hi", options).sent()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {501, 505, 511})
  void what_no_time_mends_is_not_repeated(int status) {
    chat.then(html(status));
    var result = client.send("hi");
    assertThat(result.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(result.attempts()).isEqualTo(1);
    assertThat(result.retryable()).isFalse();
    assertThat(result.retryIn()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "1000000000000000000000000000000"
      })
  void no_wait_that_is_asked_for_outlasts_the_deadline(String wait) throws Exception {
    chat.otherwise(request ->
        html(503).with("Retry-After", wait).with("Date", "Mon, 01 Jan 0001 00:00:00 GMT"));
    var result =
        client.sendAsync(Message.text("hi"), SendOptions.none().deadline(Duration.ofSeconds(1)));
    assertThat(result.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @ParameterizedTest
  @CsvSource({"LOG, true", "RETRY, true", "IGNORE, false"})
  void a_failure_is_logged_but_by_who_ignores_it(ErrorPolicy policy, boolean logged) {
    var before = Printed.all().length();
    try (var once = quick().onError(policy).build()) {
      chat.then(error(400, "INVALID_ARGUMENT", "no"));
      assertThat(once.send("hi").sent()).isFalse();
    }
    assertThat(Printed.all().substring(before).contains("not sent to")).isEqualTo(logged);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504, 520})
  void what_may_pass_later_is_repeated(int status) {
    chat.then(ScriptedAnswer.of(status, ""), ScriptedAnswer.of(status, "{\"error\":{\"co"));
    var result = client.send("hi");
    assertThat(result.sent()).isTrue();
    assertThat(result.attempts()).isEqualTo(3);
  }

  @Test
  void a_redirect_is_not_followed() {
    chat.then(ScriptedAnswer.of(302, "").with("Location", "/v1/spaces/BBBB/messages"));
    var result = client.send("hi");
    assertThat(result.reason()).isEqualTo(Reason.REFUSED);
    assertThat(result.httpStatus()).hasValue(302);
    assertThat(chat.requests()).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            quick()
                .http(HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build()));
  }

  @Test
  void it_gives_up_after_its_attempts_and_says_how_it_stands() {
    try (var few = quick().attempts(3).build()) {
      chat.otherwise(request ->
          ScriptedAnswer.of(
              503,
              "{\"error\":{\"code\":503,\"message\":\"The service is currently unavailable.\","
                  + "\"status\":\"UNAVAILABLE\"}}"));
      var result = few.send("hi");
      assertThat(result.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(result.retryable()).isTrue();
      assertThat(result.attempts()).isEqualTo(3);
      assertThat(result.text()).isEqualTo("The service is currently unavailable.");
      assertThat(result.retryIn()).isPresent();
      assertThat(chat.requests()).hasSize(3);
      assertThat(result)
          .hasToString(
              "UNAVAILABLE (503 UNAVAILABLE) after 3 attempts: The service is currently"
                  + " unavailable.");
    }
  }

  @Test
  void no_answer_within_the_time_may_have_been_stored() {
    try (var hasty = quick().attempts(1).timeout(Duration.ofMillis(200)).build()) {
      chat.then(hang());
      var result = hasty.send("hi");
      assertThat(result.reason()).isEqualTo(Reason.NO_ANSWER);
      assertThat(result.httpStatus()).isEmpty();
      assertThat(result.code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);
      assertThat(result.retryable()).isTrue();
    }
  }

  @Test
  void nobody_there_is_unreachable() throws IOException {
    try (var nobody = new Socket()) { // has its port, so that no other takes it, and hears nothing
      nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      var address = "http://127.0.0.1:" + nobody.getLocalPort();
      var url = chat.url("AAAA").replace(chat.address().toString(), address);
      var one = WebhookClient.builder(url).pace(Duration.ZERO).backoff(SHORT).attempts(2).build();
      var result = one.send("hi");
      assertThat(result.reason()).isEqualTo(Reason.UNREACHABLE);
      assertThat(result.code()).isEqualTo(RpcCode.UNAVAILABLE);
      assertThat(result.attempts()).isEqualTo(2);
    }
  }

  @Test
  void the_deadline_ends_the_attempts() {
    chat.otherwise(request -> ScriptedAnswer.of(503, "").with("Retry-After", "3600"));
    var result = client.send("hi", SendOptions.none().deadline(Duration.ofMinutes(30)));
    assertThat(result.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(result.attempts()).isEqualTo(1);
    assertThat(result.retryIn()).contains(Duration.ofHours(1));
  }

  @Test
  void a_deadline_cuts_a_request_short() {
    chat.then(hang());
    var result = client.send("hi", SendOptions.none().deadline(Duration.ofMillis(200)));
    assertThat(result.reason()).isEqualTo(Reason.NO_ANSWER);
    assertThat(result.attempts()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOG", "IGNORE"})
  void who_does_not_repeat_makes_one_attempt(ErrorPolicy policy) {
    try (var once = quick().onError(policy).build()) {
      chat.then(html(503));
      assertThat(once.send("hi").reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(chat.requests()).hasSize(1);
      assertThat(once.send("hi").sent()).isTrue();
    }
  }

  @Test
  void without_request_ids_what_may_have_been_stored_is_not_repeated() {
    try (var bare = quick().requestIds(false).build()) {
      chat.then(reset());
      assertThat(bare.send("hi").reason()).isEqualTo(Reason.NO_ANSWER);
      chat.then(html(503));
      var result = bare.send("hi");
      assertThat(result.attempts()).isEqualTo(2);
      assertThat(result.requestId()).isEmpty();
      assertThat(chat.requests()).allMatch(request -> !request.query().containsKey("requestId"));
    }
  }

  @Test
  void errors_name_fields_and_reason() {
    chat.then(
        ScriptedAnswer.of(
            400,
            """
            {"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[
              {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com"},
              {"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[
                {"field":"message","description":"Unknown name"},{"field":"key"}]}]}}
            """));
    var result = client.send("hi");
    assertThat(result.errorReason()).contains("API_KEY_INVALID");
    assertThat(result.violations())
        .extracting(FieldViolation::field, FieldViolation::description)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("message", "Unknown name"),
            org.assertj.core.api.Assertions.tuple("key", ""));
  }

  @Test
  void an_oversize_message_is_refused_before_it_is_sent() {
    var tooLarge = client.send("x".repeat(32_001));
    assertThat(tooLarge.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(tooLarge.attempts()).isZero();
    assertThat(tooLarge.text()).contains("32000", "32001").endsWith("Split or cut it.");
    assertThat(tooLarge.violations()).extracting(FieldViolation::field).containsExactly("message");
    assertThat(client.send(" ").reason()).isEqualTo(Reason.INVALID);
    assertThat(client.send("€".repeat(10_667)).reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(chat.requests()).isEmpty();
    assertThat(client.send("x".repeat(32_000)).sent()).isTrue();
    assertThat(client.send("\"".repeat(32_000)).sent()).isTrue();
  }

  @Test
  void an_endless_error_body_is_read_up_to_its_cap() {
    chat.then(ScriptedAnswer.of(400, "x".repeat(3_000_000)));
    var result = client.send("hi");
    assertThat(result.reason()).isEqualTo(Reason.INVALID);
    assertThat(result.text()).hasSize(1_001).endsWith("x…");
  }

  @Test
  void requests_of_one_client_are_in_order() {
    chat.then(html(503), reset(), html(500));
    var results =
        List.of("1", "2", "3", "4").stream()
            .map(text -> client.sendAsync(Message.text(text)))
            .toList();
    results.forEach(result -> assertThat(result.join().sent()).isTrue());
    assertThat(chat.requests())
        .extracting(ScriptedRequest::body)
        .containsExactly(
            List.of("1", "1", "1", "1", "2", "3", "4").stream()
                .map("{\"text\":\"%s\"}"::formatted)
                .toArray(String[]::new));
    assertThat(chat.mostOpen()).isEqualTo(1);
  }
}
