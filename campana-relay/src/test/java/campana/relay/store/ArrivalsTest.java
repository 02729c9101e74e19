package campana.relay.store;

import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Answer;
import campana.relay.outbox.Attempt;
import campana.relay.outbox.Caps;
import campana.relay.outbox.Credential;
import campana.relay.outbox.Draft;
import campana.relay.outbox.Drafts;
import campana.relay.outbox.Enqueued;
import campana.relay.outbox.Enqueued.Duplicate;
import campana.relay.outbox.Enqueued.Queued;
import campana.relay.outbox.EntryState;
import campana.relay.outbox.Fate;
import campana.relay.outbox.Next;
import campana.relay.outbox.Order;
import campana.relay.outbox.Receipt;
import campana.relay.outbox.Step;
import campana.relay.outbox.Step.Doubts;
import campana.relay.outbox.Sums;
import campana.relay.outbox.Turn;
import campana.relay.source.State;
import campana.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes into a lane with a backlog is appended, and nobody sees a difference.
class ArrivalsTest {
  private static final Credential OPS = Drafts.vouched("ops", "AAA");
  private static final Credential WEB = Drafts.vouched("web", "BBB");
  private static final Duration ROUND = Duration.ofSeconds(10);
  private static final Order ANY = new Order(0, false);

  private final ManualClock clock = new ManualClock();
  private SqliteOpened opened;
  private RelayStore store;

  @TempDir Path folder;

  @BeforeEach
  void begin() {
    opened = SqliteOpened.at(folder.resolve("a"), Caps.DEFAULT, Duration.ofMinutes(5), clock);
    store = opened.relay();
  }

  @AfterEach
  void end() {
    opened.close();
  }

  private void killed() {
    opened = opened.again();
    store = opened.relay();
  }

  private Enqueued offer(Draft... drafts) {
    return store.outbox().enqueue("web", List.of(drafts));
  }

  private static Receipt receipt(Enqueued queued) {
    return ((Queued) queued).receipts().getFirst();
  }

  private String next() {
    var order = new Order(0, false);
    var turn = ((Next.Try) store.backlog().next(OPS.lane(), clock.instant(), order)).turn();
    var title = store.records().entry(turn.id()).orElseThrow().entry().title();
    store.records().discard(turn.id(), clock.instant());
    return title;
  }

  private void threeOfWhichTwoArrive() {
    offer(Drafts.apart(OPS, "first"));
    offer(Drafts.keyed(OPS, "second", "k"));
    offer(Drafts.urgent(Drafts.apart(OPS, "third")));
  }

  @Test
  void the_first_of_a_lane_is_an_entry_at_once_and_the_others_are_before_anybody_looks() {
    threeOfWhichTwoArrive();
    assertThat(opened.rows("entry")).isEqualTo(1);
    assertThat(opened.rows("arrival")).isEqualTo(2);
    assertThat(store.records().entries(EntryState.WAITING, Optional.empty(), 9))
        .extracting(entry -> entry.title())
        .containsExactly("third", "second", "first");
    assertThat(opened.rows("arrival")).isZero();
    assertThat(opened.rows("entry")).isEqualTo(3);
  }

  @Test
  void what_goes_next_is_chosen_among_all() {
    threeOfWhichTwoArrive();
    assertThat(next()).isEqualTo("third");
    offer(Drafts.urgent(Drafts.apart(OPS, "fourth")));
    assertThat(opened.rows("arrival")).isEqualTo(1);
    assertThat(List.of(next(), next(), next())).containsExactly("fourth", "first", "second");
  }

  @Test
  void what_is_no_more_urgent_than_an_entry_stays_here_while_that_goes_out() {
    offer(Drafts.urgent(Drafts.apart(OPS, "first")));
    offer(Drafts.urgent(Drafts.apart(OPS, "second")));
    offer(Drafts.apart(OPS, "third"));
    assertThat(delivered()).isEqualTo("first");
    assertThat(opened.rows("arrival")).as("untouched").isEqualTo(2);
    killed();
    store.backlog().voidLeases();
    store.backlog().lease(clock.instant());
    var entries = store.records().sums().entries();
    assertThat(entries).isEqualTo(new Sums.Entries(3, 1, 0, 0, 0, 0, 2));
    assertThat(delivered()).isEqualTo("second");
    offer(Drafts.urgent(Drafts.apart(OPS, "fourth")));
    assertThat(delivered()).as("from among the arrivals").isEqualTo("fourth");
    assertThat(delivered()).isEqualTo("third");
    assertThat(store.backlog().next(OPS.lane(), clock.instant(), ANY))
        .isInstanceOf(Next.Nothing.class);
    assertThat(store.records().sums().hold()).isTrue();
  }

  @Test
  void an_outcome_that_is_about_others_too_finds_them_in_their_places() {
    offer(Drafts.apart(OPS, "first"));
    offer(Drafts.apart(OPS, "second"));
    assertThat(opened.rows("arrival")).isEqualTo(1);
    settle(turn(), 403, new Step.Refuse("taken back"));
    assertThat(opened.rows("arrival")).isZero();
  }

  private Turn turn() {
    return ((Next.Try) store.backlog().next(OPS.lane(), clock.instant(), ANY)).turn();
  }

  private String delivered() {
    var turn = turn();
    settle(turn, 200, new Step.Finish("spaces/S/messages/M", "spaces/S/threads/T", Doubts.COUNT));
    return opened
        .database()
        .read(tx ->
            tx.first("select title from entry where seq = ?", row -> row.text(1), turn.id().seq())
                .orElseThrow());
  }

  private void settle(Turn turn, int status, Step step) {
    var answer = new Answer(status, "", new byte[0]);
    var attempt = new Attempt(answer, clock.instant(), clock.instant());
    assertThat(store.backlog().settle(OPS.lane(), turn.id(), attempt, step).stored()).isTrue();
  }

  @Test
  void after_a_kill_all_are_there_and_counted_and_numbers_go_on() {
    threeOfWhichTwoArrive();
    store
        .outbox()
        .enqueueAll("web", List.of(List.of(Drafts.apart(OPS, "fourth"))), List.of(Fate.MUTED));
    assertThat(opened.rows("arrival")).isEqualTo(3);
    killed();
    assertThat(opened.rows("arrival")).isZero();
    assertThat(store.waiting()).isEqualTo(4);
    assertThat(store.records().sums())
        .isEqualTo(
            new Sums(new Sums.Triggers(5, 0, 0, 1, 4), new Sums.Entries(4, 0, 0, 0, 0, 0, 4)));
    assertThat(receipt(offer(Drafts.apart(OPS, "fifth"))).id().seq()).isEqualTo(5);
    assertThat(List.of(next(), next(), next(), next(), next()))
        .containsExactly("third", "first", "second", "fourth", "fifth");
  }

  @Test
  void a_lane_that_is_written_between_is_not_counted_twice_after_a_kill() {
    threeOfWhichTwoArrive();
    // It changes the lane's row, and reads no entry: by the same door as an arrival.
    opened
        .database()
        .write(tx -> tx.update("update lane set last_seq = 3, accepted = 3, waiting = 3"));
    killed();
    assertThat(store.records().sums().entries().accepted()).isEqualTo(3);
    assertThat(receipt(offer(Drafts.apart(OPS, "fourth"))).id().seq()).isEqualTo(4);
  }

  @Test
  void a_trigger_for_two_destinations_is_counted_once_wherever_its_entries_stand() {
    offer(Drafts.apart(OPS, "a"));
    offer(Drafts.apart(OPS, "b"), Drafts.apart(WEB, "b")); // the second one is in an empty lane
    offer(Drafts.apart(WEB, "c"), Drafts.apart(OPS, "c"));
    assertThat(opened.rows("arrival")).isEqualTo(2);
    killed();
    var sums = store.records().sums();
    assertThat(sums.triggers()).isEqualTo(new Sums.Triggers(3, 0, 0, 0, 3));
    assertThat(sums.entries().waiting()).isEqualTo(5);
  }

  @Test
  void an_episode_goes_on_and_a_repetition_is_known_whether_its_entry_was_moved_or_not() {
    offer(Drafts.apart(OPS, "before"));
    var fire = Drafts.once(Drafts.incident(OPS, "fire", "disk", State.FIRING), "f");
    var first = receipt(offer(fire));
    assertThat(offer(fire)).isEqualTo(new Duplicate(List.of(first)));
    clock.advance(ROUND);
    offer(Drafts.apart(OPS, "a")); // a round is written
    assertThat(opened.rows("dedup")).isEqualTo(1);
    assertThat(opened.rows("arrival")).isEqualTo(2);
    assertThat(offer(fire)).as("by the table").isEqualTo(new Duplicate(List.of(first)));
    offer(Drafts.incident(OPS, "well", "disk", State.RESOLVED));
    killed();
    assertThat(offer(fire)).isEqualTo(new Duplicate(List.of(first)));
    assertThat(store.records().incidents(9)).isEmpty();
  }

  @Test
  void a_lane_whose_row_was_dropped_from_memory_is_read_with_its_arrivals() {
    threeOfWhichTwoArrive();
    assertThat(receipt(opened.afterFailing(() -> offer(Drafts.apart(OPS, "x")))).id().seq())
        .isEqualTo(4);
    assertThat(opened.rows("arrival")).as("but for those before it").isEqualTo(1);
    assertThat(store.records().sums().entries().accepted()).isEqualTo(4);
  }

  @Test
  void on_a_full_disk_what_arrived_waits_for_room_and_nothing_is_sent_before_it() {
    opened.close();
    opened = SqliteOpened.small(folder.resolve("b"), 160, clock);
    store = opened.relay();
    threeOfWhichTwoArrive();
    var big = Drafts.apart(OPS, "x".repeat(20_000));
    int taken = 0;
    while (offer(big) instanceof Queued) {
      taken++;
    }
    assertThat(taken).isPositive();
    assertThat(opened.rows("arrival")).isEqualTo(2 + taken);
    assertThat(store.backlog().next(OPS.lane(), clock.instant(), new Order(0, false)))
        .isInstanceOf(Next.NotBefore.class);
    assertThat(opened.rows("arrival")).isEqualTo(2 + taken);
    killed(); // onto a disk with room
    assertThat(store.records().sums().entries().waiting()).isEqualTo(3 + taken);
    assertThat(next()).isEqualTo("third");
  }

  @Test
  void a_post_to_the_proxy_finds_what_arrived_before_it() {
    offer(Drafts.apart(OPS, "before"));
    offer(Drafts.apart(OPS, "arrived"));
    var brought = Drafts.inLine(Drafts.brought("AAA", "t"), "posted");
    assertThat(store.outbox().enqueue("", List.of(brought))).isInstanceOf(Queued.class);
    assertThat(opened.rows("arrival")).isZero();
    assertThat(opened.rows("entry")).isEqualTo(3);
  }

  @Test
  void many_are_moved_by_themselves() {
    for (var n = 0; n < 1_002; n++) {
      offer(Drafts.apart(OPS, "n" + n));
    }
    assertThat(opened.rows("arrival")).isLessThan(1_000);
    assertThat(opened.rows("entry")).isGreaterThanOrEqualTo(1_000);
    assertThat(store.records().sums().hold()).isTrue();
  }
}
