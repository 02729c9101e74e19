package campana.relay.store;

import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Answer;
import campana.relay.outbox.Attempt;
import campana.relay.outbox.Backlog;
import campana.relay.outbox.Backlog.Settled;
import campana.relay.outbox.Caps;
import campana.relay.outbox.Credential;
import campana.relay.outbox.Draft;
import campana.relay.outbox.Drafts;
import campana.relay.outbox.Enqueued;
import campana.relay.outbox.Enqueued.Duplicate;
import campana.relay.outbox.Enqueued.Queued;
import campana.relay.outbox.EntryId;
import campana.relay.outbox.EntryState;
import campana.relay.outbox.Next;
import campana.relay.outbox.Order;
import campana.relay.outbox.Rest;
import campana.relay.outbox.Step;
import campana.relay.outbox.Step.Doubts;
import campana.relay.outbox.Turn;
import campana.relay.source.State;
import campana.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds when several processes take and deliver by the same database.
class NodesTest {
  private static final int SENDERS = 12;
  private static final int LANES = 6;
  private static final String EXPLAIN_TOTALS = "explain " + LaneBook.TOTALS_SHARED;
  private static final Credential OPS = Drafts.vouched("ops", "AAA");

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private final List<PostgresOpened> nodes = new ArrayList<>();

  @BeforeEach
  void open() {
    nodes.add(PostgresOpened.at(folder.resolve("0"), Caps.DEFAULT, Duration.ofMinutes(5), clock));
    nodes.add(nodes.getFirst().node());
    nodes.add(nodes.getFirst().node());
  }

  @AfterEach
  void the_sums_hold_whichever_one_asks() {
    for (var node : nodes) {
      assertThat(node.records().sums().hold()).as("%s", node.records().sums()).isTrue();
      assertThat(node.records().overview().waiting()).isLessThanOrEqualTo(LANES);
    }
    nodes.forEach(PostgresOpened::close);
  }

  /// Each sender enqueues so many, one after the other, at its node.
  private List<Enqueued> enqueued(int each, IntFunction<List<Draft>> drafts) throws Exception {
    var all = new ArrayList<Enqueued>();
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = new ArrayList<Future<List<Enqueued>>>();
      for (var sender = 0; sender < SENDERS; sender++) {
        var outbox = nodes.get(sender % nodes.size()).outbox();
        var first = sender * each;
        futures.add(
            senders.submit(() ->
                IntStream.range(first, first + each)
                    .mapToObj(n -> outbox.enqueue("web", drafts.apply(n)))
                    .toList()));
      }
      for (var future : futures) {
        all.addAll(future.get());
      }
    }
    return all;
  }

  private static Credential lane(int number) {
    return Drafts.vouched("d" + number, "L" + number);
  }

  @Test
  void what_goes_into_the_same_lanes_is_numbered_once_and_without_gaps() throws Exception {
    var answers =
        enqueued(
            10,
            n ->
                List.of(
                    Drafts.apart(lane(n % LANES), "x"),
                    Drafts.apart(lane((n * 5 + 1) % LANES), "x")));
    var ids = new ArrayList<EntryId>();
    for (var answer : answers) {
      ((Queued) answer).receipts().forEach(receipt -> ids.add(receipt.id()));
    }
    assertThat(new HashSet<>(ids)).hasSize(SENDERS * 10 * 2);
    for (var status : nodes.getLast().records().lanes()) {
      var here = ids.stream().filter(id -> id.lane().equals(status.lane().id())).toList();
      assertThat(here.stream().mapToLong(EntryId::seq).max()).hasValue(here.size());
      assertThat(status.entries().waiting()).isEqualTo(here.size());
    }
  }

  @Test
  void a_trigger_that_all_bring_is_taken_once() throws Exception {
    var answers = enqueued(4, _ -> List.of(Drafts.once(Drafts.apart(OPS, "x"), "e1")));
    assertThat(answers.stream().filter(Queued.class::isInstance)).hasSize(1);
    assertThat(answers.stream().filter(Duplicate.class::isInstance)).hasSize(SENDERS * 4 - 1);
  }

  @Test
  void what_all_tell_of_a_subject_is_one_episode_in_one_thread() throws Exception {
    enqueued(3, n -> List.of(Drafts.incident(OPS, "n" + n, "disk", State.FIRING)));
    var holder = holder();
    var threads = new HashSet<String>();
    for (var turn = holder.turn(); turn.isPresent(); turn = holder.turn()) {
      var body = new String(turn.get().body(), StandardCharsets.UTF_8);
      threads.add(body.replaceFirst(".*\"threadKey\":\"([^\"]*)\".*", "$1"));
      holder.deliver(turn.get());
    }
    assertThat(threads).hasSize(1);
  }

  /// Whoever has the lane of OPS.
  private Holder holder() {
    return nodes.stream()
        .map(node -> new Holder(node.backlog()))
        .filter(holder -> holder.turn().isPresent())
        .findFirst()
        .orElseThrow();
  }

  private final class Holder {
    private final Backlog backlog;

    private Holder(Backlog backlog) {
      this.backlog = backlog;
    }

    private Optional<Turn> turn() {
      return backlog.next(OPS.lane(), clock.instant(), new Order(0, false))
              instanceof Next.Try(var turn)
          ? Optional.of(turn)
          : Optional.empty();
    }

    private Settled deliver(Turn turn) {
      var answer = new Attempt(new Answer(200, "", new byte[0]), clock.instant(), clock.instant());
      return backlog.settle(OPS.lane(), turn.id(), answer, new Step.Finish("m", "t", Doubts.COUNT));
    }
  }

  @Test
  void of_all_who_want_a_lane_one_has_it_and_another_when_it_ends() {
    nodes.getFirst().outbox().enqueue("web", List.of(Drafts.apart(OPS, "a")));
    nodes.get(1).outbox().enqueue("web", List.of(Drafts.apart(OPS, "b")));
    var first = holder();
    var turn = first.turn().orElseThrow();
    assertThat(first.backlog).isSameAs(nodes.getFirst().backlog());
    var second = new Holder(nodes.get(1).backlog());
    assertThat(second.backlog.lease(clock.instant())).isEmpty();
    assertThat(second.turn()).as("not ours to send").isEmpty();
    assertThat(second.backlog.hold(OPS.lane(), clock.instant())).isEmpty();
    clock.advance(Leases.LASTS);
    assertThat(second.backlog.lease(clock.instant()))
        .extracting(Backlog.Held::lane)
        .containsExactly(OPS.lane());
    assertThat(first.turn()).as("its time is over").isEmpty();
    assertThat(first.deliver(turn))
        .as("who lost it stores nothing")
        .isEqualTo(new Settled(false, false));
    assertThat(second.turn()).isPresent();
  }

  /// The far side's quota does not care which of us sends.
  @Test
  void who_takes_a_lane_over_knows_when_it_last_had_an_answer() {
    nodes.getFirst().outbox().enqueue("web", List.of(Drafts.apart(OPS, "a")));
    var first = holder();
    first.deliver(first.turn().orElseThrow());
    var heard = new ArrayList<Backlog.Held>();
    nodes.get(1).relay().listen(heard::add);
    nodes.get(1).outbox().enqueue("web", List.of(Drafts.apart(OPS, "b")));
    assertThat(heard).containsExactly(new Backlog.Held(OPS.lane(), clock.instant(), Rest.NONE));
  }

  @Test
  void who_takes_a_lane_over_knows_what_the_far_side_asked_for() {
    nodes.getFirst().outbox().enqueue("web", List.of(Drafts.apart(OPS, "a")));
    var first = holder();
    var now = clock.instant();
    var rest = new Rest(now.plusSeconds(20), now.plusSeconds(60));
    var answer = new Attempt(new Answer(429, "429", new byte[0]), now, now, rest);
    var turn = first.turn().orElseThrow();
    assertThat(first.backlog.settle(OPS.lane(), turn.id(), answer, new Step.Wait()).stored())
        .isTrue();
    clock.advance(Leases.LASTS);
    var second = nodes.get(1).backlog();
    var held = new Backlog.Held(OPS.lane(), now, rest);
    assertThat(second.lease(clock.instant())).containsExactly(held);
    clock.advance(Leases.LASTS);
    assertThat(nodes.getLast().backlog().hold(OPS.lane(), clock.instant())).hasValue(held);
  }

  /// Each second at each process, so not over all the lanes that ever were.
  @Test
  void the_sums_are_made_of_lanes_in_which_something_waits_or_that_nothing_proves() {
    var plan =
        nodes
            .getFirst()
            .fresh
            .database()
            .read(tx -> {
              tx.query("select set_config('enable_seqscan', 'off', true)", _ -> true);
              return String.join("\n", tx.query(EXPLAIN_TOTALS, row -> row.text(1)));
            });
    assertThat(plan).contains("lane_busy", "lane_unproven").doesNotContain("Seq Scan");
  }

  @Test
  void an_end_in_good_order_leaves_its_lanes_to_others_at_once() {
    nodes.getFirst().outbox().enqueue("web", List.of(Drafts.apart(OPS, "a")));
    nodes.getFirst().backlog().leave();
    assertThat(nodes.get(1).backlog().lease(clock.instant())).hasSize(1);
  }

  @Test
  void one_of_all_looks_after_the_outbox() {
    var now = clock.instant();
    assertThat(nodes.getFirst().watch().ours(now)).isTrue();
    assertThat(nodes.get(1).watch().ours(now)).isFalse();
    clock.advance(Leases.LASTS);
    assertThat(nodes.get(1).watch().ours(clock.instant())).isTrue();
    assertThat(nodes.getFirst().watch().ours(clock.instant())).isFalse();
  }

  @Test
  void each_entry_is_delivered_once_while_others_bring_more() throws Exception {
    try (var deliverers = Executors.newVirtualThreadPerTaskExecutor()) {
      var sent = new ArrayList<Future<Integer>>();
      for (var node : nodes) {
        sent.add(
            deliverers.submit(() -> {
              var mine = new Holder(node.backlog());
              var delivered = 0;
              while (node.records().sums().entries().delivered() < SENDERS * 5) {
                mine.backlog.lease(clock.instant());
                var turn = mine.turn();
                delivered += turn.isPresent() && mine.deliver(turn.get()).stored() ? 1 : 0;
              }
              return delivered;
            }));
      }
      enqueued(5, n -> List.of(Drafts.apart(OPS, "n" + n)));
      var all = 0;
      for (var future : sent) {
        all += future.get();
      }
      assertThat(all).isEqualTo(SENDERS * 5);
    }
    assertThat(nodes.getFirst().records().entries(EntryState.WAITING, Optional.empty(), 9))
        .isEmpty();
  }
}
