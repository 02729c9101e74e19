package campana.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import campana.server.webhook.WebhookStore.Use;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LastUsesTest {
  private static final Instant MADE = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant USED = Instant.parse("2026-03-02T10:00:00Z");

  private final List<List<Use>> written = new ArrayList<>();
  private boolean full;
  private final LastUses uses =
      new LastUses(part -> {
        if (full && !written.isEmpty()) {
          throw new IllegalStateException("the disk is full");
        }
        written.add(part);
      });

  /// @param number how many seconds after the first one it was made; its space's id tells nothing
  private static LastUse webhook(int number) {
    return new LastUse(new Webhook(space(number), "w", "Bell", "", MADE.plusSeconds(number), null));
  }

  private static String space(int number) {
    return "%08x".formatted(number * 0x9E3779B9);
  }

  private static List<LastUse> inNoOrder(int many) {
    var all = new ArrayList<>(IntStream.range(0, many).mapToObj(LastUsesTest::webhook).toList());
    Collections.shuffle(all, new Random(3));
    return all;
  }

  private List<String> spaces() {
    return written.stream().flatMap(List::stream).map(Use::spaceId).toList();
  }

  private static List<String> asMade(int many) {
    return IntStream.range(0, many).mapToObj(LastUsesTest::space).toList();
  }

  @Test
  void what_was_used_is_written_once_a_round_with_its_newest_time_and_in_the_order_it_was_made() {
    var webhooks = inNoOrder(1_000);
    webhooks.forEach(webhook -> uses.note(webhook, USED));
    webhooks.forEach(webhook -> uses.note(webhook, USED.plusSeconds(1)));

    uses.runOnce();

    assertThat(spaces()).isEqualTo(asMade(1_000));
    assertThat(written)
        .hasSize(4)
        .allSatisfy(
            part -> assertThat(part).extracting(Use::when).containsOnly(USED.plusSeconds(1)));
    uses.runOnce();
    assertThat(written).hasSize(4);
  }

  @Test
  void what_a_full_disk_kept_out_is_written_in_the_next_round() {
    var webhooks = inNoOrder(1_000);
    webhooks.forEach(webhook -> uses.note(webhook, USED));
    full = true;
    assertThatThrownBy(uses::runOnce).hasMessage("the disk is full");
    full = false;
    webhooks.forEach(webhook -> uses.note(webhook, USED.plusSeconds(1)));

    uses.runOnce();

    assertThat(spaces()).containsOnlyOnceElementsOf(asMade(1_000).subList(512, 1_000));
    assertThat(spaces()).contains(space(256), space(511)); // used again since
    uses.runOnce();
    assertThat(spaces()).hasSize(256 + 1_000);
  }
}
