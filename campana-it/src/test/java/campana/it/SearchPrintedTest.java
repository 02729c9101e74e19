package campana.it;

import static org.assertj.core.api.Assertions.assertThat;

import campana.testkit.ScriptedChat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `make test` does at its end finds a webhook's secrets in what any module's tests printed.
class SearchPrintedTest {
  private static final String TOOL =
      Path.of(System.getProperty("campana.root", ".."), "tools/search-printed").toString();

  @TempDir Path folder = Path.of("");

  private record Found(int exitCode, String said) {}

  private Found search(String module, String file, String printed) throws Exception {
    var reports = Files.createDirectories(folder.resolve(module + "/target/surefire-reports"));
    Files.writeString(reports.resolve(file), "a line\n" + printed + "\nanother\n");
    var process = new ProcessBuilder(TOOL, "" + folder).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Found(process.exitValue(), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"campana-relay", "bench"})
  void a_webhook_url_that_a_test_printed_is_found_in_every_module(String module) throws Exception {
    try (var chat = ScriptedChat.start()) {
      var found = search(module, "a.b.FooTest-output.txt", "posting to " + chat.url("AAAA"));
      assertThat(found.exitCode()).isEqualTo(1);
      assertThat(found.said()).contains(module).doesNotContain(ScriptedChat.TOKEN, "token=");
    }
  }

  @Test
  void a_token_as_a_server_makes_it_is_found_in_a_report() throws Exception {
    var token = "v730wELMYhA_v730wELMYhA-v730wELMYhA";
    var printed = "<failure message=\"no: http://h/?key=k&amp;token=" + token + "\"/>";
    assertThat(search("m", "TEST-a.b.FooTest.xml", printed).exitCode()).isEqualTo(1);
  }

  @Test
  void what_holds_no_secret_passes() throws Exception {
    var found = search("m", "a.b.FooTest-output.txt", "http://h/?key=…&token=… or token=t0k-en");
    assertThat(found).isEqualTo(new Found(0, ""));
  }
}
