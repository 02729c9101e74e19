package campana.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The tools that post to Chat today, with the bytes they send, over a socket.
class SendersTest extends OneServer {
  private static final Path SENDERS =
      Path.of(System.getProperty("campana.root", ".."))
          .resolve("campana-form/src/test/resources/senders");

  static List<List<String>> cases() throws IOException {
    return Files.readAllLines(SENDERS.resolve("index.txt")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_tool_gets_the_answer_it_is_used_to(List<String> sent) throws IOException {
    var query = sent.get(1).isEmpty() ? "" : "&" + sent.get(1);
    var target = server.target(server.webhook(space)) + query;
    var body = Files.readAllBytes(SENDERS.resolve(sent.get(0)));
    var type = sent.get(2).equals("-") ? "X-None: 1" : "Content-Type: " + sent.get(2);
    var answer = server.wire().send("POST", target, body, type);
    assertThat(answer.status()).as(answer.body()).isEqualTo(Integer.parseInt(sent.get(3)));
    if (answer.status() == 200) {
      assertThat(server.stored(space)).isOne();
      var again = server.wire().send("POST", target, body, type);
      var replies = new String(body, UTF_8).contains("thread") || query.contains("threadKey");
      var falls = query.contains("FALLBACK");
      assertThat(again.thread().equals(answer.thread())).isEqualTo(replies && falls);
    } else {
      assertThat(answer.message()).startsWith(sent.get(4));
      assertThat(server.stored(space)).isZero();
    }
  }
}
