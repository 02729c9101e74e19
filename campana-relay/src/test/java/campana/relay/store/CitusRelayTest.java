package campana.relay.store;

import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Answer;
import campana.relay.outbox.Attempt;
import campana.relay.outbox.Backlog;
import campana.relay.outbox.Caps;
import campana.relay.outbox.Credential;
import campana.relay.outbox.Drafts;
import campana.relay.outbox.Enqueued;
import campana.relay.outbox.Fate;
import campana.relay.outbox.Next;
import campana.relay.outbox.Order;
import campana.relay.outbox.Step;
import campana.relay.outbox.Step.Doubts;
import campana.testdb.CitusRules;
import campana.testdb.TestCitus;
import campana.testdb.TestPostgres;
import campana.testkit.Kind;
import campana.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Citus wants of the relay's schema, its transactions, and all statements that the tests
/// before this one have had prepared: it is the last.
@org.junit.jupiter.api.Order(Integer.MAX_VALUE)
class CitusRelayTest {
  private static final int LANES = 12;

  /// What may ask all nodes, by how it begins: rare, or once for a whole process. Everything else
  /// names its bucket.
  private static final List<String> ANYWHERE =
      List.of(
          // once, as a process ends
          "delete from commit_mark where writer =",
          "delete from lease where holder =",
          // every second or two, once for all lanes of a process
          "select l.lane, l.name, l.answered_at, l.free_at, l.slow_until, case when",
          "select coalesce(sum(waiting)",
          "select distinct bucket from entry where state",
          "select lane, name, untold_since",
          // what people and metrics look at
          "select coalesce(sum(accepted)",
          "select coalesce(sum(received)",
          "select count(*), count(case when waiting",
          "select min(accepted_at)",
          "select e.lane, e.seq, l.name",
          "select lane, name, last_seq",
          "select p.bucket, p.lane, p.route",
          // a new key
          "select lane, credential, url from credential");

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private PostgresOpened opened;
  private String schema;

  @BeforeEach
  void open() {
    opened = PostgresOpened.at(Kind.CITUS, folder, Caps.DEFAULT, Duration.ofMinutes(5), clock);
    schema = TestPostgres.schema(folder.resolve(RelaySchema.FILE));
  }

  @AfterEach
  void close() {
    opened.close();
  }

  @Test
  void no_key_constraint_or_sequence_crosses_buckets() {
    assertThat(CitusRules.objections(schema)).isEmpty();
  }

  private static Credential lane(int number) {
    return Drafts.vouched("d" + number, "L" + number);
  }

  private void deliver(Backlog.Held held) {
    var next = opened.backlog().next(held.lane(), clock.instant(), new Order(0, false));
    var id = ((Next.Try) next).turn().id();
    var attempt = new Attempt(new Answer(200, "", new byte[0]), clock.instant(), clock.instant());
    opened.backlog().settle(held.lane(), id, attempt, new Step.Finish("m", "t", Doubts.COUNT));
  }

  @Test
  void what_concerns_one_lane_stays_within_one_bucket_from_its_trigger_to_its_end()
      throws Exception {
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      var sent = new ArrayList<Future<Enqueued>>();
      for (var n = 0; n < 4 * LANES; n++) {
        var draft = Drafts.once(Drafts.apart(lane(n % LANES), "x"), "e" + n);
        sent.add(senders.submit(() -> opened.outbox().enqueue("web", List.of(draft))));
      }
      for (var one : sent) {
        assertThat(one.get()).isInstanceOf(Enqueued.Queued.class);
      }
    }
    opened.outbox().enqueueAll("web", List.of(), List.of(Fate.FILTERED));
    opened.backlog().leave();
    clock.advance(Leases.LASTS);
    var held = opened.node().backlog().lease(clock.instant());
    assertThat(held).hasSize(LANES);
    clock.advance(Leases.LASTS);
    var ours = opened.backlog().lease(clock.instant());
    assertThat(ours).hasSize(LANES);
    opened.backlog().renew(clock.instant());
    ours.forEach(this::deliver);
    opened.watch().ours(clock.instant());
    clock.advance(Duration.ofDays(40));
    var now = clock.instant();
    assertThat(opened.watch().look(now, Duration.ofMinutes(5)).expired()).isEqualTo(3 * LANES);
    opened.watch().tidy(now, now, now, now, now);
    assertThat(opened.records().sums().hold()).isTrue();
    assertThat(TestCitus.acrossBuckets(schema)).isSubsetOf("commit_mark lease");
  }

  @Test
  void every_statement_that_was_prepared_is_sent_to_one_bucket_or_may_go_anywhere() {
    var heard = CitusRules.heard(schema);
    assertThat(heard).anyMatch(sql -> sql.startsWith("insert into entry"));
    assertThat(CitusRules.objections(schema, heard, CitusRules.beginsWith(ANYWHERE))).isEmpty();
  }
}
