package campana.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies as clients send them, and as nobody should: none of them stops the server.
class PostedBodiesTest extends OneServer {
  private static final String HI = "{\"text\":\"hi\"}";

  @Test
  void a_gzipped_body_in_chunks_is_read() throws IOException {
    var zipped = gzip("{\"text\":\"zipped\"}".getBytes(UTF_8));
    var head =
        "POST "
            + target
            + " HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
            + "Connection: close\r\n\r\n";
    var chunks = new ByteArrayOutputStream();
    for (byte b : zipped) {
      chunks.writeBytes("1\r\n".getBytes(UTF_8));
      chunks.write(b);
      chunks.writeBytes("\r\n".getBytes(UTF_8));
    }
    chunks.writeBytes("0\r\n\r\n".getBytes(UTF_8));
    assertThat(wire.raw(head.getBytes(UTF_8), chunks.toByteArray()).status()).isEqualTo(200);
    var message = server.app().rooms().messages().latest(space.id(), Long.MAX_VALUE, 1).getFirst();
    assertThat(new String(message.content(), UTF_8)).contains("zipped");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void a_corrupt_gzip_body_and_a_bomb_are_refused_and_the_server_lives() throws IOException {
    var corrupt = "no gzip at all".getBytes(UTF_8);
    var gzip = "Content-Encoding: gzip";
    assertThat(wire.send("POST", target, corrupt, gzip).status()).isEqualTo(400);
    var bomb = gzip(new byte[64 << 20]);
    var answer = wire.send("POST", target, bomb, gzip);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("INVALID_ARGUMENT");
    assertThat(wire.post(target, "{\"text\":\"alive\"}").status()).isEqualTo(200);
  }

  @Test
  void a_body_over_a_mebibyte_is_refused_and_the_server_lives() {
    var answer = wire.post(target, "{\"text\":\"" + "a".repeat(1 << 20) + "\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("INVALID_ARGUMENT");
    assertThat(wire.post(target, "{\"text\":\"alive\"}").status()).isEqualTo(200);
  }

  @ParameterizedTest(name = "{0} levels deep")
  @ValueSource(ints = {10_000, 200_000})
  void deep_json_is_refused_and_the_server_lives(int levels) {
    for (var pair : new String[] {"[]", "{}"}) {
      var open = pair.equals("[]") ? "[" : "{\"a\":";
      var body =
          "{\"cardsV2\":" + open.repeat(levels) + "1" + pair.substring(1).repeat(levels) + "}";
      var answer = wire.post(target, body);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("INVALID_ARGUMENT");
    }
    assertThat(wire.post(target, "{\"text\":\"alive\"}").status()).isEqualTo(200);
  }

  @Test
  void http_1_0_is_spoken() {
    var request = "POST " + target + " HTTP/1.0\r\nContent-Length: 13\r\n\r\n{\"text\":\"hi\"}";
    var answer = wire.raw(request.getBytes(UTF_8));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.name()).isNotEmpty();
  }

  @Test
  void after_a_refusal_the_connection_can_go_on_though_the_body_was_not_read() {
    var refused = "POST " + target + "x HTTP/1.1\r\nHost: x\r\nContent-Length: 13\r\n\r\n" + HI;
    var good =
        "POST "
            + target
            + " HTTP/1.1\r\nHost: x\r\nContent-Length: 13\r\nConnection: close\r\n\r\n"
            + HI;
    var answer = server.wire().raw((refused + good).getBytes(UTF_8));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("HTTP/1.1 200");
    assertThat(server.stored(space)).isOne();
  }
}
