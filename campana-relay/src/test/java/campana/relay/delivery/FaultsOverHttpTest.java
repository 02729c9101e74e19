package campana.relay.delivery;

import static campana.relay.outbox.Drafts.apart;
import static campana.relay.outbox.Drafts.inLine;
import static campana.relay.outbox.Drafts.keyed;
import static campana.relay.outbox.Drafts.urgent;
import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import campana.relay.outbox.Credential;
import campana.relay.outbox.Drafts;
import campana.relay.outbox.Entry;
import campana.relay.outbox.EntryId;
import campana.relay.outbox.EntryState;
import campana.relay.source.State;
import campana.wire.WebhookUrl;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A far side that fails by script, in all the ways of a real web server: the real sender, outbox
/// and dispatcher against it. Each test ends with both sums true.
class FaultsOverHttpTest {
  private static final String OK = "{\"name\":\"spaces/AAA/messages/M1.M1\"}";

  @TempDir Path folder;
  private WireMockServer far;

  @BeforeEach
  void start() {
    far = listening(0);
    far.stubFor(post(anyUrl()).atPriority(10).willReturn(ok()));
  }

  @AfterEach
  void stop() {
    far.stop();
  }

  /// @param port 0: any that is free
  private static WireMockServer listening(int port) {
    var options = options().bindAddress("127.0.0.1").port(port).containerThreads(20);
    var server = new WireMockServer(port == 0 ? options.dynamicPort() : options);
    server.start();
    return server;
  }

  private static ResponseDefinitionBuilder ok() {
    return aResponse().withStatus(200).withHeader("Content-Type", "application/json").withBody(OK);
  }

  private static ResponseDefinitionBuilder error(int status, String name) {
    var body =
        "{\"error\":{\"code\":%d,\"message\":\"as scripted\",\"status\":\"%s\"}}"
            .formatted(status, name);
    return aResponse().withStatus(status).withBody(body);
  }

  private static ResponseDefinitionBuilder fault(Fault fault) {
    return aResponse().withFault(fault);
  }

  /// The next posts are answered so, one after the other; then comes what is usual.
  private void script(ResponseDefinitionBuilder... answers) {
    for (int i = 0; i < answers.length; i++) {
      far.stubFor(
          post(anyUrl())
              .inScenario("script")
              .whenScenarioStateIs(i == 0 ? STARTED : "after " + i)
              .willSetStateTo("after " + (i + 1))
              .willReturn(answers[i]));
    }
  }

  private LiveRig rig() {
    return new LiveRig(folder.resolve("data"), this::url);
  }

  private String url(String space) {
    return url(space, "good");
  }

  private String url(String space, String token) {
    return "http://127.0.0.1:%d/v1/spaces/%s/messages?key=k&token=%s"
        .formatted(far.port(), space, token);
  }

  /// What came, in its order.
  private List<LoggedRequest> requests() {
    var events = new ArrayList<>(far.getAllServeEvents());
    return events.reversed().stream().map(event -> event.getRequest()).toList();
  }

  private static List<Integer> statuses(Entry.Whole entry) {
    return entry.attempts().stream().map(attempt -> attempt.answer().status()).toList();
  }

  @Test
  void whatever_fails_is_repeated_under_one_requestId_until_it_is_taken() {
    script(
        fault(Fault.CONNECTION_RESET_BY_PEER),
        fault(Fault.EMPTY_RESPONSE),
        fault(Fault.RANDOM_DATA_THEN_CLOSE),
        aResponse()
            .withStatus(502)
            .withHeader("Content-Type", "text/html")
            .withBody("<h1>Bad</h1>"),
        error(503, "UNAVAILABLE"),
        error(500, "INTERNAL"),
        ok().withFixedDelay((int) LiveRig.SHORT.toMillis() * 3),
        error(429, "RESOURCE_EXHAUSTED").withHeader("Retry-After", "1"),
        aResponse().withStatus(408));
    try (var rig = rig()) {
      var id = rig.queue(keyed(rig.ops.credential(), "a", "thread"));
      rig.becomes(id, EntryState.DELIVERED);
      assertThat(statuses(rig.entry(id))).containsExactly(0, 0, 0, 502, 503, 500, 0, 429, 408, 200);
      assertThat(requests())
          .hasSize(10)
          .allSatisfy(request -> {
            assertThat(request.queryParameter("requestId").firstValue())
                .isEqualTo(rig.entry(id).entry().requestId());
            assertThat(request.getBodyAsString())
                .isEqualTo("{\"thread\":{\"threadKey\":\"thread\"},\"text\":\"a\"}");
          });
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void a_fault_that_hides_the_answer_never_loses_what_is_behind_it(Fault fault) {
    script(fault(fault), fault(fault));
    try (var rig = rig()) {
      var first = rig.queue(inLine(rig.ops.credential(), "first"));
      var second = rig.queue(inLine(rig.ops.credential(), "second"));
      rig.becomes(second, EntryState.DELIVERED);
      assertThat(rig.entry(first).entry().state()).isEqualTo(EntryState.DELIVERED);
      assertThat(requests().getLast().getBodyAsString()).contains("second");
    }
  }

  @Test
  void half_an_answer_of_success_is_success() {
    script(fault(Fault.MALFORMED_RESPONSE_CHUNK));
    try (var rig = rig()) {
      rig.becomes(rig.queue(apart(rig.ops.credential(), "a")), EntryState.DELIVERED);
      assertThat(requests()).hasSize(1);
    }
  }

  @Test
  void an_answer_that_trickles_longer_than_an_attempt_may_take_is_success_by_its_status() {
    script(ok().withChunkedDribbleDelay(20, (int) LiveRig.SHORT.toMillis() * 4));
    try (var rig = rig()) {
      rig.becomes(rig.queue(apart(rig.ops.credential(), "a")), EntryState.DELIVERED);
      assertThat(requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308, 400, 409, 413, 418})
  void what_will_never_pass_is_a_dead_letter_after_one_attempt(int status) {
    var elsewhere = url("AAA").replace("/v1/", "/elsewhere/v1/");
    script(aResponse().withStatus(status).withHeader("Location", elsewhere));
    try (var rig = rig()) {
      rig.becomes(rig.queue(apart(rig.ops.credential(), "a")), EntryState.DEAD);
      assertThat(requests()).hasSize(1);
    }
  }

  @Test
  void a_409_after_an_unanswered_attempt_is_a_delivery() {
    script(fault(Fault.CONNECTION_RESET_BY_PEER), error(409, "ALREADY_EXISTS"));
    try (var rig = rig()) {
      rig.becomes(rig.queue(apart(rig.ops.credential(), "a")), EntryState.DELIVERED);
    }
  }

  @Test
  void a_storm_of_429_costs_time_and_nothing_else() {
    var slowDown =
        """
        {"error":{"code":429,"message":"slow down","status":"RESOURCE_EXHAUSTED","details":[
          {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"0.02s"}]}}
        """;
    script(
        IntStream.range(0, 30)
            .mapToObj(_ -> aResponse().withStatus(429).withBody(slowDown))
            .toArray(ResponseDefinitionBuilder[]::new));
    try (var rig = rig()) {
      var ids =
          IntStream.range(0, 5).mapToObj(n -> rig.queue(inLine(rig.ops.credential(), "n" + n)));
      var first = ids.toList().getFirst();
      rig.delivered(5);
      assertThat(rig.entry(first).entry().attempts()).isEqualTo(31);
      assertThat(requests().subList(30, 35))
          .extracting(LoggedRequest::getBodyAsString)
          .containsExactlyElementsOf(
              IntStream.range(0, 5).mapToObj(n -> "{\"text\":\"n" + n + "\"}").toList());
    }
  }

  @Test
  void a_far_side_that_is_gone_for_a_while_gets_all_of_it_in_order_when_it_is_back() {
    var port = far.port();
    try (var rig = rig()) {
      far.stop();
      var ids = new ArrayList<EntryId>();
      for (int n = 0; n < 20; n++) {
        ids.add(rig.queue(inLine(rig.ops.credential(), "n" + n)));
      }
      await()
          .atMost(LiveRig.PATIENCE)
          .until(() -> rig.entry(ids.getFirst()).entry().attempts() > 10);
      far = listening(port);
      far.stubFor(post(anyUrl()).willReturn(ok()));
      rig.delivered(20);
      assertThat(requests())
          .extracting(LoggedRequest::getBodyAsString)
          .containsExactlyElementsOf(
              IntStream.range(0, 20).mapToObj(n -> "{\"text\":\"n" + n + "\"}").toList());
    }
  }

  @Test
  void one_poisonous_message_among_good_ones_is_a_dead_letter_and_holds_nobody_up() {
    far.stubFor(
        post(anyUrl()).withRequestBody(containing("poison")).willReturn(error(500, "INTERNAL")));
    try (var rig = rig()) {
      var poison = rig.queue(apart(rig.ops.credential(), "poison"));
      for (int n = 0; n < 40; n++) {
        rig.queue(apart(rig.ops.credential(), "good " + n));
      }
      rig.becomes(poison, EntryState.DEAD);
      rig.delivered(40);
      assertThat(rig.entry(poison).entry().reason()).contains("while others passed");
    }
  }

  @Test
  void strangers_with_wrong_tokens_are_refused_and_delay_nobody() {
    far.stubFor(
        post(anyUrl())
            .withQueryParam("token", containing("wrong"))
            .willReturn(error(403, "PERMISSION_DENIED")));
    try (var rig = rig()) {
      var posts = rig.delivery.wirePosts();
      for (int n = 0; n < 60; n++) {
        var stranger = Credential.of(WebhookUrl.parse(url("AAA", "wrong-" + n)), "");
        assertThat(posts.post(inLine(stranger, "guess"))).isInstanceOf(Posted.Ok.class);
        rig.queue(inLine(rig.ops.credential(), "good " + n));
      }
      rig.delivered(60);
      var order = requests().stream().map(r -> r.getBodyAsString().contains("good")).toList();
      var guesses = order.subList(0, order.lastIndexOf(true)).stream().filter(good -> !good);
      assertThat(guesses.count()).as("one slot in ten").isLessThanOrEqualTo(60 / 9 + 3);
      await()
          .atMost(LiveRig.PATIENCE)
          .until(() -> rig.opened.records().sums().entries().dead() == 60);
    }
  }

  @Test
  void a_deleted_webhook_is_told_to_the_fallback_with_its_critical_triggers() {
    far.stubFor(any(urlPathEqualTo("/v1/spaces/AAA/messages")).willReturn(error(404, "NOT_FOUND")));
    try (var rig = rig()) {
      rig.queue(apart(rig.ops.credential(), "harmless"));
      var held =
          rig.queue(urgent(Drafts.incident(rig.ops.credential(), "disk full", "d", State.FIRING)));
      await().atMost(LiveRig.PATIENCE).until(() -> told().size() == 2);
      assertThat(told())
          .anySatisfy(body -> assertThat(body).contains("*ops* non è raggiungibile", "as scripted"))
          .anySatisfy(body -> assertThat(body).contains("[ops] disk full"))
          .allSatisfy(body -> assertThat(body).contains("campana-untold-"));
      rig.delivered(2);
      assertThat(rig.entry(held).entry().state()).isEqualTo(EntryState.WAITING);
      assertThat(rig.opened.records().entries(EntryState.DEAD, Optional.empty(), 10)).isEmpty();
    }
  }

  private List<String> told() {
    return requests().stream()
        .filter(request -> request.getUrl().contains("/BBB/"))
        .map(LoggedRequest::getBodyAsString)
        .toList();
  }

  @Test
  void an_error_page_that_repeats_the_address_is_kept_without_key_and_token() {
    var token = "Vy7-sECRET_~+/=";
    var url = url("AAA", "Vy7-sECRET_~%2B%2F%3D").replace("key=k", "key=AIza-sECRET");
    var page =
        """
        <p>/messages?key=AIza-sECRET&amp;token=Vy7-sECRET_~%2B%2F%3D</p> <!-- Vy7-sECRET_~+/= -->
        <a href="/login?next=%3Fkey%3DAIza-sECRET%26token%3DVy7-sECRET_~%252B%252F%253D">
        <b>AIza&#45;sECRET</b> <i>Vy7&#x2d;sECRET&#95;&#126;&#43;&#47;&#61;</i>
        {"next":"AIza\\u002dsECRET","path":"Vy7-sECRET_~+\\/="}
        """;
    far.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(400).withBody(page)));
    try (var rig = new LiveRig(folder.resolve("data"), _ -> url)) {
      var dead = rig.queue(apart(rig.ops.credential(), "a"));
      rig.becomes(dead, EntryState.DEAD);
      var kept = new String(rig.entry(dead).attempts().getFirst().answer().body(), UTF_8);
      assertThat(kept).contains("<b>", "<i>", "next").doesNotContain("sECRET", token);
    }
  }

  @Test
  void a_token_on_the_edge_of_what_is_kept_of_an_answer_is_not_half_kept() {
    var url = url("AAA", "sECRETsECRETsECRET");
    var page = "token=sECRETsECRETsECRET ".repeat(300);
    far.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(400).withBody(page)));
    try (var rig = new LiveRig(folder.resolve("data"), _ -> url)) {
      var dead = rig.queue(apart(rig.ops.credential(), "a"));
      rig.becomes(dead, EntryState.DEAD);
      var kept = new String(rig.entry(dead).attempts().getFirst().answer().body(), UTF_8);
      assertThat(kept).contains("token").doesNotContain("sE");
    }
  }

  @Test
  void the_header_that_names_the_relays_goes_with_each_attempt() {
    script(error(503, "UNAVAILABLE"));
    try (var rig = rig()) {
      rig.becomes(rig.queue(apart(rig.ops.credential(), "a")), EntryState.DELIVERED);
      assertThat(requests())
          .extracting(request -> request.getHeader("Campana-Via"))
          .containsExactly("rig", "rig");
    }
  }
}
