package campana.relay.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Backlog.Settled;
import campana.relay.outbox.Step.Doubts;
import campana.relay.outbox.Threading.Missing;
import campana.relay.source.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What goes out, in which order, and what follows.
public abstract class SendingContract extends OutboxContract {
  @Test
  void threads_go_by_priority_then_age_and_within_one_nothing_overtakes() {
    queue(Drafts.keyed(OPS, "a1", "a"));
    queue(Drafts.keyed(OPS, "b1", "b"));
    queue(Drafts.urgent(Drafts.keyed(OPS, "c1", "c")));
    queue(Drafts.keyed(OPS, "a2", "a"));
    queue(Drafts.urgent(Drafts.keyed(OPS, "b2", "b")));
    // b1 goes before a1 because of b2, which waits behind it
    assertThat(drain(OPS.lane())).containsExactly("c1", "b1", "b2", "a1", "a2");
  }

  @Test
  void posts_without_a_thread_go_in_their_order_and_lanes_do_not_mix() {
    var sender = Drafts.brought("AAA", "s");
    for (var n = 1; n <= 5; n++) {
      queue(Drafts.inLine(sender, "a" + n));
      queue(Drafts.apart(WEB, "w" + n));
    }
    assertThat(drain(sender.lane())).containsExactly("a1", "a2", "a3", "a4", "a5");
    assertThat(drain(WEB.lane())).hasSize(5);
  }

  @Test
  void an_episode_is_one_thread_and_its_resolution_comes_last() {
    queue(Drafts.incident(OPS, "fires", "disk", State.FIRING));
    queue(Drafts.incident(OPS, "grows", "disk", State.UPDATE));
    queue(Drafts.incident(OPS, "is well", "disk", State.RESOLVED));
    var first = turn(OPS.lane());
    var thread = text(first).substring(0, text(first).indexOf("\"text\""));
    assertThat(thread).matches("\\{\"thread\":\\{\"threadKey\":\"c1-[a-z2-7]{32}\"},");
    deliver(first);
    assertThat(text(turn(OPS.lane()))).isEqualTo(thread + "\"text\":\"grows\"}");
    deliver(turn(OPS.lane()));
    assertThat(text(turn(OPS.lane()))).isEqualTo(thread + "\"text\":\"is well\"}");
    deliver(turn(OPS.lane()));
    clock.advance(Duration.ofMinutes(6));
    queue(Drafts.incident(OPS, "fires again", "disk", State.FIRING));
    assertThat(text(turn(OPS.lane()))).doesNotContain(thread);
  }

  @Test
  void unproven_credentials_have_the_slots_that_nobody_else_wants_and_one_in_ten() {
    var stranger = Drafts.brought("AAA", "s");
    queue(Drafts.inLine(stranger, "s"));
    queue(Drafts.apart(OPS, "a"));
    assertThat(turn(OPS.lane()).credential().id()).isEqualTo(OPS.id());
    var due = (Next.Try) next(OPS.lane(), new Order(9, false));
    assertThat(due.turn().credential().id()).isEqualTo(stranger.id());
    assertThat(due.turn().trust()).isEqualTo(Trust.UNPROVEN);
    deliver(turn(OPS.lane()));
    assertThat(turn(OPS.lane()).credential().id()).isEqualTo(stranger.id());
  }

  @Test
  void a_held_credential_stands_back_alone_is_probed_and_comes_back_in_order() {
    var other = Credential.of(Drafts.url("AAA", "other"), "other");
    var a1 = queue(Drafts.inLine(OPS, "a1"));
    queue(Drafts.inLine(OPS, "a2"));
    queue(Drafts.inLine(other, "b1"));
    var probeAt = clock.instant().plusSeconds(60);
    settle(a1, OPS.lane(), new Step.Hold("403: gone", probeAt));
    assertThat(drain(OPS.lane())).containsExactly("b1");
    queue(Drafts.inLine(OPS, "a3"));
    assertThat(next(OPS.lane())).isEqualTo(new Next.NotBefore(probeAt));
    var key =
        lane(OPS.lane()).credentials().stream().filter(k -> k.id().equals(OPS.id())).findFirst();
    assertThat(key.orElseThrow().trust()).isEqualTo(Trust.HELD);
    assertThat(key.orElseThrow().reason()).isEqualTo("403: gone");
    clock.advance(Duration.ofMinutes(1));
    var probe = turn(OPS.lane());
    assertThat(probe.id()).isEqualTo(a1);
    assertThat(probe.probes()).isEqualTo(1);
    settle(a1, OPS.lane(), new Step.Hold("403: gone", probeAt.plusSeconds(300)));
    assertThat(next(OPS.lane())).isEqualTo(new Next.NotBefore(probeAt.plusSeconds(300)));
    clock.advance(Duration.ofMinutes(5));
    assertThat(turn(OPS.lane()).probes()).isEqualTo(2);
    assertThat(drain(OPS.lane())).containsExactly("a1", "a2", "a3");
  }

  @Test
  void a_thread_whose_head_fails_stands_back_and_others_pass() {
    var bad = queue(Drafts.keyed(OPS, "bad", "a"));
    queue(Drafts.keyed(OPS, "behind", "a"));
    queue(Drafts.keyed(OPS, "other", "b"));
    var retryAt = clock.instant().plusSeconds(16);
    settle(bad, OPS.lane(), new Step.StandBack(false, retryAt, false));
    queue(Drafts.keyed(OPS, "behind, too", "a"));
    assertThat(drain(OPS.lane())).containsExactly("other");
    assertThat(next(OPS.lane())).isEqualTo(new Next.NotBefore(retryAt));
    clock.advance(Duration.ofSeconds(16));
    assertThat(turn(OPS.lane()).aside()).isTrue();
    assertThat(drain(OPS.lane())).containsExactly("bad", "behind", "behind, too");
  }

  @Test
  void it_is_a_dead_letter_after_20_failures_of_which_others_pass_between() {
    var bad = queue(Drafts.keyed(OPS, "bad", "a"));
    for (var n = 0; n < 4; n++) {
      settle(bad, OPS.lane(), new Step.Retry(false));
    }
    settle(bad, OPS.lane(), new Step.StandBack(false, clock.instant(), false));
    for (var failures = 5; failures < 20; failures++) {
      pass(Doubts.COUNT);
      assertThat(state(bad)).as("%d failures", failures).isEqualTo(EntryState.WAITING);
      settle(bad, OPS.lane(), new Step.StandBack(false, clock.instant(), false));
    }
    queue(Drafts.keyed(OPS, "behind", "a"));
    pass(Doubts.COUNT);
    assertThat(state(bad)).isEqualTo(EntryState.DEAD);
    assertThat(entry(bad).reason()).contains("20 times");
    assertThat(drain(OPS.lane())).containsExactly("behind");
  }

  @Test
  void nothing_counts_while_the_far_side_is_down() {
    var bad = queue(Drafts.keyed(OPS, "bad", "a"));
    for (var n = 0; n < 30; n++) {
      settle(bad, OPS.lane(), new Step.StandBack(false, clock.instant(), true));
    }
    pass(Doubts.FORGIVE);
    assertThat(turn(OPS.lane()).aside()).isFalse();
    assertThat(turn(OPS.lane()).failures()).isZero();
    assertThat(drain(OPS.lane())).containsExactly("bad");
  }

  private void pass(Doubts doubts) {
    var other = queue(Drafts.apart(OPS, "other"));
    settle(other, OPS.lane(), new Step.Finish("m", "t", doubts));
  }

  @Test
  void who_has_lost_the_lease_stores_nothing() {
    var id = queue(Drafts.apart(OPS, "a"));
    assertThat(opened.rival().lease(clock.instant())).isEmpty();
    clock.advance(Duration.ofSeconds(5));
    opened.backlog().renew(clock.instant());
    clock.advance(Duration.ofSeconds(5));
    assertThat(opened.rival().lease(clock.instant())).as("renewed").isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(opened.rival().lease(clock.instant())).hasSize(1);
    assertThat(settle(id, OPS.lane(), new Step.Bury("x"))).isEqualTo(new Settled(false, false));
    assertThat(state(id)).isEqualTo(EntryState.WAITING);
  }

  @Test
  void after_a_kill_all_leases_are_void_and_what_waits_is_leased() {
    queue(Drafts.apart(OPS, "a"));
    queue(Drafts.apart(WEB, "a"));
    drain(WEB.lane());
    startAgain(opened.killed());
    assertThat(opened.backlog().lease(clock.instant()))
        .extracting(Backlog.Held::lane)
        .containsExactly(OPS.lane());
  }

  @Test
  void a_reply_to_a_provisional_thread_waits_for_its_opener_and_gets_the_real_name() {
    var sender = Drafts.brought("AAA", "s");
    var opener = receipt(Drafts.inLine(sender, "first"));
    var reply = receipt(Drafts.reply(sender, "reply", opener.id(), Missing.FALLBACK));
    assertThat(reply.threadName()).isEqualTo(opener.threadName());
    assertThat(reply.messageName()).startsWith(opener.messageName().split("\\.", 2)[0]);
    assertThat(turn(sender.lane()).id()).isEqualTo(opener.id());
    deliver(turn(sender.lane()));
    assertThat(text(turn(sender.lane())))
        .isEqualTo("{\"thread\":{\"name\":\"spaces/S/threads/T1\"},\"text\":\"reply\"}");
    deliver(turn(sender.lane()));
    clock.advance(Duration.ofDays(29));
    tidy();
    queue(Drafts.reply(sender, "late", opener.id(), Missing.FALLBACK));
    assertThat(text(turn(sender.lane()))).contains("spaces/S/threads/T1");
  }

  @Test
  void if_the_opener_died_a_fallback_opens_a_thread_for_all_and_a_fail_is_lost() {
    var sender = Drafts.brought("AAA", "s");
    var opener = queue(Drafts.inLine(sender, "first"));
    var before = queue(Drafts.reply(sender, "before", opener, Missing.FALLBACK));
    var fails = queue(Drafts.reply(sender, "fails", opener, Missing.FAIL));
    settle(opener, sender.lane(), new Step.Bury("400"));
    assertThat(turn(sender.lane()).id()).isEqualTo(before);
    assertThat(text(turn(sender.lane()))).isEqualTo("{\"text\":\"before\"}");
    deliver(turn(sender.lane()));
    assertThat(text(turn(sender.lane()))).as("the one that took its place").contains("T2");
    deliver(turn(sender.lane()));
    queue(Drafts.reply(sender, "after", opener, Missing.FALLBACK));
    assertThat(text(turn(sender.lane()))).contains("T2");
    assertThat(state(fails)).isEqualTo(EntryState.DELIVERED);
    var lonely = queue(Drafts.wireKey(sender, "x", "k", Missing.FALLBACK));
    queue(Drafts.reply(sender, "y", lonely, Missing.FAIL));
    deliver(turn(sender.lane()));
    settle(lonely, sender.lane(), new Step.Bury("400"));
    assertThat(next(sender.lane())).isInstanceOf(Next.Lost.class);
    opened.backlog().bury(sender.lane(), ((Next.Lost) next(sender.lane())).id(), "lost");
  }

  @Test
  void attempts_are_kept_the_first_five_and_the_last_fifteen() {
    var id = queue(Drafts.apart(OPS, "a"));
    for (var n = 1; n <= 50; n++) {
      opened.backlog().settle(OPS.lane(), id, attempt(503, "no " + n), new Step.Retry(false));
    }
    var kept = opened.records().entry(id).orElseThrow();
    assertThat(kept.entry().attempts()).isEqualTo(50);
    assertThat(kept.attempts()).hasSize(20);
    assertThat(kept.attempts().subList(3, 7))
        .extracting(a -> a.answer().reason())
        .containsExactly("no 4", "no 5", "no 36", "no 37");
    assertThat(kept.attempts().getLast().answer().status()).isEqualTo(503);
    assertThat(kept.entry().reason()).isEqualTo("no 50");
  }

  @Test
  void an_attempt_that_its_sender_waited_for_is_on_record() {
    var sender = Drafts.brought("AAA", "s");
    var draft = Drafts.wireKey(sender, "a", "build", Missing.FAIL);
    opened.backlog().record(draft, "r", attempt(503, "no"), new Step.Retry(true));
    assertThat(opened.records().sums().entries().accepted()).isZero();
    var finish = new Step.Finish("spaces/S/messages/M", "spaces/S/threads/T", Doubts.COUNT);
    opened.backlog().record(draft, "r", attempt(200, ""), finish);
    var delivered = opened.records().entries(EntryState.DELIVERED, Optional.empty(), 10);
    assertThat(delivered).extracting(Entry::messageName).containsExactly("spaces/S/messages/M");
    assertThat(offer(draft)).as("the key is known now").isInstanceOf(Enqueued.Queued.class);
    opened
        .backlog()
        .record(
            Drafts.inLine(Drafts.brought("AAA", "x"), "a"),
            "r",
            attempt(403, "no"),
            new Step.Refuse("403"));
    assertThat(offer(Drafts.inLine(Drafts.brought("AAA", "x"), "a")))
        .isEqualTo(new Enqueued.Refused("403"));
  }

  @Test
  void two_attempts_at_once_of_one_request_are_one_entry() {
    var reply = Drafts.wireKey(Drafts.brought("AAA", "s"), "a", "build", Missing.FAIL);
    var draft = Drafts.once(reply, "request-1");
    var finish = new Step.Finish("spaces/S/messages/M", "spaces/S/threads/T", Doubts.COUNT);
    opened.backlog().record(draft, "request-1", attempt(200, ""), finish);
    opened.backlog().record(draft, "request-1", attempt(200, ""), finish);
    assertThat(opened.records().sums().entries().accepted()).isEqualTo(1);
    assertThat(opened.records().sums().triggers().duplicate()).isEqualTo(1);
    assertThat(offer(draft)).isInstanceOf(Enqueued.Duplicate.class);
  }

  private void tidy() {
    var now = clock.instant();
    var month = now.minus(Duration.ofDays(30));
    while (opened.watch().tidy(now, now, now, month, now)) {}
  }

  @Test
  void what_grew_old_is_deleted_and_the_sums_stay() {
    deliver(turnOf(Drafts.apart(OPS, "a")));
    var dead = queue(Drafts.apart(OPS, "b"));
    settle(dead, OPS.lane(), new Step.Bury("400"));
    clock.advance(Duration.ofDays(31));
    var before = opened.records().sums();
    tidy();
    assertThat(opened.records().sums()).isEqualTo(before);
    for (var state : List.of(EntryState.DELIVERED, EntryState.DEAD)) {
      assertThat(opened.records().entries(state, Optional.empty(), 10)).isEmpty();
    }
    opened.close();
    opened = open(); // the rows are gone, so they cannot be counted
  }

  private Turn turnOf(Draft draft) {
    queue(draft);
    return turn(draft.credential().lane());
  }
}
