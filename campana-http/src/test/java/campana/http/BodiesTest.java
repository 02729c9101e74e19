package campana.http;

import static campana.http.RawClient.ask;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BodiesTest {
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
  private static HttpServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            TestServer.patience(
                Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(30)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String post(String headers, String body) {
    return "POST /echo HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n" + body;
  }

  private static String length(int bytes) {
    return "Content-Length: " + bytes + "\r\n";
  }

  @Test
  void a_body_of_just_the_cap_is_read_and_one_byte_more_is_refused() throws IOException {
    var most = "x".repeat(TestServer.CAP);
    assertThat(ask(server, post(length(TestServer.CAP), most)).has("X-Length: 1048576")).isTrue();
    var refused = ask(server, post(length(TestServer.CAP + 1), most + "x"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("Request payload size exceeds the limit: 1048576 bytes.");
  }

  @Test
  void chunks_of_just_the_cap_are_read_and_one_byte_more_is_refused() throws IOException {
    var most = "x".repeat(TestServer.CAP);
    var fits = post(CHUNKED, "100000\r\n" + most + "\r\n0\r\n\r\n");
    assertThat(ask(server, fits).has("X-Length: 1048576")).isTrue();
    var over = post(CHUNKED, "100001\r\n" + most + "x\r\n0\r\n\r\n");
    assertThat(ask(server, over).status()).isEqualTo(400);
  }

  @Test
  void a_chunk_beyond_every_limit_is_refused_without_being_read() throws IOException {
    var answer = ask(server, post(CHUNKED, "7fffffff\r\nxxx"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("exceeds the limit");
  }

  @Test
  void a_length_beyond_every_limit_is_refused_as_json() throws IOException {
    var answer = ask(server, post("Content-Length: 99999999999\r\n", "x"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("\"status\": \"INVALID_ARGUMENT\"");
  }

  @Test
  void gzip_with_a_length_is_undone() throws IOException {
    var gzip = ClientOdditiesTest.gzip("héllo".getBytes(UTF_8));
    var request =
        post("Content-Encoding: gzip\r\n" + length(gzip.length), new String(gzip, ISO_8859_1));
    assertThat(ask(server, request).body()).isEqualTo("héllo");
  }

  @Test
  void a_gzip_bomb_is_cut_at_the_cap() throws IOException {
    var bomb = ClientOdditiesTest.gzip(new byte[200 * 1024 * 1024]);
    var request =
        post("Content-Encoding: gzip\r\n" + length(bomb.length), new String(bomb, ISO_8859_1));
    var answer = ask(server, request);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("exceeds the limit: 1048576 bytes");
  }

  @Test
  void gzip_in_many_pieces_is_put_together() throws IOException {
    var nothing = new String(ClientOdditiesTest.gzip(new byte[0]), ISO_8859_1);
    var word = new String(ClientOdditiesTest.gzip("word".getBytes(UTF_8)), ISO_8859_1);
    var body = nothing.repeat(40_000) + word + word;
    var answer = ask(server, post("Content-Encoding: gzip\r\n" + length(body.length()), body));
    assertThat(answer.body()).isEqualTo("wordword");
  }

  @Test
  void gzip_with_a_name_and_an_extra_field_is_undone_and_a_wrong_checksum_is_not() {
    var plain = Gunzip.inflate(hex("1f8b0808000000000003", "6e616d6500", "4b04000000ffff"), 9);
    assertThat(plain).isInstanceOf(Body.CorruptGzip.class); // no end
    var named =
        hex("1f8b080c00000000ff03", "0200", "abcd", "6e00", "4b0400", "43beb7e8", "01000000");
    assertThat(Gunzip.inflate(named, 9))
        .isInstanceOfSatisfying(
            Body.Complete.class, body -> assertThat(body.bytes()).isEqualTo(new byte[] {'a'}));
    named[named.length - 8]++;
    assertThat(Gunzip.inflate(named, 9)).isEqualTo(new Body.CorruptGzip());
  }

  private static byte[] hex(String... parts) {
    return java.util.HexFormat.of().parseHex(String.join("", parts));
  }

  @ParameterizedTest
  @ValueSource(strings = {"not gzip at all", "", "\u001f\u008b\b\0"})
  void a_corrupt_gzip_is_refused(String body) throws IOException {
    var answer = ask(server, post("Content-Encoding: gzip\r\n" + length(body.length()), body));
    assertThat(answer.status()).isIn(200, 400);
    assertThat(body.isEmpty() || answer.body().contains("decompress")).isTrue();
  }

  @Test
  void a_gzip_that_is_cut_off_is_refused() throws IOException {
    var gzip = new String(ClientOdditiesTest.gzip(new byte[5000]), ISO_8859_1);
    var half = gzip.substring(0, gzip.length() / 2);
    var answer = ask(server, post("Content-Encoding: gzip\r\n" + length(half.length()), half));
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void an_unknown_encoding_is_refused() throws IOException {
    var answer = ask(server, post("Content-Encoding: br\r\n" + length(1), "x"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("Unsupported Content-Encoding");
  }

  @Test
  void chunks_that_are_no_chunks_are_refused() throws IOException {
    assertThat(ask(server, post(CHUNKED, "zz\r\nabc\r\n0\r\n\r\n")).status()).isEqualTo(400);
  }

  @Test
  void a_sender_that_takes_too_long_gets_408() throws IOException {
    try (var client = new RawClient(server)) {
      client.send(post(length(10), "123"));
      var answer = client.answer();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.body()).contains("DEADLINE_EXCEEDED");
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void a_client_that_leaves_in_mid_body_harms_nobody() throws IOException {
    try (var client = new RawClient(server)) {
      client.send(post(length(10), "123"));
      client.endOutput();
      assertThat(client.answer().status()).isEqualTo(400);
    }
    assertThat(ask(server, "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n").status()).isEqualTo(200);
  }

  @Test
  void a_body_that_no_handler_read_does_not_disturb_the_next_request() throws IOException {
    try (var client = new RawClient(server)) {
      client.send("POST /unread HTTP/1.1\r\nHost: h\r\n" + length(3) + "\r\nabc");
      assertThat(client.answer().status()).isEqualTo(401);
      client.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
    }
  }
}
