package campana.relay.store;

import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Caps;
import campana.relay.outbox.Credential;
import campana.relay.outbox.Draft;
import campana.relay.outbox.Drafts;
import campana.relay.outbox.Enqueued;
import campana.relay.outbox.Enqueued.Duplicate;
import campana.relay.outbox.Enqueued.Queued;
import campana.relay.outbox.Next;
import campana.relay.outbox.OpenEpisode;
import campana.relay.outbox.Order;
import campana.relay.outbox.Turn;
import campana.relay.source.State;
import campana.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Dedup ids and episodes are written later than their entries, and nobody sees a difference.
class FilingTest {
  private static final Credential OPS = Drafts.vouched("ops", "AAA");
  private static final Duration ROUND = Duration.ofSeconds(10);
  private static final int MORE_THAN_A_PART = 600; // with two rows each
  private static final int PART = 1_000;
  private static final int LEAST = 50; // rows that each transaction makes due

  private final ManualClock clock = new ManualClock();
  private SqliteOpened opened;
  private RelayStore store;

  @TempDir Path folder;

  @BeforeEach
  void begin() {
    opened = SqliteOpened.at(folder.resolve("a"), Caps.DEFAULT, Duration.ofMinutes(5), clock);
    store = opened.relay();
    offer(fire("first", "f0")); // a round begins with the first one of all
  }

  @AfterEach
  void end() {
    opened.close();
  }

  private void killed() {
    opened = opened.again();
    store = opened.relay();
  }

  private static Draft fire(String subject, String id) {
    return Drafts.once(Drafts.incident(OPS, subject, subject, State.FIRING), id);
  }

  private Enqueued offer(Draft draft) {
    return store.outbox().enqueue(draft.route(), List.of(draft));
  }

  private long unfiled() {
    store.records().sums(); // from here on all entries are in their places
    return opened
        .database()
        .read(tx ->
            tx.first("select last_seq - filed_seq from lane", row -> row.number(1)).orElseThrow());
  }

  @Test
  void what_is_taken_between_two_rounds_is_written_with_the_next_in_parts() {
    for (var n = 1; n <= MORE_THAN_A_PART; n++) {
      assertThat(offer(fire("s" + n, "f" + n))).isInstanceOf(Queued.class);
    }
    assertThat(opened.rows("dedup")).isEqualTo(1);
    assertThat(opened.rows("episode")).isEqualTo(1);
    clock.advance(ROUND);
    for (var n = 1; n < PART / LEAST; n++) {
      offer(Drafts.apart(OPS, "a"));
    }
    assertThat(opened.rows("dedup")).as("before a part is due").isEqualTo(1);
    offer(Drafts.apart(OPS, "a"));
    assertThat(opened.rows("episode")).isBetween(2L, (long) MORE_THAN_A_PART);
    assertThat(unfiled()).as("until the round ends").isGreaterThan(MORE_THAN_A_PART);
    var rest = (2 * MORE_THAN_A_PART - PART) / LEAST;
    for (var n = 0; n < rest; n++) {
      offer(Drafts.apart(OPS, "a"));
    }
    assertThat(opened.rows("dedup")).isEqualTo(1 + MORE_THAN_A_PART);
    assertThat(opened.rows("episode")).isEqualTo(1 + MORE_THAN_A_PART);
    assertThat(unfiled()).as("what came since the round began").isEqualTo(PART / LEAST - 1 + rest);
  }

  @Test
  void the_more_a_transaction_brings_the_more_is_written_with_it() {
    offerAll("a");
    clock.advance(ROUND);
    offerAll("b");
    assertThat(opened.rows("dedup")).isEqualTo(1 + 2 * MORE_THAN_A_PART);
    assertThat(opened.rows("episode")).isEqualTo(1 + MORE_THAN_A_PART);
  }

  private void offerAll(String subject) {
    var triggers =
        IntStream.range(0, MORE_THAN_A_PART)
            .mapToObj(n -> List.of(fire(subject + n, subject + n)))
            .toList();
    assertThat(store.outbox().enqueueAll(fire("a", "a").route(), triggers, List.of()))
        .isInstanceOf(Queued.class);
  }

  @Test
  void what_was_not_written_is_known_after_a_kill_and_so_is_what_was() {
    for (var n = 1; n <= MORE_THAN_A_PART; n++) {
      offer(fire("s" + n, "f" + n));
    }
    killed();
    assertThat(store.records().incidents(1_000)).hasSize(1 + MORE_THAN_A_PART);
    assertThat(offer(fire("s7", "f7"))).isInstanceOf(Duplicate.class);
    clock.advance(ROUND);
    for (var n = 0; n < PART / LEAST; n++) {
      offer(Drafts.apart(OPS, "a"));
    }
    assertThat(opened.rows("episode")).as("a part").isBetween(2L, (long) MORE_THAN_A_PART);
    killed();
    for (var n = 1; n <= MORE_THAN_A_PART; n++) {
      assertThat(offer(fire("s" + n, "f" + n))).isInstanceOf(Duplicate.class);
    }
    var key = key(offer(Drafts.incident(OPS, "s9 again", "s9", State.UPDATE)));
    assertThat(key).isEqualTo(key("s9"));
  }

  @Test
  void an_id_that_was_forgotten_before_it_was_written_is_not_known_after_a_kill() {
    var id = ((Queued) offer(fire("s", "f"))).receipts().getFirst().id();
    store.records().discard(id, clock.instant());
    assertThat(offer(fire("s", "f"))).isInstanceOf(Queued.class);
    store.records().discard(turnOf("s").id(), clock.instant());
    killed();
    assertThat(offer(fire("s", "f"))).isInstanceOf(Queued.class);
  }

  @Test
  void an_episode_that_went_on_or_ended_is_listed_as_it_is_now() {
    assertThat(store.records().incidents(10)).extracting(OpenEpisode::title).containsOnly("first");
    clock.advance(Duration.ofSeconds(1));
    offer(Drafts.incident(OPS, "worse", "first", State.UPDATE));
    offer(fire("second", "f2"));
    assertThat(store.records().incidents(10))
        .extracting(OpenEpisode::title)
        .containsExactly("second", "worse");
    assertThat(store.records().incidents(1)).extracting(OpenEpisode::title).containsOnly("second");
    offer(Drafts.incident(OPS, "well", "first", State.RESOLVED));
    assertThat(store.records().incidents(10))
        .extracting(OpenEpisode::title)
        .containsExactly("second");
  }

  @Test
  void what_a_transaction_took_that_failed_and_was_repeated_is_known_once() {
    var late = fire("late", "late");
    var receipt = ((Queued) opened.afterFailing(() -> offer(late))).receipts().getFirst();
    assertThat(receipt.id().seq()).isEqualTo(2);
    assertThat(offer(late)).isEqualTo(new Duplicate(List.of(receipt)));
    assertThat(offer(fire("other", "late2"))).isInstanceOf(Queued.class);
  }

  private Turn turnOf(String title) {
    while (true) {
      var turn =
          ((Next.Try) store.backlog().next(OPS.lane(), clock.instant(), new Order(0, false)))
              .turn();
      var entry = store.records().entry(turn.id()).orElseThrow().entry();
      if (entry.title().equals(title)) {
        return turn;
      }
      store.records().discard(turn.id(), clock.instant());
    }
  }

  private String key(Enqueued queued) {
    var id = ((Queued) queued).receipts().getFirst().id();
    return threadKey("e.seq = " + id.seq());
  }

  private String key(String title) {
    return threadKey("e.title = '" + title + "'");
  }

  private String threadKey(String which) {
    store.records().sums(); // from here on all entries are in their places
    return opened
        .database()
        .read(tx ->
            tx.first("select thread_key from entry e where " + which, row -> row.text(1))
                .orElseThrow());
  }
}
