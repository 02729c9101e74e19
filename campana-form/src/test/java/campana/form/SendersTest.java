package campana.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The tools that post to Chat today, by the bytes they send. The files are for everybody: the
/// server's tests send them over HTTP.
class SendersTest {
  private static final Path FOLDER = Path.of("src/test/resources/senders");

  record Case(String body, String query, String contentType, int status, String text) {
    byte[] bytes() throws IOException {
      return Files.readAllBytes(FOLDER.resolve(body));
    }
  }

  static List<Case> cases() throws IOException {
    return Files.readAllLines(FOLDER.resolve("index.txt")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .map(c -> new Case(c.get(0), c.get(1), c.get(2), Integer.parseInt(c.get(3)), c.get(4)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_tool_gets_the_answer_it_is_used_to(Case sent) throws IOException {
    var read = Posts.FORM.read(sent.bytes(), Posts.query(sent.query()));
    if (sent.status() == 200) {
      assertThat(Posts.accepted(read).content()).isNotEmpty();
    } else {
      assertThat(Posts.refused(read).httpStatus()).isEqualTo(sent.status());
      assertThat(Posts.refused(read).message()).startsWith(sent.text());
    }
  }

  @Test
  void the_index_names_every_file() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      var bodies =
          files
              .filter(Files::isRegularFile)
              .map(file -> FOLDER.relativize(file).toString())
              .filter(name -> !name.equals("index.txt"));
      assertThat(bodies)
          .containsExactlyInAnyOrderElementsOf(cases().stream().map(Case::body).toList());
    }
  }

  @Test
  void a_grafana_without_root_url_still_shows_its_card() throws IOException {
    var stored = Posts.accepted(read("grafana/no-root-url.json")).content();
    assertThat(
            JsonText.MAPPER
                .readTree(stored)
                .at("/cards/0/sections/0/widgets/1/buttons/0/textButton"))
        .hasToString("{\"text\":\"OPEN IN GRAFANA\"}");
  }

  @Test
  void a_healthcheck_writes_one_section_without_a_list() throws IOException {
    var stored = Posts.accepted(read("healthchecks/down.json")).content();
    assertThat(JsonText.MAPPER.readTree(stored).at("/cardsV2/0/card/sections/0/widgets").size())
        .isEqualTo(6);
  }

  @Test
  void gatus_writes_true_in_quotes() throws IOException {
    var stored = Posts.accepted(read("gatus/triggered.json")).content();
    assertThat(
            JsonText.MAPPER
                .readTree(stored)
                .at("/cards/0/sections/0/widgets/0/keyValue/contentMultiline")
                .isBoolean())
        .isTrue();
  }

  @Test
  void keys_arrive_from_body_and_query() throws IOException {
    assertThat(Posts.accepted(read("apprise/threaded.json")).threadKey()).isEqualTo("disk-web-03");
    assertThat(Posts.accepted(read("jenkins/simple.json")).threadKey()).isEqualTo("shop");
    assertThat(Posts.accepted(read("jenkins/card.json")).threadKey()).isEqualTo("shop");
    assertThat(Posts.accepted(read("signoz/firing.json")).threadKey())
        .isEqualTo("{}:{alertname=\"Error rate\"}");
    assertThat(Posts.accepted(read("apprise/plain.json")).text())
        .isEqualTo("Disk usage\n/var is at 91 %");
  }

  @Test
  void foreign_json_is_told_each_of_its_names() throws IOException {
    assertThat(Posts.refused(read("alertmanager/v4.json")).message().split("\n"))
        .hasSize(10)
        .allMatch(line ->
            line.matches(
                "Invalid JSON payload received\\. Unknown name \"\\w+\" at 'message': Cannot find field\\."));
    assertThat(Posts.refused(read("opensearch/test.txt")).message())
        .isEqualTo("Invalid JSON payload received. Unexpected token.\nTest message content\n^");
  }

  private static Read read(String body) throws IOException {
    var sent = cases().stream().filter(c -> c.body().equals(body)).findFirst().orElseThrow();
    return Posts.FORM.read(sent.bytes(), Posts.query(sent.query()));
  }
}
