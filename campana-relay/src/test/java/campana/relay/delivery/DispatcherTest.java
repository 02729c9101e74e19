package campana.relay.delivery;

import static campana.relay.outbox.Drafts.apart;
import static campana.relay.outbox.Drafts.brought;
import static campana.relay.outbox.Drafts.inLine;
import static campana.relay.outbox.Drafts.keyed;
import static campana.relay.outbox.Drafts.urgent;
import static campana.relay.outbox.Drafts.vouched;
import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Credential;
import campana.relay.outbox.EntryState;
import campana.relay.outbox.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lanes in virtual time.
class DispatcherTest {
  private static final Credential OPS = vouched("ops", "AAA");
  private static final Credential WEB = vouched("web", "BBB");

  @TempDir Path folder;

  @Test
  void an_idle_lane_sends_at_once_and_then_keeps_its_pace_from_each_answer() {
    try (var rig = new Rig(folder).answersAfter(Duration.ofMillis(300))) {
      for (var n = 1; n <= 4; n++) {
        rig.queue(inLine(OPS, "a" + n));
      }
      var start = rig.clock.instant();
      rig.pass(Duration.ofSeconds(10));
      assertThat(rig.texts()).containsExactly("a1", "a2", "a3", "a4");
      assertThat(rig.sent)
          .extracting(s -> Duration.between(start, s.at()).toMillis())
          .containsExactly(0L, 1320L, 2640L, 3960L);
    }
  }

  @Test
  void a_lane_that_rested_long_enough_sends_at_once_one_that_did_not_waits() {
    try (var rig = new Rig(folder)) {
      rig.queue(apart(OPS, "a"));
      rig.pass(Duration.ofMillis(500));
      rig.queue(apart(OPS, "b"));
      rig.pass(Duration.ofMillis(500));
      assertThat(rig.texts()).containsExactly("a");
      rig.pass(Duration.ofMillis(20));
      assertThat(rig.texts()).containsExactly("a", "b");
      rig.pass(Duration.ofSeconds(5));
      rig.queue(apart(OPS, "c"));
      rig.dispatcher.runOnce();
      assertThat(rig.texts()).containsExactly("a", "b", "c");
    }
  }

  @Test
  void who_comes_last_may_be_first_by_priority_as_the_choice_is_made_at_the_slot() {
    try (var rig = new Rig(folder)) {
      rig.queue(apart(OPS, "a"));
      rig.queue(apart(OPS, "b"));
      rig.pass(Duration.ofMillis(900));
      rig.queue(urgent(apart(OPS, "fire")));
      rig.pass(Duration.ofSeconds(5));
      assertThat(rig.texts()).containsExactly("a", "fire", "b");
    }
  }

  @Test
  void a_429_is_nobodys_failure_and_slows_the_lane_for_a_minute() {
    try (var rig = new Rig(folder)) {
      rig.farSide(turn ->
          rig.sent.size() == 1
              ? new Outcome.Throttled(Rig.answer(429), Optional.of(Duration.ofSeconds(7)))
              : Rig.ok(turn));
      IntStream.range(0, 80).forEach(n -> rig.queue(inLine(OPS, "a" + n)));
      var start = rig.clock.instant();
      rig.pass(Duration.ofSeconds(100));
      var at = rig.sent.stream().map(s -> Duration.between(start, s.at()).toMillis()).toList();
      assertThat(at.subList(0, 3)).containsExactly(0L, 7000L, 8270L);
      assertThat(at.get(60) - at.get(59)).as("after the minute").isEqualTo(1020);
      assertThat(rig.texts().subList(0, 3)).containsExactly("a0", "a0", "a1");
    }
  }

  /// The far side's quota does not care which of us sends, nor that one was started anew.
  @Test
  void who_takes_a_lane_up_keeps_to_what_was_asked_before_and_to_the_slow_minute() {
    try (var rig = new Rig(folder)) {
      rig.farSide(turn ->
          rig.sent.size() == 1
              ? new Outcome.Throttled(Rig.answer(429), Optional.of(Duration.ofSeconds(7)))
              : Rig.ok(turn));
      IntStream.range(0, 80).forEach(n -> rig.queue(inLine(OPS, "a" + n)));
      var start = rig.clock.instant();
      rig.pass(Duration.ofSeconds(3));
      rig.startAgain();
      rig.pass(Duration.ofSeconds(27));
      rig.startAgain();
      rig.pass(Duration.ofSeconds(70));
      var at = rig.sent.stream().map(s -> Duration.between(start, s.at()).toMillis()).toList();
      assertThat(at.subList(0, 3)).containsExactly(0L, 7000L, 8270L);
      var slow = at.stream().filter(t -> t >= 7000 && t < 60_000).toList();
      for (var n = 1; n < slow.size(); n++) {
        assertThat(slow.get(n) - slow.get(n - 1)).as("at %s", slow.get(n)).isEqualTo(1270);
      }
      assertThat(at.getLast() - at.get(at.size() - 2)).as("after the minute").isEqualTo(1020);
    }
  }

  @Test
  void one_poisonous_message_among_good_ones_is_a_dead_letter_and_holds_nobody_up_long() {
    try (var rig = new Rig(folder)) {
      rig.farSide(turn -> Rig.text(turn).equals("poison") ? Rig.down() : Rig.ok(turn));
      var poison = rig.queue(keyed(OPS, "poison", "p"));
      var behind = rig.queue(keyed(OPS, "behind", "p"));
      IntStream.range(0, 1000).forEach(n -> rig.queue(apart(OPS, "a" + n)));
      rig.pass(Duration.ofSeconds(17));
      assertThat(rig.texts()).startsWith("poison", "poison", "poison", "poison", "poison", "a0");
      rig.pass(Duration.ofMinutes(25));
      assertThat(rig.state(poison)).isEqualTo(EntryState.DEAD);
      assertThat(rig.texts().stream().filter("poison"::equals)).hasSize(20);
      assertThat(rig.state(behind)).isEqualTo(EntryState.DELIVERED);
      assertThat(rig.opened.records().sums().entries().delivered()).isEqualTo(1001);
    }
  }

  @Test
  void a_far_side_that_is_down_for_an_hour_costs_nothing_but_time() {
    try (var rig = new Rig(folder)) {
      var up = rig.clock.instant().plus(Duration.ofHours(1));
      rig.farSide(turn -> rig.clock.instant().isBefore(up) ? Rig.down() : Rig.ok(turn));
      for (var n = 0; n < 20; n++) {
        rig.queue(keyed(OPS, "a" + n, "a"));
        rig.queue(keyed(OPS, "b" + n, "b"));
        rig.queue(apart(OPS, "c" + n));
      }
      rig.pass(Duration.ofHours(1));
      assertThat(rig.sent.size()).as("attempts in an hour").isBetween(50, 80);
      rig.sent.clear();
      rig.pass(Duration.ofMinutes(3));
      assertThat(rig.opened.records().sums().entries().delivered()).isEqualTo(60);
      assertThat(rig.opened.records().sums().entries().dead()).isZero();
      var a = rig.texts().stream().filter(t -> t.startsWith("a")).toList();
      assertThat(a)
          .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(n -> "a" + n).toList());
    }
  }

  @Test
  void one_message_alone_that_fails_is_tried_until_it_expires_and_never_dead() {
    try (var rig = new Rig(folder)) {
      rig.farSide(_ -> Rig.down());
      var id = rig.queue(apart(OPS, "a"));
      rig.pass(Duration.ofHours(3));
      assertThat(rig.state(id)).isEqualTo(EntryState.WAITING);
      assertThat(rig.sent.size()).isGreaterThan(100);
      rig.farSide(Rig::ok);
      rig.pass(Duration.ofMinutes(2));
      assertThat(rig.state(id)).isEqualTo(EntryState.DELIVERED);
      assertThat(new HashSet<>(rig.sent.stream().map(Rig.Sent::requestId).toList())).hasSize(1);
    }
  }

  @Test
  void a_strangers_wrong_tokens_delay_a_good_sender_by_no_more_than_a_slot() {
    try (var rig = new Rig(folder)) {
      rig.farSide(turn -> turn.credential().vouched() ? Rig.ok(turn) : Rig.refused());
      for (var n = 0; n < 200; n++) {
        rig.queue(inLine(brought("AAA", "guess" + n), "stranger"));
      }
      for (var n = 0; n < 20; n++) {
        rig.pass(Duration.ofSeconds(3));
        var asked = rig.clock.instant();
        rig.queue(apart(OPS, "good" + n));
        rig.pass(Duration.ofMillis(1020));
        var last = rig.sent.stream().filter(s -> s.text().startsWith("good")).toList().getLast();
        assertThat(last.text()).isEqualTo("good" + n);
        assertThat(Duration.between(asked, last.at())).isLessThan(Duration.ofMillis(1021));
      }
    }
  }

  @Test
  void with_a_backlog_strangers_have_one_slot_in_ten() {
    try (var rig = new Rig(folder)) {
      rig.farSide(turn -> turn.credential().vouched() ? Rig.ok(turn) : Rig.refused());
      IntStream.range(0, 100).forEach(n -> rig.queue(inLine(brought("AAA", "g" + n), "stranger")));
      IntStream.range(0, 100).forEach(n -> rig.queue(apart(OPS, "good")));
      rig.pass(Duration.ofSeconds(51));
      assertThat(rig.texts().stream().filter("stranger"::equals).count()).isBetween(4L, 6L);
    }
  }

  @Test
  void a_deleted_webhook_is_held_probed_and_its_queue_kept() {
    try (var rig = new Rig(folder)) {
      rig.farSide(_ -> Rig.refused());
      IntStream.range(0, 3).forEach(n -> rig.queue(inLine(OPS, "a" + n)));
      var start = rig.clock.instant();
      rig.pass(Duration.ofHours(3));
      assertThat(rig.sent)
          .extracting(s -> Duration.between(start, s.at()).toMinutes())
          .containsExactly(0L, 1L, 6L, 21L, 81L, 141L);
      assertThat(rig.texts()).containsOnly("a0");
      rig.farSide(Rig::ok);
      rig.pass(Duration.ofMinutes(62));
      assertThat(rig.texts().subList(6, 9)).containsExactly("a0", "a1", "a2");
    }
  }

  @Test
  void what_the_far_side_will_never_take_is_a_dead_letter_at_once() {
    try (var rig = new Rig(folder)) {
      rig.farSide(turn ->
          Rig.text(turn).equals("bad") ? new Outcome.Rejected(Rig.answer(400)) : Rig.ok(turn));
      var bad = rig.queue(inLine(OPS, "bad"));
      rig.queue(inLine(OPS, "good"));
      rig.pass(Duration.ofSeconds(2));
      assertThat(rig.state(bad)).isEqualTo(EntryState.DEAD);
      assertThat(rig.texts()).containsExactly("bad", "good");
    }
  }

  @Test
  void one_that_cannot_even_be_sent_stops_nobody() {
    try (var rig = new Rig(folder)) {
      rig.farSide(turn -> {
        if (Rig.text(turn).equals("bad")) {
          throw new IllegalArgumentException("key and token");
        }
        return Rig.ok(turn);
      });
      var bad = rig.queue(keyed(OPS, "bad", "a"));
      IntStream.range(0, 100).forEach(n -> rig.queue(apart(OPS, "good")));
      rig.pass(Duration.ofMinutes(25));
      assertThat(rig.opened.records().sums().entries().delivered()).isEqualTo(100);
      assertThat(rig.opened.records().entry(bad).orElseThrow().attempts().toString())
          .contains("IllegalArgumentException")
          .doesNotContain("key and token");
    }
  }

  @Test
  void lanes_do_not_wait_for_one_another() {
    try (var rig = new Rig(folder)) {
      rig.farSide(turn ->
          turn.credential().equals(OPS) || Rig.text(turn).equals("a") ? Rig.down() : Rig.ok(turn));
      rig.queue(apart(OPS, "a"));
      IntStream.range(0, 10).forEach(n -> rig.queue(inLine(WEB, "b")));
      rig.pass(Duration.ofSeconds(10));
      assertThat(rig.opened.records().sums().entries().delivered()).isEqualTo(10);
    }
  }

  @Test
  void replay_and_resume_wake_their_lane() {
    try (var rig = new Rig(folder)) {
      rig.farSide(_ -> new Outcome.Rejected(Rig.answer(400)));
      var id = rig.queue(apart(OPS, "a"));
      rig.pass(Duration.ofSeconds(5));
      rig.farSide(Rig::ok);
      rig.opened.records().pause(OPS.lane().id(), true);
      rig.opened.records().replay(id, rig.clock.instant());
      rig.pass(Duration.ofMinutes(5));
      assertThat(rig.sent).hasSize(1);
      rig.opened.records().pause(OPS.lane().id(), false);
      rig.pass(Duration.ofSeconds(1));
      assertThat(rig.state(id)).isEqualTo(EntryState.DELIVERED);
    }
  }
}
