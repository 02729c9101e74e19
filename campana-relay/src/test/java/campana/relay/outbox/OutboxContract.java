package campana.relay.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Backlog.Settled;
import campana.relay.outbox.Step.Doubts;
import campana.testkit.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What every outbox does, whatever its database; parts of it by subject below. Each test ends with
/// both sums true, and true of the rows themselves.
public abstract class OutboxContract {
  protected static final Caps CAPS = new Caps(1_000, 200, 20, 1024 * 1024, 3, 0.05);
  protected static final Duration ALARM_AFTER = Duration.ofMinutes(5);

  protected static final Credential OPS = Drafts.vouched("ops", "AAA");
  protected static final Credential WEB = Drafts.vouched("web", "BBB");

  protected final ManualClock clock = new ManualClock();
  protected Opened opened;

  @TempDir Path folder;

  /// A fresh one, with [#CAPS], [#ALARM_AFTER] and the clock.
  protected abstract Opened open(Path data);

  final Opened open() {
    try {
      return open(Files.createTempDirectory(folder, "data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Begins with what a process left that was killed just now.
  final void startAgain(Opened next) {
    opened.close();
    opened = next;
    opened.begin(clock);
  }

  @BeforeEach
  void begin() {
    opened = open();
  }

  @AfterEach
  void the_sums_hold_and_are_true_of_the_rows() {
    check(opened);
    opened.close();
  }

  static void check(Opened opened) {
    var records = opened.records();
    var sums = records.sums();
    assertThat(sums.triggers().hold()).as("%s", sums.triggers()).isTrue();
    assertThat(sums.entries().hold()).as("%s", sums.entries()).isTrue();
    assertThat(count(records, EntryState.WAITING)).isEqualTo(sums.entries().waiting());
    assertThat(count(records, EntryState.DELIVERED)).isEqualTo(sums.entries().delivered());
    assertThat(count(records, EntryState.DEAD)).isEqualTo(sums.entries().dead());
    assertThat(count(records, EntryState.EXPIRED)).isEqualTo(sums.entries().expired());
    assertThat(count(records, EntryState.DISCARDED)).isEqualTo(sums.entries().discarded());
  }

  static long count(Records records, EntryState state) {
    return records.entries(state, Optional.empty(), 10_000).size();
  }

  /// Enqueues one and returns its id.
  protected EntryId queue(Draft draft) {
    return receipt(draft).id();
  }

  protected Receipt receipt(Draft draft) {
    var answer = opened.outbox().enqueue(draft.route(), List.of(draft));
    assertThat(answer).isInstanceOf(Enqueued.Queued.class);
    return ((Enqueued.Queued) answer).receipts().getFirst();
  }

  protected Enqueued offer(Draft draft) {
    return opened.outbox().enqueue(draft.route(), List.of(draft));
  }

  protected Next next(Lane lane) {
    return next(lane, new Order(0, false));
  }

  protected Next next(Lane lane, Order order) {
    opened.backlog().lease(clock.instant()); // as is done every other second
    return opened.backlog().next(lane, clock.instant(), order);
  }

  protected Turn turn(Lane lane) {
    return ((Next.Try) next(lane)).turn();
  }

  protected static String text(Turn turn) {
    return new String(turn.body(), StandardCharsets.UTF_8);
  }

  protected Settled settle(EntryId id, Lane lane, Step step) {
    return opened.backlog().settle(lane, id, attempt(503, "so it is"), step);
  }

  protected Attempt attempt(int status, String reason) {
    return new Attempt(new Answer(status, reason, new byte[0]), clock.instant(), clock.instant());
  }

  protected Settled deliver(Turn turn) {
    var name = "spaces/S/messages/M" + turn.id().seq();
    var thread = "spaces/S/threads/T" + turn.id().seq();
    return settle(turn.id(), turn.credential().lane(), new Step.Finish(name, thread, Doubts.COUNT));
  }

  /// Delivers all that a lane would send now, in its order.
  protected List<String> drain(Lane lane) {
    var texts = new ArrayList<String>();
    while (next(lane) instanceof Next.Try(var turn)) {
      texts.add(title(turn.id()));
      deliver(turn);
    }
    return texts;
  }

  protected String title(EntryId id) {
    return entry(id).title();
  }

  protected Entry entry(EntryId id) {
    return opened.records().entry(id).orElseThrow().entry();
  }

  protected EntryState state(EntryId id) {
    return entry(id).state();
  }

  protected LaneStatus lane(Lane lane) {
    return opened.records().lanes().stream()
        .filter(status -> status.lane().equals(lane))
        .findFirst()
        .orElseThrow();
  }
}
