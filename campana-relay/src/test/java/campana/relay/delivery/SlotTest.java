package campana.relay.delivery;

import static campana.relay.outbox.Drafts.apart;
import static campana.relay.outbox.Drafts.inLine;
import static campana.relay.outbox.Drafts.urgent;
import static campana.relay.outbox.Drafts.vouched;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Credential;
import campana.relay.outbox.EntryId;
import campana.relay.outbox.Outcome;
import campana.relay.outbox.Threading.Missing;
import campana.relay.outbox.Trail;
import campana.relay.outbox.Trust;
import campana.relay.outbox.Turn;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is done before a slot, and at it, in virtual time.
class SlotTest {
  private static final Credential OPS = vouched("ops", "AAA");

  @TempDir Path folder;

  private static List<Long> millis(Rig rig, Instant start) {
    return rig.sent.stream().map(s -> Duration.between(start, s.at()).toMillis()).toList();
  }

  @Test
  void a_lane_with_a_backlog_keeps_its_pace_however_long_the_disk_takes_to_be_read() {
    try (var rig = new Rig(folder).diskTakes(Duration.ofMillis(900))) {
      var start = rig.clock.instant();
      IntStream.rangeClosed(1, 4).forEach(n -> rig.queue(inLine(OPS, "a" + n)));
      rig.pass(Duration.ofSeconds(10));
      assertThat(rig.texts()).containsExactly("a1", "a2", "a3", "a4");
      assertThat(millis(rig, start)).containsExactly(900L, 1920L, 2940L, 3960L);
    }
  }

  @Test
  void a_choice_that_is_late_itself_sends_as_soon_as_it_is_made() {
    try (var rig = new Rig(folder).diskTakes(Duration.ofMillis(1_100))) {
      var start = rig.clock.instant();
      IntStream.rangeClosed(1, 3).forEach(n -> rig.queue(inLine(OPS, "a" + n)));
      rig.pass(Duration.ofSeconds(10));
      assertThat(millis(rig, start)).containsExactly(1100L, 2200L, 3300L);
    }
  }

  @Test
  void what_comes_after_the_choice_may_still_be_first_by_priority() {
    try (var rig = new Rig(folder)) {
      rig.queue(apart(OPS, "a"));
      rig.queue(apart(OPS, "b"));
      var start = rig.clock.instant();
      rig.pass(Duration.ofMillis(900)); // b is chosen
      rig.queue(urgent(apart(OPS, "fire")));
      rig.pass(Duration.ofMillis(80));
      rig.queue(urgent(apart(OPS, "flood")));
      rig.pass(Duration.ofSeconds(5));
      assertThat(rig.texts()).containsExactly("a", "fire", "flood", "b");
      assertThat(millis(rig, start)).containsExactly(0L, 1020L, 2040L, 3060L);
    }
  }

  @Test
  void lanes_that_begin_together_begin_one_after_another_and_stay_apart() {
    try (var rig = new Rig(folder)) {
      for (var lane : List.of("AAA", "BBB", "CCC", "DDD")) {
        rig.queue(apart(vouched(lane, lane), lane + "1"));
        rig.queue(apart(vouched(lane, lane), lane + "2"));
      }
      rig.pass(Duration.ofMillis(10)); // one each
      rig.clock.advance(Duration.ofHours(1));
      rig.sent.clear();
      rig.startAgain();
      var start = rig.clock.instant();
      for (var lane : List.of("AAA", "BBB", "CCC", "DDD")) {
        rig.queue(apart(vouched(lane, lane), lane + "3"));
      }
      rig.pass(Duration.ofSeconds(5));
      assertThat(millis(rig, start)).containsExactly(0L, 1L, 2L, 3L, 1020L, 1021L, 1022L, 1023L);
    }
  }

  @Test
  void a_lane_that_was_used_just_before_a_start_keeps_its_pace_over_it() {
    try (var rig = new Rig(folder)) {
      rig.queue(apart(OPS, "a"));
      rig.queue(apart(OPS, "b"));
      var start = rig.clock.instant();
      rig.pass(Duration.ofMillis(400));
      rig.startAgain();
      rig.pass(Duration.ofSeconds(5));
      assertThat(millis(rig, start)).containsExactly(0L, 1020L);
    }
  }

  @Test
  void who_is_waited_for_gets_the_slot_that_was_chosen_for_another_and_that_one_the_next() {
    try (var rig = new Rig(folder)) {
      IntStream.rangeClosed(1, 3).forEach(n -> rig.queue(inLine(OPS, "a" + n)));
      var start = rig.clock.instant();
      rig.pass(Duration.ofMillis(1010)); // a2 is chosen
      var outcome = new CompletableFuture<Outcome>();
      var until = rig.clock.instant().plusSeconds(10);
      assertThat(rig.dispatcher.attempt(new Direct(inLine(OPS, "now"), turn(rig), until, outcome)))
          .isTrue();
      rig.pass(Duration.ofSeconds(5));
      assertThat(rig.texts()).containsExactly("a1", "now", "a2", "a3");
      assertThat(millis(rig, start)).containsExactly(0L, 1020L, 2040L, 3060L);
      assertThat(outcome).isCompleted();
    }
  }

  private static Turn turn(Rig rig) {
    return new Turn(
        new EntryId(OPS.lane().id(), 0),
        OPS,
        "{\"text\":\"now\"}".getBytes(UTF_8),
        "",
        "direct-1",
        Missing.FAIL,
        0,
        0,
        false,
        Trust.PROVEN,
        0,
        false,
        rig.clock.instant(),
        Trail.NONE);
  }

  @Test
  void what_is_discarded_or_paused_before_its_slot_is_not_sent() {
    try (var rig = new Rig(folder)) {
      rig.queue(apart(OPS, "a"));
      var b = rig.queue(apart(OPS, "b"));
      rig.pass(Duration.ofMillis(900)); // b is chosen
      rig.opened.records().discard(b, rig.clock.instant());
      rig.pass(Duration.ofSeconds(5));
      rig.queue(apart(OPS, "c"));
      rig.queue(apart(OPS, "d"));
      rig.pass(Duration.ofMillis(900)); // d is chosen
      rig.opened.records().pause(OPS.lane().id(), true);
      rig.pass(Duration.ofSeconds(5));
      assertThat(rig.texts()).containsExactly("a", "c");
      rig.opened.records().pause(OPS.lane().id(), false);
      rig.pass(Duration.ofSeconds(1));
      assertThat(rig.texts()).containsExactly("a", "c", "d");
    }
  }

  @Test
  void what_comes_while_a_lane_stands_in_line_for_its_origin_is_looked_at_when_it_gets_in() {
    try (var rig = new Rig(folder)) {
      var now = rig.clock.instant();
      var run = new LaneRun(OPS.lane(), now);
      run.chose(turn(rig));
      run.begin(now, () -> now);
      assertThat(run.takeChosen()).isPresent();
      run.chose(turn(rig));
      run.wake();
      assertThat(run.takeChosen()).isEmpty();
    }
  }
}
