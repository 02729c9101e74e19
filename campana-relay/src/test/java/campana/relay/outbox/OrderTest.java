package campana.relay.outbox;

import static campana.relay.outbox.Order.From.ASIDE;
import static campana.relay.outbox.Order.From.PROBE;
import static campana.relay.outbox.Order.From.TRUSTED;
import static campana.relay.outbox.Order.From.UNPROVEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderTest {
  @Test
  void unproven_credentials_have_one_slot_in_ten_while_others_wait() {
    var order = new Order(0, false);
    var unproven = 0;
    for (var slot = 0; slot < 100; slot++) {
      var first =
          order.preference().stream().filter(f -> f == UNPROVEN || f == TRUSTED).findFirst();
      var trust = first.orElseThrow() == UNPROVEN ? Trust.UNPROVEN : Trust.PROVEN;
      unproven += trust == Trust.UNPROVEN ? 1 : 0;
      order = order.after(trust, false);
    }
    assertThat(unproven).isEqualTo(10);
  }

  @Test
  void what_stood_back_never_has_two_slots_in_a_row_while_others_wait() {
    assertThat(new Order(0, false).preference()).containsExactly(PROBE, ASIDE, TRUSTED, UNPROVEN);
    assertThat(new Order(0, true).preference()).containsExactly(PROBE, TRUSTED, ASIDE, UNPROVEN);
  }

  @Test
  void every_class_has_its_turn_when_nobody_else_waits() {
    IntStream.range(0, 12)
        .forEach(n ->
            assertThat(new Order(n, true).preference())
                .containsExactlyInAnyOrder(Order.From.values()));
  }
}
