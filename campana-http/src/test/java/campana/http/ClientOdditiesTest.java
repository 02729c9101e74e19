package campana.http;

import static campana.http.RawClient.ask;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What real clients put on the wire, byte by byte.
final class ClientOdditiesTest {
  private static HttpServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void http_1_0_with_a_length_is_answered_and_closed() throws IOException {
    try (var client = new RawClient(server)) {
      client.send("POST /echo HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello");
      var answer = client.answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("hello");
      assertThat(answer.has("Connection: close")).isTrue();
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void http_1_0_without_a_length_has_no_body() throws IOException {
    var answer = ask(server, "POST /echo HTTP/1.0\r\n\r\n");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void http_1_0_as_nginx_proxies_by_default_is_answered() throws IOException {
    var answer =
        ask(
            server,
            lines(
                "GET /seen/x?a=1 HTTP/1.0", "Host: backend", "Connection: close", "X-Agent: ngx"));
    assertThat(answer.body()).contains("\"host\": \"backend\"", "\"agent\": \"ngx\"", "a=1");
  }

  @Test
  void http_1_0_with_keep_alive_is_answered_and_closed() throws IOException {
    try (var client = new RawClient(server)) {
      client.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void http_1_0_in_single_bytes_is_answered() throws IOException {
    try (var client = new RawClient(server)) {
      for (byte b : "POST /echo HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi".getBytes(UTF_8)) {
        client.send(new byte[] {b});
      }
      assertThat(client.answer().body()).isEqualTo("hi");
    }
  }

  @Test
  void http_1_0_gets_a_streamed_answer_without_chunks() throws IOException {
    var answer = ask(server, "GET /stream HTTP/1.0\r\n\r\n");
    assertThat(answer.has("chunked")).isFalse();
    assertThat(answer.body()).isEqualTo("part 0\npart 1\npart 2\n");
  }

  @Test
  void http_1_1_gets_a_streamed_answer_in_chunks() throws IOException {
    var answer = ask(server, "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(answer.has("chunked")).isTrue();
    assertThat(answer.body()).isEqualTo("part 0\npart 1\npart 2\n");
  }

  @Test
  void a_client_that_expects_100_continue_is_told_to_go_on() throws IOException {
    try (var client = new RawClient(server)) {
      client.send(
          "POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(100);
      client.send("ok");
      assertThat(client.answer().body()).isEqualTo("ok");
    }
  }

  @Test
  void a_client_that_expects_100_continue_is_refused_before_it_sends() throws IOException {
    try (var client = new RawClient(server)) {
      client.send(
          "POST /unread HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(401);
    }
  }

  @Test
  void chunks_with_gzip_inside_are_undone() throws IOException {
    var gzip = gzip("hello gzip".getBytes(UTF_8));
    try (var client = new RawClient(server)) {
      client.send(
          lines(
              "POST /echo HTTP/1.1",
              "Host: h",
              "Content-Encoding: gzip",
              "Transfer-Encoding: chunked"));
      for (byte b : gzip) {
        client.send("1\r\n").send(new byte[] {b}).send("\r\n");
      }
      client.send("0\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo("hello gzip");
    }
  }

  @Test
  void an_offered_h2c_upgrade_is_passed_over() throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var address = URI.create(server.address() + "/echo");
      var post = HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString("jdk"));
      var response = client.send(post.build(), BodyHandlers.ofString());
      assertThat(response.body()).isEqualTo("jdk");
      var get = HttpRequest.newBuilder(URI.create(server.address() + "/hello")).build();
      assertThat(client.send(get, BodyHandlers.ofString()).body()).isEqualTo("{}\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Agent: M\u00c3\u00bcller",
        "X-Agent:no-space",
        "X-Agent: \ttabs\t",
        "X-Agent:",
        "Accept: */*\r\nAccept: text/html",
        "Connection: Keep-Alive, Upgrade\r\nUpgrade: websocket",
        "Authorization: Bearer x.y-z_~+/=="
      })
  void a_header_line_that_real_clients_send_is_taken(String line) throws IOException {
    var answer = ask(server, "GET /hello HTTP/1.1\r\nHost: h\r\n" + line + "\r\n\r\n");
    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Chunked", "CHUNKED", "chunked"})
  void chunked_is_written_in_any_case(String chunked) throws IOException {
    var request = lines("POST /echo HTTP/1.1", "Host: h", "Transfer-Encoding: " + chunked);
    assertThat(ask(server, request + "A\r\n0123456789\r\n0\r\n\r\n").body())
        .isEqualTo("0123456789");
  }

  @Test
  void header_names_come_in_any_case() throws IOException {
    var answer =
        ask(server, "POST /echo HTTP/1.1\r\nhost: h\r\nCONTENT-LENGTH: 2\r\nx-AGENT: z\r\n\r\nok");
    assertThat(answer.body()).isEqualTo("ok");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/seen/%41%2Db, A-b",
    "/seen/a%7Eb, a~b",
    "/%73een/x, x",
    "/seen/{x}, {x}",
    "//seen/x, x",
    "/seen//x, x",
    "http://other.example/seen/abs, abs",
    "HTTP://other.example:8080/seen/abs, abs"
  })
  void the_request_target_is_understood(String target, String part) throws IOException {
    var answer = ask(server, "GET " + target + "?key=a|b HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(answer.body()).contains("\"part\": \"" + part + "\"", "\"query\": \"key=a|b\"");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "http://other.example/seen/a%2Db, /seen/a%2Db",
    "HTTPS://me:secret@other.example:8443/seen/abs, /seen/abs"
  })
  void an_absolute_target_is_its_path_for_every_route(String target, String path)
      throws IOException {
    try (var client = new RawClient(server)) {
      for (int request = 0; request < 2; request++) {
        client.send("GET " + target + "?key=a HTTP/1.1\r\nHost: h\r\n\r\n");
        var answer = client.answer().body();
        assertThat(answer).contains("\"path\": \"" + path + "\"", "\"query\": \"key=a\"");
      }
    }
  }

  @Test
  void an_absolute_target_without_a_path_is_the_root() throws IOException {
    var answer = ask(server, "GET http://other.example HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.has("Content-Type: text/html")).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"/seen/x/y", "/nothing", "/hello/?key=a", "*", "/"})
  void a_path_that_no_route_knows_is_an_html_404(String target) throws IOException {
    var answer = ask(server, "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.has("Content-Type: text/html")).isTrue();
    assertThat(answer.body()).contains("<h1>Not Found</h1> <h2>Error 404</h2>");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"/seen/%zz", "/seen/%4", "/%"})
  void a_broken_percent_encoding_is_the_clients_fault(String target) throws IOException {
    var answer = ask(server, "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(answer.status()).isIn(400, 404);
  }

  @Test
  void pipelined_requests_are_answered_in_order() throws IOException {
    try (var client = new RawClient(server)) {
      client.send(
          "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n1"
              + "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n2"
              + "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo("1");
      assertThat(client.answer().body()).isEqualTo("2");
      assertThat(client.answer().body()).isEqualTo("{}\n");
    }
  }

  @Test
  void head_has_no_body_and_leaves_the_connection_usable() throws IOException {
    try (var client = new RawClient(server)) {
      client.send("HEAD /seen/x HTTP/1.1\r\nHost: h\r\n\r\n");
      var answer = client.answerToHead();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.has("Content-Length: ")).isTrue();
      client.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo("{}\n");
    }
  }

  @Test
  void options_reaches_a_route() throws IOException {
    var answer = ask(server, "OPTIONS /seen/x HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(answer.body()).contains("\"method\": \"OPTIONS\"");
  }

  @Test
  void empty_lines_before_the_first_request_are_passed_over() throws IOException {
    var answer = ask(server, "\r\n\r\nGET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void a_client_that_ends_its_output_still_gets_the_answer() throws IOException {
    try (var client = new RawClient(server)) {
      client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nhalf");
      client.endOutput();
      assertThat(client.answer().body()).isEqualTo("half");
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void a_client_that_asks_to_close_is_obeyed() throws IOException {
    try (var client = new RawClient(server)) {
      client.send("GET /hello HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
      assertThat(client.answer().has("Connection: close")).isTrue();
      assertThat(client.ended()).isTrue();
    }
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  static byte[] gzip(byte[] plain) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }
}
