package campana.relay.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Enqueued.Duplicate;
import campana.relay.outbox.Enqueued.Full;
import campana.relay.outbox.Enqueued.NeedsAttempt;
import campana.relay.outbox.Enqueued.NoThread;
import campana.relay.outbox.Enqueued.Queued;
import campana.relay.outbox.Enqueued.Refused;
import campana.relay.outbox.Enqueued.Unopened;
import campana.relay.outbox.Enqueued.Unproven;
import campana.relay.outbox.Threading.Missing;
import campana.relay.source.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Taking entries.
public abstract class TakingContract extends OutboxContract {
  @Test
  void what_was_taken_is_there_after_a_kill_with_episode_and_dedup_id() {
    var first = receipt(Drafts.once(Drafts.incident(OPS, "fires", "disk", State.FIRING), "e1"));
    startAgain(opened.killed());
    assertThat(turn(OPS.lane()).id()).isEqualTo(first.id());
    var key = text(turn(OPS.lane()));
    assertThat(key).startsWith("{\"thread\":{\"threadKey\":\"c1-");
    assertThat(offer(Drafts.once(Drafts.incident(OPS, "fires", "disk", State.FIRING), "e1")))
        .isEqualTo(new Duplicate(List.of(first)));
    var resolved = queue(Drafts.incident(OPS, "is well", "disk", State.RESOLVED));
    deliver(turn(OPS.lane()));
    assertThat(turn(OPS.lane()).id()).isEqualTo(resolved);
    assertThat(text(turn(OPS.lane()))).startsWith(key.substring(0, 50));
  }

  @Test
  void a_trigger_for_two_destinations_is_planned_once_and_accepted_twice() {
    var both = List.of(Drafts.apart(OPS, "a"), Drafts.apart(WEB, "a"));
    var queued = (Queued) opened.outbox().enqueue("web", both);
    assertThat(queued.receipts())
        .extracting(r -> r.id().lane())
        .containsExactly(OPS.lane().id(), WEB.lane().id());
    var sums = opened.records().sums();
    assertThat(sums.triggers().received()).isEqualTo(1);
    assertThat(sums.triggers().planned()).isEqualTo(1);
    assertThat(sums.entries().accepted()).isEqualTo(2);
  }

  @Test
  void triggers_that_go_nowhere_are_counted() {
    var nowhere = List.of(Fate.FILTERED, Fate.MUTED);
    assertThat(opened.outbox().enqueueAll("web", List.of(), nowhere)).isEqualTo(new Unopened());
    queue(Drafts.once(Drafts.apart(OPS, "a"), "1"));
    offer(Drafts.once(Drafts.apart(OPS, "a"), "1"));
    assertThat(offer(Drafts.incident(OPS, "is well", "disk", State.RESOLVED)))
        .isEqualTo(new Unopened());
    assertThat(opened.records().sums().triggers()).isEqualTo(new Sums.Triggers(5, 1, 2, 1, 1));
  }

  @Test
  void the_triggers_of_one_request_are_taken_together_and_counted_one_by_one() {
    var one = Drafts.once(Drafts.apart(OPS, "a"), "1");
    var other = List.of(Drafts.once(Drafts.apart(OPS, "b"), "2"), Drafts.apart(WEB, "b"));
    var again = Drafts.once(Drafts.apart(OPS, "a"), "1");
    var queued =
        (Queued)
            opened
                .outbox()
                .enqueueAll(
                    "web", List.of(List.of(one), other, List.of(again)), List.of(Fate.FILTERED));
    assertThat(queued.receipts()).hasSize(3);
    assertThat(opened.records().sums().triggers()).isEqualTo(new Sums.Triggers(4, 1, 1, 0, 2));
    assertThat(drain(OPS.lane())).containsExactly("a", "b");
  }

  @Test
  void where_one_trigger_of_a_request_finds_no_room_none_is_stored_and_a_repetition_takes_all() {
    for (var n = 0; n < CAPS.perLane() - 1; n++) {
      queue(Drafts.apart(OPS, "before"));
    }
    var request =
        List.of(
            List.of(Drafts.once(Drafts.incident(WEB, "a", "disk", State.FIRING), "1")),
            List.of(Drafts.once(Drafts.apart(OPS, "b"), "2")),
            List.of(Drafts.once(Drafts.apart(OPS, "c"), "3")));
    var before = opened.records().sums();
    assertThat(opened.outbox().enqueueAll("web", request, List.of(Fate.MUTED)))
        .isInstanceOf(Full.class);
    assertThat(opened.records().sums()).isEqualTo(before);
    assertThat(opened.records().incidents(10)).isEmpty();
    deliver(turn(OPS.lane()));
    var queued = (Queued) opened.outbox().enqueueAll("web", request, List.of());
    assertThat(queued.receipts()).hasSize(3);
    assertThat(opened.outbox().enqueueAll("web", request, List.of()))
        .as("the answer was lost, and the sender tries again")
        .isEqualTo(new Duplicate(queued.receipts()));
    assertThat(drain(WEB.lane())).containsExactly("a");
  }

  @Test
  void a_repetition_with_one_more_trigger_queues_that_one_alone() {
    var known = List.of(Drafts.once(Drafts.apart(OPS, "a"), "1"));
    var added = List.of(Drafts.once(Drafts.apart(OPS, "b"), "2"));
    opened.outbox().enqueueAll("web", List.of(known), List.of());
    var queued = (Queued) opened.outbox().enqueueAll("web", List.of(known, added), List.of());
    assertThat(queued.receipts()).hasSize(1);
    assertThat(drain(OPS.lane())).containsExactly("a", "b");
  }

  @Test
  void one_id_is_one_entry_within_its_window_and_in_its_scope() {
    var draft = Drafts.once(Drafts.apart(OPS, "a"), "1");
    queue(draft);
    assertThat(offer(draft)).isInstanceOf(Duplicate.class);
    assertThat(offer(Drafts.once(Drafts.apart(OPS, "a"), "2"))).isInstanceOf(Queued.class);
    assertThat(offer(Drafts.once(Drafts.apart(WEB, "a"), "1"))).isInstanceOf(Queued.class);
    clock.advance(Duration.ofHours(24));
    assertThat(offer(draft)).isInstanceOf(Queued.class);
  }

  @Test
  void the_id_of_a_dead_an_expired_or_a_discarded_entry_queues_again() {
    var draft = Drafts.once(Drafts.keepTrying(Drafts.apart(OPS, "a"), Duration.ofHours(1)), "1");
    var first = queue(draft);
    settle(first, OPS.lane(), new Step.Bury("400"));
    var second = queue(draft);
    opened.records().discard(second, clock.instant());
    var third = queue(draft);
    clock.advance(Duration.ofHours(1));
    opened.watch().look(clock.instant(), ALARM_AFTER);
    assertThat(state(third)).isEqualTo(EntryState.EXPIRED);
    queue(draft);
    deliver(turn(OPS.lane()));
    assertThat(offer(draft)).as("a delivered one is known").isInstanceOf(Duplicate.class);
  }

  @Test
  void one_requestId_is_drawn_and_kept() {
    var id = queue(Drafts.apart(OPS, "a"));
    var drawn = turn(OPS.lane()).requestId();
    assertThat(drawn).hasSize(36);
    settle(id, OPS.lane(), new Step.Retry(true));
    assertThat(turn(OPS.lane()).requestId()).isEqualTo(drawn);
    assertThat(turn(OPS.lane()).unanswered()).isTrue();
    settle(id, OPS.lane(), new Step.Bury("400"));
    opened.records().replay(id, clock.instant());
    assertThat(turn(OPS.lane()).requestId()).isEqualTo(drawn);
  }

  @Test
  void a_title_may_be_any_text() {
    var ids = List.of(queue(Drafts.apart(OPS, "a\0b")), queue(Drafts.apart(OPS, "c\uD83D")));
    assertThat(title(ids.getFirst())).matches("a[\0\uFFFD]b");
    assertThat(title(ids.getLast())).startsWith("c").hasSize(2);
    assertThat(title(queue(Drafts.apart(OPS, "\uD83D\uDE00")))).isEqualTo("\uD83D\uDE00");
  }

  @Test
  void addresses_are_on_disk_but_nobody_reads_them_there() {
    queue(Drafts.apart(OPS, "words to be found"));
    var bytes = new String(opened.bytes(), StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains("words to be found").doesNotContain(Drafts.TOKEN);
    assertThat(turn(OPS.lane()).credential().url().revealed()).contains(Drafts.TOKEN);
  }

  @Test
  void the_backlog_is_bounded_and_so_is_each_lane() {
    for (var n = 0; n < CAPS.perLane(); n++) {
      queue(Drafts.apart(OPS, "a"));
    }
    assertThat(offer(Drafts.apart(OPS, "a"))).isInstanceOf(Full.class);
    for (var lane = 0; lane < 4; lane++) {
      for (var n = 0; n < CAPS.perLane(); n++) {
        queue(Drafts.apart(Drafts.vouched("d" + lane, "L" + lane), "a"));
      }
    }
    assertThat(offer(Drafts.apart(WEB, "a"))).isInstanceOf(Full.class);
    deliver(turn(OPS.lane()));
    assertThat(offer(Drafts.apart(WEB, "a"))).isInstanceOf(Queued.class);
  }

  @Test
  void nothing_is_taken_while_the_disk_is_almost_full() {
    opened.diskLow(true);
    assertThat(offer(Drafts.apart(OPS, "a"))).isInstanceOf(Full.class);
    assertThat(opened.records().sums().triggers().received()).isZero();
    opened.diskLow(false);
    queue(Drafts.apart(OPS, "a"));
  }

  @Test
  void an_unproven_credential_holds_20_entries_and_1_mib() {
    var stranger = Drafts.brought("AAA", "s");
    for (var n = 0; n < 20; n++) {
      queue(Drafts.inLine(stranger, "a"));
    }
    assertThat(offer(Drafts.inLine(stranger, "a"))).isInstanceOf(Unproven.class);
    var large = "x".repeat(600_000);
    var other = Drafts.brought("AAA", "o");
    queue(Drafts.inLine(other, large));
    assertThat(offer(Drafts.inLine(other, large))).isInstanceOf(Unproven.class);
    deliver(turn(OPS.lane()));
    assertThat(offer(Drafts.inLine(stranger, "a"))).as("proven now").isInstanceOf(Queued.class);
  }

  @Test
  void strangers_make_no_lanes_without_end() {
    for (var n = 0; n < 3; n++) {
      queue(Drafts.inLine(Drafts.brought("S" + n, "t"), "a"));
    }
    assertThat(offer(Drafts.inLine(Drafts.brought("S9", "t"), "a"))).isInstanceOf(Full.class);
    assertThat(offer(Drafts.inLine(Drafts.brought("S0", "t"), "a"))).isInstanceOf(Queued.class);
    assertThat(offer(Drafts.apart(OPS, "a"))).as("the config's lanes").isInstanceOf(Queued.class);
    opened.records().discard(queue(Drafts.apart(WEB, "a")), clock.instant());
    deliver(turn(Drafts.brought("S0", "t").lane()));
    assertThat(offer(Drafts.inLine(Drafts.brought("S9", "t"), "a"))).isInstanceOf(Queued.class);
  }

  @Test
  void a_refused_unproven_credential_loses_its_entries_and_is_refused_at_once_for_an_hour() {
    var stranger = Drafts.brought("AAA", "s");
    var first = queue(Drafts.inLine(stranger, "a"));
    var second = queue(Drafts.inLine(stranger, "b"));
    settle(first, stranger.lane(), new Step.Refuse("403: no"));
    assertThat(state(first)).isEqualTo(EntryState.DEAD);
    assertThat(state(second)).isEqualTo(EntryState.DEAD);
    assertThat(offer(Drafts.inLine(stranger, "c"))).isEqualTo(new Refused("403: no"));
    assertThat(next(stranger.lane())).isEqualTo(new Next.Nothing());
    clock.advance(Duration.ofHours(1));
    queue(Drafts.inLine(stranger, "c"));
  }

  @Test
  void a_reply_that_must_not_open_a_thread_is_queued_only_where_the_thread_is_known() {
    var sender = Drafts.brought("AAA", "s");
    assertThat(offer(Drafts.wireKey(sender, "a", "build", Missing.FAIL)))
        .isEqualTo(new NeedsAttempt(Trust.UNPROVEN));
    var opener = queue(Drafts.wireKey(sender, "a", "build", Missing.FALLBACK));
    queue(Drafts.wireKey(sender, "b", "build", Missing.FAIL));
    assertThat(offer(Drafts.wireKey(Drafts.brought("AAA", "o"), "c", "build", Missing.FAIL)))
        .as("keys belong to the webhook")
        .isInstanceOf(NeedsAttempt.class);
    deliver(turn(sender.lane()));
    deliver(turn(sender.lane()));
    queue(Drafts.wireKey(sender, "d", "build", Missing.FAIL));
    queue(Drafts.reply(sender, "e", opener, Missing.FAIL));
    var unknown = new EntryId(sender.lane().id(), 99);
    assertThat(offer(Drafts.reply(sender, "f", unknown, Missing.FAIL))).isEqualTo(new NoThread());
  }
}
