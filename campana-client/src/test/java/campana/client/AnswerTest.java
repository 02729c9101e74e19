package campana.client;

import static org.assertj.core.api.Assertions.assertThat;

import campana.wire.RpcCode;
import campana.wire.RpcStatus;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What is made of answers, good and bad. */
class AnswerTest {
  private static final Instant NOON = Instant.parse("2026-03-14T12:00:00Z");

  private static Attempt read(int status, String body, String... headers) {
    var map = new java.util.HashMap<String, List<String>>();
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i], List.of(headers[i + 1]));
    }
    return Answer.read(
        status,
        HttpHeaders.of(map, (name, value) -> true),
        body.getBytes(StandardCharsets.UTF_8),
        true,
        NOON,
        new Scrub(
            URI.create("https://h/v1/spaces/S/messages?key=KEY-123456&token=TOK%2D654321%3D")));
  }

  @ParameterizedTest
  @EnumSource(value = RpcCode.class, mode = EnumSource.Mode.EXCLUDE, names = "OK")
  void each_code_is_read_back_from_what_the_server_writes_for_it(RpcCode code) {
    var wrapped = JsonMapper.shared().writeValueAsString(RpcStatus.of(code, "why").toWire());
    assertThat(read(code.httpStatus(), wrapped).code()).isEqualTo(code);
    assertThat(read(code.httpStatus(), wrapped).text()).isEqualTo("why");
    var canonical = "{\"code\":%d,\"message\":\"why\"}".formatted(code.number());
    assertThat(read(code.httpStatus(), canonical).code()).isEqualTo(code);
  }

  @ParameterizedTest(name = "{0} {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          503 | {"error":{"code":503,"message":"m","status":"UNAVAILABLE"}} | UNAVAILABLE
          503 | {"code":503,"message":"m","status":"UNAVAILABLE"}           | UNAVAILABLE
          503 | {"code":14,"message":"m"}                                   | UNAVAILABLE
          503 | [{"error":{"code":503,"status":"UNAVAILABLE"}}]             | UNAVAILABLE
          409 | {"error":{"code":409,"status":"ABORTED"}}                   | ABORTED
          400 | {"error":{"code":400,"status":"NEW_CODE"}}                  | INVALID_ARGUMENT
          400 | {"error":"invalid"}                                         | INVALID_ARGUMENT
          429 | {"error":{"code":429,"stat                                  | RESOURCE_EXHAUSTED
          500 | {"error":{"status":"DATA_LOSS","message":"half              | DATA_LOSS
          502 | <html>Bad Gateway</html>                                    | UNAVAILABLE
          418 | teapot                                                      | FAILED_PRECONDITION
          599 | []                                                          | UNKNOWN
          """)
  void the_code_comes_from_the_body_or_else_from_the_status(int status, String body, RpcCode code) {
    assertThat(read(status, body).code()).isEqualTo(code);
    assertThat(read(status, body).httpStatus()).hasValue(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <html><style>a{}</style><h1>Not&nbsp;Found</h1>\\n <h2>Error 404</h2></html> | Not&nbsp;Found Error 404
          {"error":{"mess   | no text
          plain words       | plain words
          {"error":{"message":"a TOK%2d654321%3d b TOK%252D654321%253D c TOK-654321 d TOK-654321&#61; e TOK&#x2D;654321\\\\u003d"}} | a … b … c … d … e …
          {"error":{"message":"see https://h/x?token=abc&key=d and KEY-123456, TOK-654321=, TOK%2D654321%3D"}} | see https://h/x?token=…&key=… and …, …, …
          """)
  void its_text_is_for_people_and_holds_no_secret(String body, String text) {
    assertThat(read(404, body.replace("\\n", "\n")).text()).isEqualTo(text);
  }

  @Test
  void an_empty_body_has_no_text() {
    assertThat(read(500, "").text()).isEqualTo("no text");
    assertThat(read(200, "").text()).isEmpty();
  }

  @ParameterizedTest(name = "Retry-After: {0}, Date: {1}, RetryInfo {2} -> {3} ms")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -                             | -                             | -                        | -
          3                             | -                             | -                        | 3000
          0                             | -                             | -                        | 0
          1.25                          | -                             | -                        | 1250
          999999999                     | -                             | -                        | 31622400000
          -5                            | -                             | -                        | -
          soon                          | -                             | -                        | -
          Sat, 14 Mar 2026 12:00:30 GMT | -                             | -                        | 30000
          Sat, 14 Mar 2026 11:00:00 GMT | -                             | -                        | 0
          Sat, 14 Mar 2026 12:00:30 GMT | Sat, 14 Mar 2026 12:00:20 GMT | -                        | 10000
          Sunday, 15-Mar-26 12:00:00 GMT | -                            | -                        | 86400000
          Sun Mar 15 12:00:00 2026      | -                             | -                        | 86400000
          Sat Mar  7 12:00:00 2026      | Sat Mar  7 11:59:00 2026      | -                        | 60000
          -                             | -                             | "0.75s"                  | 750
          -                             | -                             | "12s"                    | 12000
          -                             | -                             | {"seconds":"2","nanos":5000000} | 2005
          -                             | -                             | "12"                     | -
          -                             | -                             | 12                       | -
          1                             | -                             | "0.75s"                  | 1000
          1                             | -                             | "2.5s"                   | 2500
          Fri, 31 Dec 9999 23:59:59 GMT | -                             | -                        | 31622400000
          Sat, 14 Mar 2026 12:00:30 GMT | Mon, 01 Jan 0001 00:00:00 GMT | -                        | 31622400000
          Sat, 14 Mar 2026 12:00:30 GMT | Fri, 31 Dec 9999 23:59:59 GMT | -                        | 0
          12345678901234567890          | -                             | -                        | 31622400000
          -                             | -                             | "12345678901s"           | 31622400000
          -                             | -                             | {"seconds":"12345678901","nanos":99999999999} | 31622400000
          """)
  void waits_are_read_in_each_form_and_the_longer_one_holds(
      @Nullable String header,
      @Nullable String date,
      @Nullable String info,
      @Nullable Long millis) {
    var body =
        info == null
            ? ""
            : "{\"error\":{\"details\":[7,{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\","
                + "\"retryDelay\":"
                + info
                + "}]}}";
    var headers = new java.util.ArrayList<String>();
    if (header != null) {
      headers.addAll(List.of("Retry-After", header));
    }
    if (date != null) {
      headers.addAll(List.of("Date", date));
    }
    var attempt = read(429, body, headers.toArray(String[]::new));
    assertThat(attempt.retryIn().map(Duration::toMillis).orElse(null)).isEqualTo(millis);
  }

  @Test
  void a_success_needs_no_more_than_its_status() {
    for (var body :
        List.of("", "{", "[]", "null", "{\"name\":5,\"thread\":7}", "{\"thread\":{}}", "<p>ok")) {
      var attempt = read(200, body);
      assertThat(attempt.sent()).isTrue();
      assertThat(attempt.messageName()).isEmpty();
      assertThat(attempt.threadName()).isEmpty();
    }
  }

  @Test
  void what_is_nested_too_deep_is_no_harm() {
    assertThat(read(400, "{\"a\":".repeat(100_000)).reason()).isEqualTo(Reason.INVALID);
    assertThat(read(400, "[".repeat(200_000)).reason()).isEqualTo(Reason.INVALID);
  }

  @Test
  void it_prints_itself_in_a_line_without_the_body() {
    var attempt = read(400, "{\"error\":{\"message\":\"bad\",\"x\":\"KEY-123456\"}}");
    assertThat(attempt).hasToString("INVALID (400 INVALID_ARGUMENT): bad");
    assertThat(attempt.body()).contains("KEY-123456");
    assertThat(Map.of(read(200, ""), 1).toString()).isEqualTo("{SENT (200 OK)=1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<", "<a", "<script ", "<style></scrip", " ", "key%25", "TOK-654321="})
  @Timeout(20)
  void no_page_takes_long_to_read(String part) {
    var page = part.repeat(CappedBody.CAP / part.length());
    assertThat(read(400, page).text().length()).isLessThanOrEqualTo(1_001);
  }

  @Test
  void it_says_nothing_that_steers_a_terminal() {
    var error =
        "{\"error\":{\"message\":\"a\\u001b[31mb\\u0007\\u009b\\r\\n\\tc\",\"details\":["
            + "{\"@type\":\"google.rpc.BadRequest\",\"fieldViolations\":[{\"field\":\"\\u001bf\"}]}]}}";
    assertThat(read(400, error).text()).isEqualTo("a[31mb\n\tc");
    assertThat(read(400, error).violations()).hasToString("[f: ]");
    assertThat(read(502, "<h1>\u001b]0;x\u0007no</h1>\u0000").text()).isEqualTo("]0;xno");
    assertThat(read(503, "\u0000".repeat(2_000)).text()).isEqualTo("no text");
    assertThat(read(200, "{\"name\":\"spaces/S\\u001b\"}").messageName()).contains("spaces/S");
  }

  @Test
  void secrets_are_known_by_any_way_of_writing_their_names() {
    var scrub =
        new Scrub(
            URI.create(
                "https://h/v1/spaces/S/messages?%6bey=KEY-123456&tok%65n=TOK-654321&access_token=OAUTH-77"));
    assertThat(scrub.clean("KEY-123456, TOK%2D654321, OAUTH-77; access_token=x&oauth_token=y"))
        .isEqualTo("…, …, …; access_token=…&oauth_token=…");
  }
}
