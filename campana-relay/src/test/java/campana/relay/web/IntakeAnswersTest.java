package campana.relay.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import campana.http.HttpServer;
import campana.http.HttpSettings;
import campana.relay.RelaySettings;
import campana.relay.delivery.Posted;
import campana.relay.delivery.WirePosts;
import campana.relay.outbox.Answer;
import campana.relay.outbox.Caps;
import campana.relay.outbox.Draft;
import campana.relay.outbox.Drafts;
import campana.relay.outbox.Enqueued;
import campana.relay.outbox.Fate;
import campana.relay.outbox.Outbox;
import campana.relay.outbox.Records;
import campana.relay.outbox.Upstream;
import campana.relay.route.Plan;
import campana.relay.source.Auth;
import campana.relay.source.Source;
import campana.relay.source.Sources;
import campana.testkit.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What senders hear when the outbox says anything but «queued»: a scripted one behind real HTTP.
class IntakeAnswersTest {
  private static final String WIRE = "/v1/spaces/AAAA/messages?key=k&token=t";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Script script = new Script();
  private final RelayWeb web = new RelayWeb(() -> Optional.of(script));
  private final HttpServer http =
      new HttpServer(
          HttpSettings.at("127.0.0.1", 0),
          routing -> {
            web.addTo(routing, _ -> Optional.empty());
            routing.any(
                "/v1/spaces/*",
                (request, response) -> {
                  if (!web.post("AAAA", request, response)) {
                    response.status(418).send();
                  }
                });
          });

  /// Answers what a test has put into it.
  private static final class Script implements Parts, Outbox, WirePosts {
    private Enqueued enqueued = new Enqueued.Unknown();
    private Posted posted = new Posted.Unknown();
    private boolean open = true;
    private Draft last = Drafts.apart(Drafts.vouched("ops", "AAAA"), "");

    @Override
    public RelaySettings settings() {
      var upstream =
          new Upstream(
              "https://chat.example.org",
              List.of("*"),
              Duration.ofSeconds(1),
              Duration.ofHours(24),
              false,
              false);
      return new RelaySettings(
          Caps.DEFAULT,
          "",
          RelaySettings.ALARM_AFTER,
          Optional.of(upstream),
          Map.of(),
          RelaySettings.Retention.DEFAULT);
    }

    @Override
    public Optional<Gate> gate(String route) {
      var to = Drafts.vouched("ops", "AAAA");
      return Sources.NAMES.contains(route)
          ? Optional.of(
              new Gate(
                  route,
                  source(route),
                  Auth.NONE,
                  1000,
                  trigger ->
                      trigger.title().contains("quiet")
                          ? new Plan.Filtered("quiet")
                          : new Plan.Send(List.of(Drafts.apart(to, trigger.title())))))
          : Optional.empty();
    }

    private static Source source(String name) {
      return Sources.named(name, Sources.Options.NONE);
    }

    @Override
    public boolean open() {
      return open;
    }

    @Override
    public String relay() {
      return "script";
    }

    @Override
    public Outbox outbox() {
      return this;
    }

    @Override
    public WirePosts wirePosts() {
      return this;
    }

    @Override
    public Records records() {
      throw new AssertionError("nobody looks at records here");
    }

    @Override
    public InstantSource clock() {
      return new ManualClock();
    }

    @Override
    public Enqueued enqueueAll(String route, List<List<Draft>> triggers, List<Fate> others) {
      return enqueued;
    }

    @Override
    public Posted post(Draft draft) {
      last = draft;
      return posted;
    }
  }

  @BeforeEach
  void start() {
    http.start();
  }

  @AfterEach
  void stop() {
    client.close();
    http.close();
  }

  private HttpResponse<String> post(String path, String type, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(http.address() + path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> text(String body) throws Exception {
    return post("/in/text", "text/plain", body);
  }

  private static String retryAfter(HttpResponse<?> answer) {
    return answer.headers().firstValue("Retry-After").orElse("");
  }

  @Test
  void no_room_is_told_with_the_status_that_each_tool_tries_again_after() throws Exception {
    script.enqueued = new Enqueued.Full("max-waiting", Duration.ofMillis(1500));
    var text = text("x");
    assertThat(text.statusCode()).isEqualTo(503);
    assertThat(retryAfter(text)).isEqualTo("2");
    var slack = post("/in/slack", "application/json", "{\"text\":\"x\"}");
    assertThat(slack.statusCode()).isEqualTo(429);
    assertThat(retryAfter(slack)).isEqualTo("2");
  }

  @Test
  void a_program_that_stops_refuses_and_says_when_to_come_back() throws Exception {
    script.open = false;
    assertThat(text("x").statusCode()).isEqualTo(503);
    assertThat(retryAfter(text("x"))).isEqualTo("5");
    var wire = post(WIRE, "application/json", "{\"text\":\"x\"}");
    assertThat(wire.statusCode()).isEqualTo(503);
    assertThat(retryAfter(wire)).isEqualTo("5");
  }

  @Test
  void what_ends_no_episode_is_done_and_what_could_not_be_counted_is_not() throws Exception {
    script.enqueued = new Enqueued.Unopened();
    assertThat(text("x").body()).contains("\"filtered\"");
    assertThat(text("quiet").body()).contains("\"filtered\"");
    script.enqueued = new Enqueued.Full("the disk", Duration.ofSeconds(1));
    assertThat(text("quiet").statusCode()).isEqualTo(503);
  }

  @Test
  void who_cannot_be_told_the_truth_is_told_nothing() {
    assertThatThrownBy(() -> text("x")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> post(WIRE, "application/json", "{\"text\":\"x\"}"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void the_proxy_passes_on_what_each_outcome_means() throws Exception {
    script.posted = new Posted.Forbidden("not known there");
    assertThat(wire().statusCode()).isEqualTo(403);
    script.posted = new Posted.NoThread();
    assertThat(wire().statusCode()).isEqualTo(404);
    script.posted = new Posted.TooMany("much waits", Duration.ofSeconds(3));
    assertThat(wire().statusCode()).isEqualTo(429);
    assertThat(retryAfter(wire())).isEqualTo("3");
    assertThat(wire().body()).contains("\"RESOURCE_EXHAUSTED\"", "RetryInfo");
    var said = "{\"error\":{\"code\":404,\"message\":\"theirs\",\"status\":\"NOT_FOUND\"}}";
    script.posted = new Posted.Refused(new Answer(404, "not found", said.getBytes(UTF_8)));
    assertThat(wire().body()).isEqualTo(said);
    script.posted = new Posted.Refused(new Answer(404, "not found", "<html>".getBytes(UTF_8)));
    assertThat(wire().body()).contains("\"NOT_FOUND\"").doesNotContain("<html>");
  }

  private HttpResponse<String> wire() throws Exception {
    return post(WIRE, "application/json", "{\"text\":\"x\"}");
  }

  @Test
  void key_and_token_go_on_byte_for_byte_and_the_rest_of_the_query_as_it_was_written()
      throws Exception {
    script.posted = new Posted.Ok("spaces/AAAA/messages/m", "spaces/AAAA/threads/t");
    var query = "?token=a%2Bb%3D&threadKey=x+y&key=K%2d1&requestId=r%201&messageId=client-1";
    var answer = post("/v1/spaces/AAAA/messages" + query, "text/plain", "{\"text\":\"x\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            """
            {
              "name": "spaces/AAAA/messages/m",
              "thread": {
                "name": "spaces/AAAA/threads/t"
              },
              "clientAssignedMessageId": "client-1"
            }
            """);
    assertThat(script.last.credential().url().revealed())
        .isEqualTo("https://chat.example.org/v1/spaces/AAAA/messages?token=a%2Bb%3D&key=K%2d1");
    assertThat(script.last.query()).isEqualTo("threadKey=x+y&messageId=client-1");
    assertThat(script.last.requestId()).isEqualTo("r 1");
    assertThat(new String(script.last.body().quiet(), UTF_8)).isEqualTo("{\"text\":\"x\"}");
  }

  @Test
  void without_a_key_it_is_somebody_else_s_to_refuse_and_without_a_token_it_is_refused()
      throws Exception {
    assertThat(post("/v1/spaces/AAAA/messages?token=t", "text/plain", "{}").statusCode())
        .isEqualTo(418);
    assertThat(post("/v1/spaces/AAAA/messages?key=k", "text/plain", "{}").statusCode())
        .isEqualTo(403);
  }
}
