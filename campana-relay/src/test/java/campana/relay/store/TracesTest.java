package campana.relay.store;

import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Caps;
import campana.relay.outbox.Credential;
import campana.relay.outbox.Draft;
import campana.relay.outbox.Drafts;
import campana.relay.outbox.Enqueued;
import campana.relay.source.State;
import campana.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is new is not looked for, and what is known is found all the same.
class TracesTest {
  private static final Credential OPS = Drafts.vouched("ops", "AAA");
  private static final Credential WEB = Drafts.vouched("web", "AAA");

  private final Random random = new Random(4);

  @TempDir Path folder;

  private static LaterKey key(long number) {
    return LaterKey.of(OPS.lane(), "web", Placing.hash("k" + number));
  }

  @Test
  void a_key_that_was_added_may_be_there_and_hardly_any_other() {
    var traces = new Traces();
    for (int n = 0; n < 200_000; n++) {
      traces.add(key(n).hash());
      assertThat(traces.mayHave(key(n))).isTrue();
    }
    int wrong = 0;
    for (int n = 0; n < 200_000; n++) {
      assertThat(traces.mayHave(key(n))).isTrue();
      wrong += traces.mayHave(key(1_000_000 + n)) ? 1 : 0;
    }
    assertThat(wrong).isLessThan(4_000);
    assertThat(traces.keys()).isBetween(190_000, 200_000);
  }

  @Test
  void keys_are_in_the_order_of_their_table() {
    for (int n = 0; n < 1_000; n++) {
      var one = Placing.hash("a" + n);
      var other = Placing.hash("b" + n);
      assertThat(Integer.signum(at(one).compareTo(at(other))))
          .isEqualTo(Integer.signum(Arrays.compareUnsigned(one, other)));
    }
    assertThat(at(new byte[16])).isEqualTo(at(new byte[16])).isEqualByComparingTo(at(new byte[16]));
    assertThat(LaterKey.of(OPS.lane(), "web", new byte[16]))
        .isNotEqualTo(LaterKey.of(OPS.lane(), "well", new byte[16]))
        .isLessThan(LaterKey.of(OPS.lane(), "well", new byte[16]));
  }

  private static LaterKey at(byte[] hash) {
    return LaterKey.of(OPS.lane(), "web", hash);
  }

  private Draft some() {
    var subject = "s" + random.nextInt(40);
    var state =
        switch (random.nextInt(4)) {
          case 0 -> State.RESOLVED;
          case 1 -> State.UPDATE;
          default -> State.FIRING;
        };
    var draft = Drafts.incident(random.nextInt(4) == 0 ? WEB : OPS, subject, subject, state);
    return Drafts.once(draft, "id" + random.nextInt(150));
  }

  private static Enqueued offered(SqliteOpened to, Draft draft) {
    return to.outbox().enqueue(draft.route(), List.of(draft));
  }

  private static SqliteOpened killed(SqliteOpened opened) {
    try (opened) {
      return opened.killed();
    }
  }

  /// Whoever never tidies never learns what the tables have, and looks for everything in them.
  @Test
  void one_who_has_learnt_answers_as_one_who_looks_up_everything() {
    var clock = new ManualClock();
    var learnt = SqliteOpened.at(folder.resolve("a/a"), Caps.DEFAULT, Duration.ofHours(9), clock);
    var looks = SqliteOpened.at(folder.resolve("b/b"), Caps.DEFAULT, Duration.ofHours(9), clock);
    var kinds = new HashSet<Class<?>>();
    try {
      for (int n = 0; n < 500; n++) {
        var draft = some();
        var answer = offered(learnt, draft);
        assertThat(answer).isEqualTo(offered(looks, draft));
        kinds.add(answer.getClass());
        switch (random.nextInt(40)) {
          case 0 -> learnt = killed(learnt);
          case 1 -> clock.advance(Duration.ofMinutes(9));
          case 2, 3, 4 -> tidy(learnt, clock.instant());
          case 5, 6, 7, 8, 9 -> clock.advance(Duration.ofSeconds(10));
          default -> {}
        }
      }
      assertThat(kinds)
          .containsOnly(Enqueued.Queued.class, Enqueued.Duplicate.class, Enqueued.Unopened.class);
    } finally {
      learnt.close();
      looks.close();
    }
  }

  private static void tidy(SqliteOpened opened, Instant now) {
    var never = Instant.EPOCH;
    while (opened.watch().tidy(never, never, never, never, now)) {}
  }
}
