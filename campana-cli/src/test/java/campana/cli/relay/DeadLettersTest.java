package campana.cli.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import campana.cli.api.Api;
import campana.cli.api.Failure;
import campana.testkit.ScriptedAnswer;
import campana.testkit.ScriptedChat;
import campana.testkit.ScriptedRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Six dead letters at a running server: what is done with them, by command and by API.
class DeadLettersTest {
  private static final String LETTERS = "/v1/relay/deadLetters";
  private static final int SIX = 6;

  @TempDir Path data = Path.of("");
  private final ScriptedChat far = ScriptedChat.start();
  private Relaying relay;
  private String lane = "";

  @BeforeEach
  void six_dead_letters() throws IOException {
    relay = new Relaying(data);
    relay.routes(far.url("AAA"), "cron: { source: text, auth: { bearer: t }, to: [ops] }");
    for (int n = 1; n <= SIX; n++) {
      far.then(ScriptedAnswer.error(400, "INVALID_ARGUMENT", "no " + n));
      var answer =
          relay.post(
              "/in/cron",
              ("letter " + n).getBytes(UTF_8),
              "Authorization",
              "Bearer t",
              "Content-Type",
              "text/plain");
      lane = answer.json().path("id").asString().replaceFirst("\\..*", "");
    }
    await("dead", SIX);
  }

  @AfterEach
  void stop() {
    assertThat(relay.status().path("sumsHold").asBoolean()).isTrue();
    relay.close();
    far.close();
  }

  private void await(String fate, int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> relay.status().path("entries").path(fate).asInt() == count);
  }

  private String id(int n) {
    return lane + "." + n;
  }

  private String says(String... arguments) {
    var line = Stream.concat(Stream.of("relay", "dead"), Stream.of(arguments));
    return relay.live().says(line.toArray(String[]::new));
  }

  private List<String> left() {
    return says("list").lines().map(line -> line.replaceFirst(".*\t🔵 ", "")).toList();
  }

  /// What went out after the six refusals.
  private List<ScriptedRequest> resent() {
    return far.requests().subList(SIX, far.requests().size());
  }

  private static String text(ScriptedRequest request) {
    return JsonMapper.shared().readTree(request.body()).path("text").asString();
  }

  @Test
  void by_command_one_a_range_and_all_are_replayed_and_discarded() {
    assertThat(left())
        .containsExactly("letter 6", "letter 5", "letter 4", "letter 3", "letter 2", "letter 1");
    assertThat(says("show", id(1)))
        .contains("state\tDEAD", "reason\t400: no 1", "route\tcron", "letter 1")
        .contains("attempt\t", "\t400\t400: no 1");
    assertThat(says("show", id(1), "--json")).contains("\"answer\"", "INVALID_ARGUMENT");

    assertThat(says("replay", id(1))).isEqualTo("relay/entries/" + id(1));
    await("delivered", 1);
    assertThat(resent().getFirst().query().get("requestId"))
        .as("the same requestId")
        .isEqualTo(far.requests().getFirst().query().get("requestId"));

    assertThat(says("replay", "--from", id(2), "--to", id(3))).isEqualTo("2 replayed");
    await("delivered", 3);
    says("discard", id(4));
    assertThat(says("discard", "--from", id(5), "--to", id(5))).isEqualTo("1 discarded");
    assertThat(left()).containsExactly("letter 6");
    assertThat(says("replay", "--all")).isEqualTo("1 replayed");
    await("delivered", 4);
    assertThat(says("discard", "--all")).isEqualTo("0 discarded");

    assertThat(resent())
        .extracting(DeadLettersTest::text)
        .containsExactly("letter 1", "letter 2", "letter 3", "letter 6");
    assertThat(relay.status().path("entries").path("discarded").asInt()).isEqualTo(2);
  }

  @Test
  void by_command_what_is_no_dead_letter_or_no_range_is_refused_with_the_wish() {
    says("replay", id(1));
    await("delivered", 1);
    var again = relay.live().campana("relay", "dead", "replay", id(1));
    assertThat(again.exitCode()).isEqualTo(19);
    assertThat(again.err()).contains("is DELIVERED; wanted a dead, expired or discarded entry");
    assertThat(relay.live().campana("relay", "dead", "replay", id(99)).exitCode()).isEqualTo(15);
    assertThat(relay.live().campana("relay", "dead", "discard", id(1)).exitCode()).isEqualTo(15);
    assertThat(relay.live().campana("relay", "dead", "replay", "--from", id(1)).exitCode())
        .isEqualTo(2);
    var lanes = relay.live().campana("relay", "dead", "replay", "--from", id(1), "--to", "other.2");
    assertThat(lanes.err()).contains("two ids of one lane");
    assertThat(left()).hasSize(5);
  }

  @Test
  void by_api_the_same() {
    var api = Api.find(data, Map.of());
    var first = api.get(LETTERS + "?pageSize=4");
    assertThat(names(first)).containsExactly(id(6), id(5), id(4), id(3));
    var next = first.path("nextPageToken").asString();
    assertThat(names(api.get(LETTERS + "?pageSize=4&pageToken=" + next)))
        .containsExactly(id(2), id(1));
    var whole = api.get(LETTERS + "/" + id(2));
    assertThat(whole.path("body").asString()).contains("letter 2");
    assertThat(whole.path("attemptLog").path(0).path("status").asInt()).isEqualTo(400);
    assertThat(whole.toString()).doesNotContain(ScriptedChat.TOKEN, ScriptedChat.KEY);

    assertThat(api.post(LETTERS + "/" + id(1) + ":replay", Api.object()).path("mayRepeat"))
        .isEqualTo(JsonMapper.shared().readTree("false"));
    var named = api.post(LETTERS + ":replay", json("{'names':['" + id(2) + "','x.1']}"));
    assertThat(named.toString()).isEqualTo("{\"replayed\":1,\"left\":1,\"mayRepeat\":0}");
    await("delivered", 2);
    var range = json("{'from':'" + id(3) + "','to':'" + id(4) + "'}");
    assertThat(api.post(LETTERS + ":discard", range).path("discarded").asInt()).isEqualTo(2);
    api.delete(LETTERS + "/" + id(5));
    assertThat(api.post(LETTERS + ":replay", json("{'all':true}")).path("replayed").asInt())
        .isEqualTo(1);
    await("delivered", 3);
    assertThat(names(api.get(LETTERS))).isEmpty();
    var discarded = api.get("/v1/relay/entries?state=discarded").path("entries");
    assertThat(discarded).hasSize(3);
    assertThatThrownBy(() -> api.post(LETTERS + ":replay", json("{}")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("wanted names, from and to, or all");
    assertThatThrownBy(() -> api.delete(LETTERS + "/" + id(1))).isInstanceOf(Failure.class);
  }

  private static List<String> names(JsonNode page) {
    return page.path("deadLetters").findValuesAsString("name").stream()
        .map(name -> name.replace("relay/deadLetters/", ""))
        .toList();
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
