package campana.relay.store;

import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Answer;
import campana.relay.outbox.Attempt;
import campana.relay.outbox.Caps;
import campana.relay.outbox.Credential;
import campana.relay.outbox.Draft;
import campana.relay.outbox.Drafts;
import campana.relay.outbox.Enqueued.Duplicate;
import campana.relay.outbox.Enqueued.Queued;
import campana.relay.outbox.Next;
import campana.relay.outbox.Order;
import campana.relay.outbox.Step.Doubts;
import campana.relay.outbox.Step.Finish;
import campana.relay.outbox.Strands;
import campana.relay.outbox.Turn;
import campana.relay.source.State;
import campana.store.Migrations;
import campana.store.Tx;
import campana.store.Vault;
import campana.testkit.FreshDatabase;
import campana.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file from before strands had the number of the entry that began them, when all were made from
/// keys; and one from before episodes stood in the order in which they were written.
class OlderFileTest {
  private static final Credential OPS = Drafts.vouched("ops", "AAA");
  private static final String KEY = "c1-of-once";
  private static final List<String> STEPS =
      List.of(
          "V1__outbox.sql",
          "V2__trail.sql",
          "V3__repeats.sql",
          "V4__strands.sql",
          "V5__later.sql",
          "V6__arrivals.sql",
          "V7__rest.sql",
          "V8__busy.sql");
  private static final int CRITICAL = 0;
  private static final int NORMAL = 1;

  private final ManualClock clock = new ManualClock();

  @TempDir Path folder;

  private void before(int version) {
    var steps =
        Migrations.of(
            RelaySchema.class,
            "campana/relay/store/relay",
            STEPS.subList(0, version).toArray(String[]::new));
    var lane = new LaneRow(OPS.lane());
    try (var fresh = FreshDatabase.at(folder, RelaySchema.FILE, steps)) {
      var vault = Vault.open(folder.resolve(Vault.KEY_FILE), true, new SecureRandom());
      fresh
          .database()
          .write(tx -> {
            tx.update(
                """
                insert into lane (bucket, lane, name, last_seq, accepted, delivered, folded, expired,
                    dead, discarded, waiting, late, carried, paused, proven, answered_at, asides, held)
                  values (?, ?, ?, 2, 2, 0, 0, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0)\
                """,
                lane.bucket,
                lane.lane.id(),
                lane.lane.name());
            tx.update(
                """
                insert into credential (bucket, lane, credential, url, destination, trust, since,
                    reason, probes) values (?, ?, ?, ?, 'ops', 1, 0, '', 0)\
                """,
                lane.bucket,
                lane.lane.id(),
                OPS.id(),
                vault.seal(OPS.url().revealed()));
            entry(tx, lane, 1, NORMAL, "first");
            entry(tx, lane, 2, CRITICAL, "second");
            var id = Placing.hash("1");
            tx.update(
                "insert into dedup (bucket, lane, scope, id, seq, until) values (?, ?, 'web', ?, 2, ?)",
                lane.bucket,
                lane.lane.id(),
                id,
                clock.instant().plus(Duration.ofHours(1)));
            return tx.update(
                """
                insert into episode (bucket, lane, route, subject, number, thread_key, worst, title,
                    opened_at, heard_at) values (?, ?, 'web', ?, 3, ?, 0, 'second', ?, ?)\
                """,
                lane.bucket,
                lane.lane.id(),
                Placing.hash("ops\nalertmanager\ndisk"),
                KEY,
                clock.instant(),
                clock.instant());
          });
    }
  }

  private void entry(Tx tx, LaneRow lane, long seq, int priority, String title) {
    tx.update(
        """
        insert into entry (bucket, lane, seq, state, ready, priority, strand, credential,
            destination, route, title, query, request_id, missing, thread_key, opener, body, size,
            accepted_at, expires_at, look_at, late, attempts, failures, strikes, unanswered, reason,
            message_name, thread_name, dedup_scope)
          values (?, ?, ?, 0, 2, ?, ?, ?, 'ops', 'web', ?, '', ?, 1, ?, ?, ?, 2, ?, ?, ?, 0, 0, 0,
            0, 0, '', '', '', '')\
        """,
        lane.bucket,
        lane.lane.id(),
        seq,
        priority,
        Strands.key(OPS, KEY),
        OPS.id(),
        title,
        "r" + seq,
        KEY,
        seq,
        "{\"text\":\"x\"}".getBytes(StandardCharsets.UTF_8),
        clock.instant(),
        clock.instant().plus(Duration.ofHours(1)),
        clock.instant().plus(Duration.ofHours(1)));
  }

  @ParameterizedTest(name = "from version {0}")
  @ValueSource(ints = {3, 8})
  void what_waited_goes_out_in_its_order_and_what_comes_joins_its_thread(int version) {
    before(version);
    try (var opened = SqliteOpened.at(folder, Caps.DEFAULT, Duration.ofMinutes(5), clock)) {
      opened.backlog().voidLeases();
      assertThat(offered(opened, Drafts.once(Drafts.apart(OPS, "again"), "1")))
          .isInstanceOf(Duplicate.class);
      assertThat(offered(opened, Drafts.incident(OPS, "third", "disk", State.UPDATE)))
          .isInstanceOf(Queued.class);
      assertThat(drained(opened)).containsExactly("first", "second", "third");
      assertThat(opened.records().sums().entries().delivered()).isEqualTo(3);
      assertThat(opened.rows("episode")).as("the same one, written again").isEqualTo(1);
    }
  }

  private static Object offered(SqliteOpened opened, Draft draft) {
    return opened.outbox().enqueue(draft.route(), List.of(draft));
  }

  private List<String> drained(SqliteOpened opened) {
    var titles = new ArrayList<String>();
    while (opened.backlog().next(OPS.lane(), clock.instant(), new Order(0, false))
        instanceof Next.Try(var turn)) {
      assertThat(new String(turn.body(), StandardCharsets.UTF_8)).contains(KEY);
      titles.add(opened.records().entry(turn.id()).orElseThrow().entry().title());
      opened.backlog().settle(OPS.lane(), turn.id(), attempt(), delivered(turn));
    }
    return titles;
  }

  private Attempt attempt() {
    var answer = new Answer(200, "", new byte[0]);
    return new Attempt(answer, clock.instant(), clock.instant());
  }

  private static Finish delivered(Turn turn) {
    var number = turn.id().seq();
    return new Finish("spaces/S/messages/M" + number, "spaces/S/threads/T", Doubts.COUNT);
  }
}
