package campana.it;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.ExampleLanguage.Sample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Each example as a person runs it: the URL is pasted into the file, the file is run, and what it
/// posted stands in the space of a live server.
class ExamplesTest {
  private static final String SECRET = "token=";

  @TempDir static Path data;
  private static CampanaProcess server;

  @TempDir Path scratch;

  @BeforeAll
  static void start() {
    server = CampanaProcess.start(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void the_quickstart_posts_one_message_and_prints_the_answer(ExampleLanguage language) {
    var space = server.space("Quickstart of " + language);

    var run = language.run(scratch, url(space), Sample.QUICKSTART, "");

    assertThat(run.exitCode()).as(run.output()).isZero();
    var messages = messages(space);
    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst().path("text").asString()).startsWith("Hello from ");
    assertThat(run.output()).contains("200", messages.getFirst().path("name").asString());
  }

  @ParameterizedTest
  @EnumSource
  void the_thread_sample_replies_in_its_thread_and_sends_nothing_to_an_unknown_one(
      ExampleLanguage language) {
    var space = server.space("Threads of " + language);

    var run = language.run(scratch, url(space), Sample.THREAD_REPLY, "");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(messages(space).stream().map(message -> message.path("text").asString()))
        .containsExactlyInAnyOrder("Deploy started", "Deploy finished");
    var threads = messages(space).stream().map(message -> message.at("/thread/name").asString());
    assertThat(threads.distinct()).hasSize(1);
    assertThat(run.output())
        .contains("200 with REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD: spaces/")
        .contains("200 with REPLY_MESSAGE_OR_FAIL: spaces/")
        .containsPattern("404 with REPLY_MESSAGE_OR_FAIL\\s");
  }

  @ParameterizedTest
  @EnumSource
  void retry_waits_and_tries_again_with_the_same_request_id_until_it_is_stored_once(
      ExampleLanguage language) {
    var space = server.space("Retries of " + language);
    rehearse(space, "{\"status\":503,\"count\":2}");
    try (var front = new Front(server.address())) {
      var run =
          language.run(scratch, front.address() + space.path(), Sample.ERROR_HANDLING, "retry");

      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.output())
          .containsPattern("trying again in [12]\\S* m?s: 503")
          .containsPattern("trying again in [23]\\S* m?s: 503")
          .contains("The service is currently unavailable.")
          .doesNotContain(SECRET);
      assertThat(front.queries()).hasSize(3);
      assertThat(front.queries().stream().distinct()).hasSize(1);
      assertThat(front.queries().getFirst()).containsPattern("&requestId=[0-9a-f-]{32,36}$");
      assertThat(messages(space)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void retry_gives_up_at_once_where_no_attempt_can_succeed(ExampleLanguage language) {
    var space = server.space("Refusals of " + language);
    try (var front = new Front(server.address())) {
      var run =
          language.run(
              scratch, front.address() + wrongToken(space), Sample.ERROR_HANDLING, "retry");

      assertThat(run.output()).contains("given up: 403").doesNotContain(SECRET);
      assertThat(front.queries()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void log_tells_the_reason_without_the_secret(ExampleLanguage language) {
    var space = server.space("Logs of " + language);

    var refused =
        language.run(scratch, server.address() + wrongToken(space), Sample.ERROR_HANDLING, "log");
    rehearse(space, "{\"status\":503,\"count\":1}");
    var unavailable = language.run(scratch, url(space), Sample.ERROR_HANDLING, "log");
    rehearse(space, "{\"status\":\"html\",\"count\":1}");
    var gateway = language.run(scratch, url(space), Sample.ERROR_HANDLING, "log");
    rehearse(space, "{\"status\":\"reset\"}"); // some clients try a reset again by themselves
    var unanswered = language.run(scratch, url(space), Sample.ERROR_HANDLING, "log");

    assertThat(refused.exitCode()).as(refused.output()).isZero();
    assertThat(refused.output())
        .contains("not sent: 403", "PERMISSION_DENIED")
        .doesNotContain(SECRET);
    assertThat(unavailable.output())
        .contains("not sent: 503", "UNAVAILABLE", "The service is currently unavailable.");
    assertThat(gateway.exitCode()).as(gateway.output()).isZero();
    assertThat(gateway.output()).contains("not sent: 502");
    assertThat(unanswered.exitCode()).as(unanswered.output()).isZero();
    assertThat(unanswered.output()).contains("not sent: no answer").doesNotContain(SECRET);
    assertThat(messages(space)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void ignore_says_nothing_of_a_failure(ExampleLanguage language) {
    var space = server.space("Ignored of " + language);
    rehearse(space, "{\"status\":503,\"count\":1}");

    var run = language.run(scratch, url(space), Sample.ERROR_HANDLING, "ignore");

    assertThat(run).isEqualTo(new ExampleRun(0, ""));
    assertThat(messages(space)).isEmpty();
  }

  @Test
  void the_java_quickstart_runs_with_the_maven_command_of_its_page() {
    var space = server.space("Maven");
    var folder = ExampleLanguage.JAVA.copy(scratch, url(space));

    var run = ExampleRun.of(folder, "mvn", "-B", "compile", "exec:java", "-Dexec.mainClass=App");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(messages(space)).hasSize(1);
  }

  /// From now on the server fails in this space on purpose.
  private static void rehearse(CampanaProcess.NewSpace space, String fault) {
    server.call("POST", "/v1/" + space.name() + "/fault", fault);
  }

  private static String url(CampanaProcess.NewSpace space) {
    return server.address() + space.path();
  }

  private static String wrongToken(CampanaProcess.NewSpace space) {
    return space.path().replaceFirst("token=[^&]{8}", "token=wrongone");
  }

  private static List<JsonNode> messages(CampanaProcess.NewSpace space) {
    var answer = server.call("GET", "/v1/" + space.name() + "/messages", "");
    return List.copyOf(answer.path("messages").values());
  }
}
