package campana.relay.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Records.Replayed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Replay, expiry, alarms.
public abstract class CareContract extends OutboxContract {
  private Watch.Looked look() {
    return opened.watch().look(clock.instant(), ALARM_AFTER);
  }

  @Test
  void a_dead_letter_is_replayed_under_its_requestId_whatever_its_dedup_id() {
    var draft = Drafts.once(Drafts.apart(OPS, "a"), "1");
    var id = queue(draft);
    settle(id, OPS.lane(), new Step.Bury("400: bad"));
    assertThat(entry(id).reason()).isEqualTo("400: bad");
    assertThat(opened.records().replay(id, clock.instant())).isEqualTo(new Replayed.Waiting(false));
    assertThat(opened.records().replay(id, clock.instant()))
        .isEqualTo(new Replayed.NotDead(EntryState.WAITING));
    assertThat(turn(OPS.lane()).id()).isEqualTo(id);
    settle(id, OPS.lane(), new Step.Bury("400: bad"));
    clock.advance(Duration.ofDays(8));
    assertThat(opened.records().replay(id, clock.instant())).isEqualTo(new Replayed.Waiting(true));
    deliver(turn(OPS.lane()));
    assertThat(opened.records().replay(id, clock.instant()))
        .isEqualTo(new Replayed.NotDead(EntryState.DELIVERED));
    assertThat(opened.records().replay(new EntryId(OPS.lane().id(), 99), clock.instant()))
        .isEqualTo(new Replayed.Gone());
  }

  @Test
  void a_replay_asks_again_though_the_webhook_was_refused_and_waits_as_long_as_at_first() {
    var stranger = Drafts.brought("AAA", "s");
    var id = queue(Drafts.keepTrying(Drafts.inLine(stranger, "a"), Duration.ofHours(1)));
    settle(id, stranger.lane(), new Step.Refuse("403: no"));
    clock.advance(Duration.ofMinutes(90));
    assertThat(opened.records().replay(id, clock.instant())).isInstanceOf(Replayed.Waiting.class);
    clock.advance(Duration.ofMinutes(59));
    assertThat(look().expired()).isZero();
    deliver(turn(stranger.lane()));
    for (var n = 0; n <= CAPS.unprovenEntries(); n++) {
      queue(Drafts.inLine(stranger, "trusted now"));
    }
  }

  @Test
  void dead_letters_are_listed_newest_first_page_by_page() {
    for (var n = 1; n <= 5; n++) {
      settle(queue(Drafts.apart(OPS, "a" + n)), OPS.lane(), new Step.Bury("400"));
      clock.advance(Duration.ofSeconds(n % 2));
    }
    var first = opened.records().entries(EntryState.DEAD, Optional.empty(), 3);
    assertThat(first).extracting(Entry::title).containsExactly("a5", "a4", "a3");
    var last = Optional.of(first.getLast().id());
    assertThat(opened.records().entries(EntryState.DEAD, last, 3))
        .extracting(Entry::title)
        .containsExactly("a2", "a1");
  }

  @Test
  void a_dead_or_waiting_entry_is_discarded_once() {
    var id = queue(Drafts.apart(OPS, "a"));
    assertThat(opened.records().discard(id, clock.instant())).isTrue();
    assertThat(opened.records().discard(id, clock.instant())).isFalse();
    var dead = queue(Drafts.apart(OPS, "b"));
    settle(dead, OPS.lane(), new Step.Bury("400"));
    assertThat(opened.records().discard(dead, clock.instant())).isTrue();
    assertThat(opened.records().sums().entries().discarded()).isEqualTo(2);
    assertThat(next(OPS.lane())).isEqualTo(new Next.Nothing());
  }

  @Test
  void one_that_waits_longer_than_keep_trying_expires_wherever_it_stands() {
    queue(Drafts.apart(OPS, "a"));
    var short_ = queue(Drafts.keepTrying(Drafts.apart(OPS, "b"), Duration.ofMinutes(1)));
    clock.advance(Duration.ofMinutes(1));
    assertThat(look().expired()).isEqualTo(1);
    assertThat(state(short_)).isEqualTo(EntryState.EXPIRED);
    assertThat(look().expired()).isZero();
    clock.advance(Duration.ofHours(24));
    assertThat(look().expired()).isEqualTo(1);
  }

  @Test
  void a_lane_with_a_late_entry_is_untold_until_nothing_is_late() {
    queue(Drafts.apart(OPS, "a"));
    clock.advance(ALARM_AFTER.minusMillis(1));
    assertThat(look().late()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(look().late()).isEqualTo(1);
    assertThat(opened.watch().untold())
        .singleElement()
        .satisfies(untold -> {
          assertThat(untold.lane()).isEqualTo(OPS.lane());
          assertThat(untold.destinations()).containsExactly("ops");
        });
    var notice = Drafts.apart(WEB, "ops is not reached");
    opened.watch().told(OPS.lane(), List.of(notice), clock.instant());
    assertThat(opened.watch().untold()).as("told once").isEmpty();
    assertThat(drain(WEB.lane())).containsExactly("ops is not reached");
    assertThat(lane(OPS.lane()).untoldSince()).isNotNull();
    drain(OPS.lane());
    assertThat(lane(OPS.lane()).untoldSince()).isNull();
    assertThat(opened.records().sums().triggers().received())
        .as("notices are no triggers")
        .isEqualTo(1);
  }

  @Test
  void critical_entries_of_a_held_or_late_lane_are_carried_once() {
    var id = queue(Drafts.urgent(Drafts.apart(OPS, "a")));
    queue(Drafts.apart(OPS, "harmless"));
    settle(id, OPS.lane(), new Step.Hold("403", clock.instant().plusSeconds(60)));
    assertThat(opened.watch().untold())
        .extracting(Watch.Untold::why)
        .containsExactly(List.of("403"));
    var looked = look();
    assertThat(looked.untold()).extracting(Watch.Critical::id).containsExactly(id);
    var copies = List.of(Drafts.apart(WEB, "[ops] a"));
    opened.watch().carried(id, copies, clock.instant());
    opened.watch().carried(id, List.of(), clock.instant());
    var later = queue(Drafts.urgent(Drafts.apart(OPS, "b")));
    assertThat(look().untold()).extracting(Watch.Critical::id).containsExactly(later);
    clock.advance(ALARM_AFTER);
    assertThat(look().untold()).isEmpty();
    assertThat(drain(WEB.lane())).containsExactly("[ops] a");
  }

  @Test
  void of_a_lane_that_others_reach_those_are_named_that_are_refused() {
    var other = Credential.of(Drafts.url("AAA", "other" + Drafts.TOKEN), "sala");
    queue(Drafts.apart(OPS, "reached"));
    deliver(turn(OPS.lane()));
    var id = queue(Drafts.apart(other, "a"));
    settle(id, OPS.lane(), new Step.Hold("403", clock.instant().plusSeconds(60)));
    var untold = opened.watch().untold().getFirst();
    assertThat(untold.destinations()).containsExactlyInAnyOrder("ops", "sala");
    assertThat(untold.named()).containsExactly("sala");
    opened.records().pause(OPS.lane().id(), true);
    assertThat(opened.watch().untold().getFirst().named()).hasSize(2);
  }

  @Test
  void a_paused_lane_sends_nothing_and_is_told() {
    queue(Drafts.apart(OPS, "a"));
    assertThat(opened.records().pause(OPS.lane().id(), true)).isTrue();
    assertThat(next(OPS.lane())).isEqualTo(new Next.Nothing());
    assertThat(opened.watch().untold()).extracting(Watch.Untold::paused).containsExactly(true);
    opened.records().pause(OPS.lane().id(), false);
    assertThat(opened.watch().untold()).isEmpty();
    assertThat(drain(OPS.lane())).containsExactly("a");
    assertThat(opened.records().pause("nowhere", true)).isFalse();
  }

  @Test
  void a_destination_with_a_new_address_sends_its_queue_there() {
    queue(Drafts.keyed(OPS, "a1", "a"));
    queue(Drafts.keyed(OPS, "a2", "a"));
    settle(
        turn(OPS.lane()).id(), OPS.lane(), new Step.Hold("403", clock.instant().plusSeconds(60)));
    assertThat(next(OPS.lane())).isInstanceOf(Next.NotBefore.class);
    var renewed = Credential.of(Drafts.url("AAA", "renewed"), "ops");
    opened.watch().adopt(List.of(WEB, renewed), clock.instant());
    assertThat(turn(OPS.lane()).credential()).isEqualTo(renewed);
    assertThat(drain(OPS.lane())).containsExactly("a1", "a2");
    assertThat(lane(OPS.lane()).untoldSince()).isNull();
  }

  @Test
  void strangers_that_were_refused_are_forgotten_and_make_room() {
    for (var n = 0; n < 3; n++) {
      var stranger = Drafts.brought("S" + n, "t");
      settle(queue(Drafts.inLine(stranger, "a")), stranger.lane(), new Step.Refuse("403"));
    }
    var other = Drafts.inLine(Drafts.brought("S9", "t"), "a");
    assertThat(offer(other)).isInstanceOf(Enqueued.Full.class);
    clock.advance(Duration.ofHours(1));
    var now = clock.instant();
    var before = now.minus(Duration.ofDays(30));
    assertThat(opened.watch().tidy(before, before, before, before, now)).isFalse();
    queue(other);
    assertThat(lane(Drafts.brought("S0", "t").lane()).credentials()).isEmpty();
  }

  @Test
  void the_overview_says_how_many_lanes_are_in_trouble_and_how_old_the_oldest_entry_is() {
    assertThat(opened.records().overview()).isEqualTo(new Overview(0, 0, 0, 0, 0, 0, null, null));
    var first = queue(Drafts.urgent(Drafts.apart(OPS, "a")));
    var begin = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    queue(Drafts.apart(OPS, "b"));
    queue(Drafts.inLine(Drafts.brought("CCC", "stranger"), "c"));
    assertThat(opened.records().overview()).isEqualTo(new Overview(2, 2, 0, 0, 0, 0, null, begin));
    settle(first, OPS.lane(), new Step.Bury("400"));
    assertThat(opened.records().overview().oldest()).isEqualTo(clock.instant());
    clock.advance(ALARM_AFTER);
    opened.watch().look(clock.instant(), ALARM_AFTER);
    opened.records().pause(Drafts.brought("CCC", "stranger").lane().id(), true);
    assertThat(opened.records().overview())
        .isEqualTo(new Overview(2, 2, 1, 2, 2, 2, clock.instant(), begin.plusSeconds(60)));
  }
}
