package campana.relay.outbox;

import static campana.testkit.ManualClock.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Body.Voice;
import campana.relay.outbox.Episode.Told;
import campana.relay.outbox.EpisodeRules.Unopened;
import campana.relay.outbox.Threading.Incident;
import campana.relay.source.Severity;
import campana.relay.source.State;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpisodeTest {
  private static Incident event(State state, Severity severity) {
    return new Incident("alertmanager", "disk", state, severity, "", EpisodeRules.DEFAULT);
  }

  private static Episode in(Told told) {
    return ((Told.In) told).episode();
  }

  private static Told tell(Episode last, State state, Instant now) {
    return Episode.tell(last, "web", event(state, Severity.WARNING), now);
  }

  private static Episode opened() {
    return in(Episode.tell(null, "web", event(State.FIRING, Severity.WARNING), NOON));
  }

  @ParameterizedTest(name = "{0}, then {1} after {2} min -> the same thread: {3}")
  @CsvSource({
    "FIRING,   FIRING,   60, true",
    "FIRING,   UPDATE,   60, true",
    "FIRING,   INFO,     60, true",
    "FIRING,   RESOLVED, 60, true",
    "FIRING,   FIRING, 1440, false", // idle too long
    "RESOLVED, FIRING,    4, true", // flapping
    "RESOLVED, FIRING,    5, false",
    "RESOLVED, UPDATE,    6, false",
  })
  void an_episode_is_one_thread(State last, State next, int minutes, boolean same) {
    var episode = opened();
    var before = last == State.RESOLVED ? in(tell(episode, last, NOON)) : episode;
    var after = in(tell(before, next, NOON.plus(Duration.ofMinutes(minutes))));
    assertThat(after.threadKey().equals(episode.threadKey())).isEqualTo(same);
    assertThat(after.number()).isEqualTo(same ? 1 : 2);
  }

  @Test
  void an_update_or_a_note_with_no_episode_open_starts_one() {
    assertThat(in(Episode.tell(null, "web", event(State.UPDATE, Severity.INFO), NOON)).number())
        .isEqualTo(1);
    assertThat(in(Episode.tell(null, "web", event(State.INFO, Severity.INFO), NOON)).number())
        .isEqualTo(1);
  }

  @Test
  void without_a_grace_what_fires_again_at_once_is_another_episode() {
    var closed = in(tell(opened(), State.RESOLVED, NOON));
    var none = new EpisodeRules(Duration.ZERO, Duration.ofHours(24), Unopened.DROP);
    var fires = new Incident("alertmanager", "disk", State.FIRING, Severity.WARNING, "", none);
    assertThat(in(Episode.tell(closed, "web", fires, NOON)).number()).isEqualTo(2);
  }

  @Test
  void a_resolution_never_opens_a_thread() {
    var resolved = event(State.RESOLVED, Severity.OK);
    assertThat(Episode.tell(null, "web", resolved, NOON)).isEqualTo(new Told.Dropped());
    var closed = in(tell(opened(), State.RESOLVED, NOON));
    assertThat(Episode.tell(closed, "web", resolved, NOON)).isEqualTo(new Told.Dropped());
    var posts = new EpisodeRules(Duration.ZERO, Duration.ofHours(24), Unopened.POST);
    var kept = new Incident("alertmanager", "disk", State.RESOLVED, Severity.OK, "", posts);
    assertThat(Episode.tell(null, "web", kept, NOON)).isEqualTo(new Told.Alone());
  }

  @Test
  void people_are_mentioned_once_an_episode_and_when_it_gets_worse() {
    var first = (Told.In) Episode.tell(null, "web", event(State.FIRING, Severity.WARNING), NOON);
    assertThat(first.voice()).isEqualTo(Voice.LOUD);
    var repeat =
        (Told.In) Episode.tell(first.episode(), "web", event(State.FIRING, Severity.WARNING), NOON);
    assertThat(repeat.voice()).isEqualTo(Voice.QUIET);
    var worse =
        (Told.In)
            Episode.tell(repeat.episode(), "web", event(State.FIRING, Severity.CRITICAL), NOON);
    assertThat(worse.voice()).isEqualTo(Voice.LOUD);
    var better =
        (Told.In) Episode.tell(worse.episode(), "web", event(State.UPDATE, Severity.WARNING), NOON);
    assertThat(better.voice()).isEqualTo(Voice.QUIET);
    var again =
        (Told.In)
            Episode.tell(better.episode(), "web", event(State.FIRING, Severity.CRITICAL), NOON);
    assertThat(again.voice()).as("it was as bad before").isEqualTo(Voice.QUIET);
    var resolved =
        (Told.In) Episode.tell(again.episode(), "web", event(State.RESOLVED, Severity.OK), NOON);
    assertThat(resolved.voice()).isEqualTo(Voice.QUIET);
  }

  @Test
  void a_thread_key_is_short_fit_for_urls_and_says_nothing_of_the_subject() {
    assertThat(opened().threadKey()).matches("c1-[a-z2-7]{32}").doesNotContain("disk");
  }

  @ParameterizedTest(name = "{0} stands, then {1} {2} of severity {3} after {4} min -> {5}")
  @CsvSource({
    "a,  FIRING,   a,  WARNING,  60, AGAIN",
    "a,  FIRING,   a,  INFO,     60, AGAIN",
    "a,  FIRING,   a,  CRITICAL, 60, LOUD",
    "a,  FIRING,   ab, WARNING,  60, QUIET",
    "a,  UPDATE,   a,  WARNING,  60, QUIET", // something was resolved: that is new
    "a,  RESOLVED, '', WARNING,  60, QUIET",
    "'', FIRING,   '', WARNING,  60, QUIET", // nobody knows what stands
    "a,  FIRING,   a,  WARNING, 1440, LOUD", // idle too long: another episode
  })
  void what_stands_as_it_was_told_is_told_shorter(
      String first, State state, String then, Severity severity, int minutes, Voice voice) {
    var opened = in(Episode.tell(null, "web", standing(State.FIRING, first), NOON));
    var event = new Incident("alertmanager", "disk", state, severity, then, EpisodeRules.DEFAULT);
    var told = (Told.In) Episode.tell(opened, "web", event, NOON.plus(Duration.ofMinutes(minutes)));
    assertThat(told.voice()).isEqualTo(voice);
    assertThat(told.episode().standing()).isEqualTo(then);
  }

  @Test
  void what_fires_again_after_it_was_resolved_is_told_in_full() {
    var opened = in(Episode.tell(null, "web", standing(State.FIRING, "a"), NOON));
    var closed = in(Episode.tell(opened, "web", standing(State.RESOLVED, ""), NOON));
    var again = (Told.In) Episode.tell(closed, "web", standing(State.FIRING, "a"), NOON);
    assertThat(again.voice()).isEqualTo(Voice.QUIET);
  }

  private static Incident standing(State state, String standing) {
    return new Incident(
        "alertmanager", "disk", state, Severity.WARNING, standing, EpisodeRules.DEFAULT);
  }
}
