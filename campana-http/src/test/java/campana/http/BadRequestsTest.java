package campana.http;

import static campana.http.RawClient.ask;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is no HTTP, or too much of it, or too slow.
final class BadRequestsTest {
  private static HttpServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            TestServer.patience(
                Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(3)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void lives() throws IOException {
    assertThat(ask(server, "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET /hello\r\n\r\n",
        "GET  HTTP/1.1\r\n\r\n",
        "GET /hello HTTP/1.1\nHost: h\n\n",
        "GET /hello HTTP/3.7\r\nHost: h\r\n\r\n",
        "GET /hello HTTP/1.1\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n"
      })
  void what_is_no_http_gets_an_error_as_json_and_the_server_lives(String request)
      throws IOException {
    var answer = ask(server, request);
    assertThat(answer.status()).isIn(400, 501, 505);
    assertThat(answer.has("Content-Type: application/json; charset=UTF-8")).isTrue();
    assertThat(answer.body()).startsWith("{\n  \"error\": {\n    \"code\": " + answer.status());
    assertThat(answer.head() + answer.body()).doesNotContainIgnoringCase("helidon");
    lives();
  }

  @Test
  void a_header_line_of_1_MB_is_refused_and_the_refusal_arrives() throws IOException {
    var line = "X-Long: " + "a".repeat(1024 * 1024) + "\r\n";
    var answer = ask(server, "GET /hello HTTP/1.1\r\nHost: h\r\n" + line + "\r\n");
    assertThat(answer.status()).isEqualTo(431);
    assertThat(answer.body()).contains("\"status\": \"INVALID_ARGUMENT\"", "65536 bytes");
    lives();
  }

  @Test
  void a_request_line_of_1_MB_is_refused_and_the_refusal_arrives() throws IOException {
    var path = "/" + "a".repeat(1024 * 1024);
    for (var version : new String[] {"1.0", "1.1"}) {
      var answer = ask(server, "GET " + path + " HTTP/" + version + "\r\nHost: h\r\n\r\n");
      assertThat(answer.status()).isEqualTo(414);
      assertThat(answer.body()).contains("The request line is too long.");
    }
    lives();
  }

  @Test
  void many_header_lines_are_refused_together() throws IOException {
    var lines = "X-Many: abcdefghij\r\n".repeat(5000);
    var answer = ask(server, "GET /hello HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n");
    assertThat(answer.status()).isEqualTo(431);
  }

  @Test
  void a_client_that_drips_its_header_lines_is_let_go() throws IOException {
    try (var client = new RawClient(server)) {
      client.send("GET /hello HTTP/1.1\r\nHost: h\r\nX-Slow: a");
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void a_client_that_drips_its_request_line_is_let_go() throws IOException {
    try (var client = new RawClient(server)) {
      client.send("GET /hel");
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void an_idle_connection_is_closed_after_its_time() throws IOException {
    try (var client = new RawClient(server)) {
      client.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void a_bug_is_answered_without_telling_about_it() throws IOException {
    var answer = ask(server, "GET /bug HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body())
        .isEqualTo(
            """
            {
              "error": {
                "code": 500,
                "message": "Internal error encountered.",
                "status": "INTERNAL"
              }
            }
            """);
  }

  @Test
  void connections_beyond_the_limit_wait_and_do_not_stop_the_others() throws IOException {
    var limits = new HttpSettings.Limits(32 * 1024, 1024 * 1024, 50);
    var few = TestServer.start(TestServer.SETTINGS.with(limits));
    var clients = new ArrayList<RawClient>();
    try (few) {
      for (int i = 0; i < 200; i++) {
        clients.add(new RawClient(few));
      }
      var first = clients.getFirst();
      first.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(first.answer().status()).isEqualTo(200);
      assertThat(few.connections()).isLessThanOrEqualTo(50);
      var last = clients.getLast().send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
      for (var client : clients) {
        if (client != last) {
          client.close();
        }
      }
      assertThat(last.answer().status()).isEqualTo(200);
    } finally {
      for (var client : clients) {
        client.close();
      }
    }
  }

  @Test
  void those_who_only_hold_connections_make_room_for_one_who_asks() throws IOException {
    var limits = new HttpSettings.Limits(32 * 1024, 1024 * 1024, 50);
    var clients = new ArrayList<RawClient>();
    try (var few = TestServer.start(TestServer.SETTINGS.with(limits))) { // idle: 75 s
      for (int i = 0; i < 60; i++) {
        clients.add(new RawClient(few));
      }
      assertThat(ask(few, "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n").status()).isEqualTo(200);
    } finally {
      for (var client : clients) {
        client.close();
      }
    }
  }

  @Test
  void a_client_that_takes_no_answer_is_let_go() throws Exception {
    var minute = Duration.ofSeconds(60);
    var patience =
        new HttpSettings.Patience(
            minute, minute, minute, Duration.ofMillis(500), minute, Duration.ZERO);
    var over = new CountDownLatch(1);
    var server =
        new HttpServer(
            TestServer.SETTINGS.with(patience),
            routing ->
                routing.get(
                    "/big",
                    (request, response) -> {
                      try {
                        response.send(new byte[32 * 1024 * 1024]);
                      } finally {
                        over.countDown();
                      }
                    }));
    server.start();
    try (server;
        var client = new RawClient(server)) {
      client.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
