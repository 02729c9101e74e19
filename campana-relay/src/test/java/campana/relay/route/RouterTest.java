package campana.relay.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import campana.relay.Samples;
import campana.relay.outbox.Dedup;
import campana.relay.outbox.Draft;
import campana.relay.outbox.EpisodeRules.Unopened;
import campana.relay.outbox.Threading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final Router ROUTER =
      new Router(
          Map.of(
              "rome", Samples.destination("rome", "it", "Europe/Rome"),
              "lima", Samples.destination("lima", "es", "America/Lima")));
  private static final String REPLY = "messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD";

  @Test
  void each_destination_gets_a_draft_with_its_own_credential() {
    var drafts = plan(route("alertmanager/firing.json", ThreadMode.PER_SUBJECT, "", ""));
    assertThat(drafts).hasSize(2);
    assertThat(drafts)
        .extracting(d -> d.credential().destination())
        .containsExactly("rome", "lima");
    assertThat(drafts).extracting(Draft::route).containsOnly("web");
  }

  @Test
  void per_subject_is_an_incident_where_there_is_a_subject() {
    var draft = plan(route("alertmanager/firing.json", ThreadMode.PER_SUBJECT, "", "")).getFirst();
    assertThat(draft.threading()).isInstanceOf(Threading.Incident.class);
    assertThat(draft.query()).isEqualTo(REPLY);
    var apart = plan(route("text/plain.txt", ThreadMode.PER_SUBJECT, "", "")).getFirst();
    assertThat(apart.threading()).isEqualTo(new Threading.Apart());
    assertThat(apart.query()).isEmpty();
  }

  @Test
  void the_day_is_the_destinations() {
    var at = Instant.parse("2026-03-01T23:30:00Z");
    var route = route("alertmanager/firing.json", ThreadMode.PER_DAY, "", "");
    var drafts = ((Plan.Send) planned(route, at)).drafts();
    assertThat(drafts)
        .extracting(Draft::threading)
        .containsExactly(
            new Threading.Keyed("c1-web-2026-03-02"), new Threading.Keyed("c1-web-2026-03-01"));
  }

  @Test
  void single_is_one_key_and_none_is_none() {
    assertThat(
            plan(route("alertmanager/firing.json", ThreadMode.SINGLE, "", ""))
                .getFirst()
                .threading())
        .isEqualTo(new Threading.Keyed("c1-web"));
    assertThat(
            plan(route("alertmanager/firing.json", ThreadMode.NONE, "", "")).getFirst().threading())
        .isEqualTo(new Threading.Apart());
  }

  @Test
  void ids_that_a_sender_keeps_count_a_day_and_content_only_where_the_route_wants_it() {
    assertThat(dedup("github/push.one.json", Optional.empty()).window())
        .isEqualTo(Duration.ofHours(24));
    assertThat(dedup("alertmanager/firing.json", Optional.empty()).window())
        .isEqualTo(Duration.ofMinutes(2));
    assertThat(dedup("slack/markup.json", Optional.empty())).isEqualTo(Dedup.NONE);
    assertThat(dedup("slack/markup.json", Optional.of(Duration.ofSeconds(10))).window())
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(dedup("github/push.one.json", Optional.of(Duration.ZERO))).isEqualTo(Dedup.NONE);
  }

  @Test
  void a_stray_resolution_is_dropped_for_alertmanager_and_posted_for_others() {
    assertThat(stray("alertmanager/resolved.json", Optional.empty())).isEqualTo(Unopened.DROP);
    assertThat(stray("github/workflow_run.success.json", Optional.empty()))
        .isEqualTo(Unopened.POST);
    assertThat(stray("alertmanager/resolved.json", Optional.of(Unopened.POST)))
        .isEqualTo(Unopened.POST);
  }

  @Test
  void what_the_condition_does_not_want_is_filtered() {
    var route =
        route("alertmanager/firing.json", ThreadMode.NONE, "trigger.severity == 'INFO'", "");
    assertThat(planned(route, Samples.NOON)).isInstanceOf(Plan.Filtered.class);
  }

  @Test
  void a_text_of_the_routes_own_stands_before_the_card() {
    var route =
        route("alertmanager/firing.json", ThreadMode.NONE, "", "*{{trigger.title}}* <users/all>");
    var body = new String(plan(route).getFirst().body().quiet(), UTF_8);
    assertThat(body).startsWith("{\"text\":\"*HighLatency* <users/all>\"").contains("cardsV2");
  }

  @Test
  void a_destination_that_is_not_there_is_told_with_those_that_are() {
    var source = Samples.of("text/plain.txt").reader();
    assertThatThrownBy(() -> ROUTER.demandKnown(Route.of("web", source, List.of("oslo"))))
        .hasMessage("to: there is no destination 'oslo'; wanted: one of lima, rome");
    ROUTER.demandKnown(Route.of("web", source, List.of("lima")));
  }

  @Test
  void a_route_names_what_is_wrong_with_it() {
    var source = Samples.of("text/plain.txt").reader();
    assertThatThrownBy(() -> Route.of("a b", source, List.of("rome")))
        .hasMessage("routes: 'a b'; wanted: a name of letters, digits, - and _, at most 64");
    assertThatThrownBy(() -> Route.of("web", source, List.of()))
        .hasMessage("to: names no destination; wanted: one of relay.destinations");
    assertThatThrownBy(() -> ThreadMode.of("daily"))
        .hasMessage("thread: 'daily'; wanted: one of per-subject, per-day, single, none");
    assertThatThrownBy(() -> Mentions.of(Map.of("fatal", List.of("all"))))
        .hasMessage("mention: 'fatal'; wanted: critical, warning, info or ok");
    assertThatThrownBy(() -> Mentions.of(Map.of("critical", List.of("@ada"))))
        .hasMessage("mention: '@ada'; wanted: all, or a user's id as users/123456789");
    assertThatThrownBy(() -> Mentions.of(Map.of("critical", List.of())))
        .hasMessageContaining("nobody is named");
  }

  @Test
  void a_mode_is_known_by_its_word() {
    for (var mode : ThreadMode.values()) {
      assertThat(ThreadMode.of(mode.word())).isEqualTo(mode);
    }
  }

  private static Dedup dedup(String sample, Optional<Duration> window) {
    return plan(route(sample, ThreadMode.NONE, "", "", window, Optional.empty()))
        .getFirst()
        .dedup();
  }

  private static Unopened stray(String sample, Optional<Unopened> policy) {
    var route = route(sample, ThreadMode.PER_SUBJECT, "", "", Optional.empty(), policy);
    return plan(route).getFirst().threading() instanceof Threading.Incident incident
        ? incident.rules().unopened()
        : Unopened.DROP;
  }

  /// A route, and the sample that comes by it.
  private record Case(Route route, String sample) {}

  private static Case route(String sample, ThreadMode thread, String when, String text) {
    return route(sample, thread, when, text, Optional.empty(), Optional.empty());
  }

  private static Case route(
      String sample,
      ThreadMode thread,
      String when,
      String text,
      Optional<Duration> dedup,
      Optional<Unopened> stray) {
    var route =
        new Route(
            "web",
            Samples.of(sample).reader(),
            List.of("rome", "lima"),
            Condition.of(when),
            thread,
            Mentions.NONE,
            Optional.empty(),
            text.isEmpty() ? Optional.empty() : Optional.of(Template.ofText(text)),
            true,
            dedup,
            stray,
            Duration.ofMinutes(5),
            Duration.ofHours(24));
    return new Case(route, sample);
  }

  private static List<Draft> plan(Case of) {
    return ((Plan.Send) planned(of, Samples.NOON)).drafts();
  }

  private static Plan planned(Case of, Instant now) {
    var trigger = Samples.of(of.sample()).triggers().getFirst();
    return ROUTER.plan(of.route(), trigger, now);
  }
}
