package campana.relay.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.form.MessageForm;
import campana.form.Read;
import campana.relay.Samples;
import campana.relay.Samples.Sample;
import campana.relay.outbox.Body;
import campana.relay.outbox.Destination;
import campana.relay.outbox.Draft;
import campana.relay.source.Severity;
import campana.relay.source.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RenderingTest {
  private static final MessageForm FORM = MessageForm.create(true);
  private static final Map<String, Destination> DESTINATIONS =
      Map.of(
          "en", Samples.destination("en", "en", "UTC"),
          "it", Samples.destination("it", "it", "Europe/Rome"),
          "es", Samples.destination("es", "es", "America/Bogota"),
          "other", Samples.destination("other", "de", "UTC"));
  private static final Router ROUTER = new Router(DESTINATIONS);
  private static final Mentions EVERYBODY =
      Mentions.of(
          Map.of(
              "critical", List.of("all"),
              "warning", List.of("all"),
              "info", List.of("users/123"),
              "ok", List.of("123")));

  static List<Sample> samples() {
    return Samples.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void every_rendering_passes_the_strict_binder_in_every_language(Sample sample) {
    for (var trigger : sample.triggers()) {
      for (var route : List.of(route(sample, true), route(sample, false))) {
        for (var draft : drafts(route, trigger)) {
          for (var body : List.of(draft.body().quiet(), draft.body().loud())) {
            assertThat(FORM.read(body, Map.of()))
                .as(new String(body, UTF_8))
                .isInstanceOf(Read.Accepted.class);
            assertThat(body.length).isLessThanOrEqualTo(32_000);
            demandFallback(json(body));
          }
        }
      }
    }
  }

  private static void demandFallback(JsonNode message) {
    if (message.has("cardsV2")) {
      var fallback = message.path("fallbackText").asString();
      assertThat(fallback).isNotBlank().hasSizeLessThanOrEqualTo(120);
    } else {
      assertThat(message.path("text").asString()).isNotBlank();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void nothing_foreign_mentions_anybody(Sample sample) {
    for (var trigger : sample.triggers()) {
      for (var route : List.of(route(sample, true), route(sample, false))) {
        for (var draft : drafts(route, trigger)) {
          var text = json(draft.body().quiet()).path("text").asString("");
          assertThat(text).doesNotContain("<users/");
        }
      }
    }
  }

  @Test
  void a_mention_stands_in_the_loud_text_alone_and_never_in_a_resolution() {
    var firing = draft("alertmanager/firing.json", "en").body();
    assertThat(json(firing.loud()).path("text").asString())
        .isEqualTo("<users/all> 🔴 Firing: *HighLatency*");
    assertThat(json(firing.quiet()).has("text")).isFalse();
    assertThat(mentioned("alertmanager/mixed.json")).isTrue();
    assertThat(mentioned("alertmanager/resolved.json")).isFalse();
    assertThat(mentioned("alertmanager/repeat.json")).isFalse();
  }

  private static boolean mentioned(String sample) {
    return new String(draft(sample, "en").body().loud(), UTF_8).contains("<users/");
  }

  @Test
  void each_language_has_its_own_words_and_each_zone_its_own_time() {
    assertThat(text("alertmanager/resolved.json", "en"))
        .isEqualTo("🟢 *HighLatency* · Resolved after 41 min · 2 resolved");
    assertThat(text("alertmanager/resolved.json", "it"))
        .isEqualTo("🟢 *HighLatency* · Risolto dopo 41 min · 2 risolti");
    assertThat(text("alertmanager/resolved.json", "es"))
        .isEqualTo("🟢 *HighLatency* · Resuelta tras 41 min · 2 resueltas");
    assertThat(text("alertmanager/resolved.json", "other"))
        .isEqualTo(text("alertmanager/resolved.json", "en"));
    assertThat(text("alertmanager/repeat.json", "it")).contains("inizio 07:00 (4 h 5 min)");
    assertThat(text("alertmanager/repeat.json", "es")).contains("inicio 01:00 (4 h 5 min)");
    assertThat(text("github/pull_request.merged.json", "it"))
        .endsWith("· lin ha unito la pull request");
  }

  @Test
  void a_repeat_is_one_short_line_and_the_names() {
    assertThat(text("alertmanager/repeat.json", "en"))
        .isEqualTo(
            "🔴 *HighLatency* · still firing · since 06:00 (4 h 5 min) · 5 firing\n"
                + "web-1, web-2, web-3, and 2 more");
  }

  @Test
  void a_link_without_tls_is_no_button_but_a_link() {
    var card = new String(draft("alertmanager/http-only.json", "en").body().quiet(), UTF_8);
    assertThat(card)
        .contains("<a href=\\\"http://wiki.lan/latency?a=1&amp;b=%222%22\\\">Runbook</a>")
        .doesNotContain("\"url\":\"http://");
  }

  @Test
  void what_is_too_much_for_a_card_is_left_out_until_it_fits() {
    var long300 = "&<>\"日".repeat(60);
    var alerts = new ArrayList<String>();
    for (int i = 0; i < 40; i++) {
      var quoted = long300.replace("\"", "\\\"");
      alerts.add(
          """
          {"status":"firing","labels":{"alertname":"X","instance":"%s%d","severity":"critical"},\
          "annotations":{"summary":"%s"},"startsAt":"2026-03-01T10:00:00Z","generatorURL":"https://p.example/%s"}\
          """
              .formatted(quoted, i, quoted, "x".repeat(1_900)));
    }
    var body = "{\"version\":\"4\",\"alerts\":[" + String.join(",", alerts) + "]}";
    var sample = Samples.of("alertmanager/firing.json");
    var read = sample.reader().read(sample.received(body.getBytes(UTF_8)));
    var trigger = ((campana.relay.source.Reading.Triggers) read).triggers().getFirst();
    for (var draft : drafts(route(sample, true), trigger)) {
      assertThat(draft.body().loud().length).isLessThanOrEqualTo(32_000);
      assertThat(FORM.read(draft.body().loud(), Map.of())).isInstanceOf(Read.Accepted.class);
      assertThat(new String(draft.body().quiet(), UTF_8)).contains("4");
    }
  }

  @Test
  void a_draft_has_the_title_of_a_list_and_no_thread() {
    var draft = draft("alertmanager/firing.json", "en");
    assertThat(draft.title()).isEqualTo("🔴 Firing: HighLatency");
    assertThat(json(draft.body().quiet()).has("thread")).isFalse();
    assertThat(draft.requestId()).isEmpty();
  }

  @Test
  void severity_decides_the_priority() {
    assertThat(draft("alertmanager/firing.json", "en").priority().name()).isEqualTo("CRITICAL");
    assertThat(draft("alertmanager/old-version.json", "en").priority().name())
        .isEqualTo(Severity.CRITICAL.name());
    assertThat(draft("github/push.commits.json", "en").priority().name()).isEqualTo("NORMAL");
  }

  private static Route route(Sample sample, boolean card) {
    var plain = Route.of("web", sample.reader(), List.of("en", "it", "es", "other"));
    return new Route(
        plain.name(),
        plain.source(),
        plain.to(),
        Condition.ALWAYS,
        ThreadMode.PER_SUBJECT,
        EVERYBODY,
        Optional.empty(),
        Optional.empty(),
        card,
        Optional.empty(),
        Optional.empty(),
        plain.grace(),
        plain.idle());
  }

  private static List<Draft> drafts(Route route, Trigger trigger) {
    return ((Plan.Send) ROUTER.plan(route, trigger, Samples.NOON)).drafts();
  }

  private static Draft draft(String path, String destination) {
    var sample = Samples.of(path);
    return drafts(route(sample, true), sample.triggers().getFirst())
        .get(List.of("en", "it", "es", "other").indexOf(destination));
  }

  private static String text(String path, String destination) {
    Body body = draft(path, destination).body();
    return json(body.quiet()).path("text").asString();
  }

  private static JsonNode json(byte[] body) {
    return JsonMapper.shared().readTree(body);
  }
}
