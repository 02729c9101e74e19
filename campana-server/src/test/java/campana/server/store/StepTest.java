package campana.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StepTest {
  private static long entry(long position) {
    return position * 10 + 3; // rising, with others between
  }

  private static Step head(long positions) {
    var head = Step.after(null, entry(1));
    for (var position = 2L; position <= positions; position++) {
      head = Step.after(head, entry(position));
    }
    return head;
  }

  @Test
  void each_step_knows_its_entry_and_jumps_to_where_its_position_says() {
    Step head = null;
    for (var position = 1L; position <= 5000; position++) {
      head = Step.after(head, entry(position));
      assertThat(head.position()).isEqualTo(position);
      assertThat(head.entry()).isEqualTo(entry(position));
      var jump = Step.jumpFrom(position);
      assertThat(jump).isBetween(0L, position - 1);
      assertThat(head.jumpEntry()).isEqualTo(jump == 0 ? 0 : entry(jump));
    }
  }

  @Test
  void any_older_position_is_a_few_steps_away() {
    var chance = new Random(5);
    for (var i = 0; i < 2000; i++) {
      var from = 1 + chance.nextLong(100_000_000_000L);
      var to = 1 + chance.nextLong(from);
      var steps = 0;
      for (var at = from; at > to; steps++) {
        var jump = Step.jumpFrom(at);
        at = jump >= to ? jump : at - 1;
      }
      assertThat(steps).as(from + " to " + to).isLessThan(3 * 37);
    }
  }

  @Test
  void a_path_that_was_written_leads_on_as_the_one_in_memory_does() {
    var read = new HashMap<Long, String>();
    var head = head(3000);
    var again = Step.of(3000, head.path());
    for (var position = 3001L; position < 3300; position++) {
      head = Step.after(head, entry(position));
      again = Step.after(again, entry(position));
      read.put(position, again.path());
      assertThat(again).isEqualTo(head);
    }
    read.forEach((position, path) -> assertThat(Step.of(position, path)).isEqualTo(head(position)));
  }

  @Test
  void what_a_path_lacks_is_gone_and_positions_go_on() {
    var known = new ArrayList<Long>();
    for (var step = Step.of(12, "123 77"); step != null; step = step.jump()) {
      known.add(step.entry());
    }
    assertThat(known).startsWith(123L, 77L).hasSizeGreaterThan(2);
    assertThat(known.subList(2, known.size())).containsOnly(0L);
    assertThat(Step.after(Step.of(12, ""), 500).position()).isEqualTo(13);
    assertThat(Step.of(0, "")).isNull();
  }
}
