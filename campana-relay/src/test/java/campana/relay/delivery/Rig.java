package campana.relay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Answer;
import campana.relay.outbox.Backlog;
import campana.relay.outbox.Caps;
import campana.relay.outbox.Draft;
import campana.relay.outbox.Enqueued;
import campana.relay.outbox.EntryId;
import campana.relay.outbox.EntryState;
import campana.relay.outbox.Outcome;
import campana.relay.outbox.Turn;
import campana.relay.store.SqliteOpened;
import campana.testkit.ManualClock;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A dispatcher on a real outbox, in virtual time: rounds are run by hand, attempts within them,
/// and the far side is a function.
final class Rig implements AutoCloseable {
  private static final Pattern TEXT = Pattern.compile("\"text\":\"([^\"]*)\"");

  /// What the far side got.
  record Sent(Instant at, String text, String requestId) {}

  final ManualClock clock = new ManualClock();
  final List<Sent> sent = new ArrayList<>();
  final SqliteOpened opened;
  final Verdicts verdicts = new Verdicts();
  Dispatcher dispatcher;
  final Duration interval;
  private Function<Turn, Outcome> farSide = Rig::ok;
  private Duration answersAfter = Duration.ZERO;
  private Duration diskTakes = Duration.ZERO;

  Rig(Path folder) {
    this(folder, Duration.ofSeconds(1));
  }

  Rig(Path folder, Duration interval) {
    this.interval = interval;
    opened = SqliteOpened.at(folder, Caps.DEFAULT, Duration.ofMinutes(5), clock);
    dispatcher = dispatcher();
    opened.relay().listen(lane -> dispatcher.wake(lane));
    dispatcher.takeUp();
  }

  /// Begins anew with what waits, as a process does that was started again.
  void startAgain() {
    dispatcher.close();
    dispatcher = dispatcher();
    opened.backlog().voidLeases();
    dispatcher.takeUp();
  }

  private Dispatcher dispatcher() {
    return new Dispatcher(
        slow(opened.backlog()),
        this::send,
        new RetryPolicy(Backoff.DEFAULT, clock.instant(), () -> 0.999),
        _ -> interval,
        clock,
        new Here(),
        1024,
        Duration.ZERO,
        verdicts);
  }

  /// The same, but reading takes the time that it is set to.
  private Backlog slow(Backlog backlog) {
    return (Backlog)
        Proxy.newProxyInstance(
            Backlog.class.getClassLoader(),
            new Class<?>[] {Backlog.class},
            (_, method, arguments) -> {
              if (method.getName().equals("next")) {
                clock.advance(diskTakes);
              }
              return method.invoke(backlog, arguments);
            });
  }

  private Outcome send(Turn turn) {
    sent.add(new Sent(clock.instant(), text(turn), turn.requestId()));
    clock.advance(answersAfter);
    return farSide.apply(turn);
  }

  Rig farSide(Function<Turn, Outcome> newFarSide) {
    farSide = newFarSide;
    return this;
  }

  Rig diskTakes(Duration time) {
    diskTakes = time;
    return this;
  }

  Rig answersAfter(Duration wait) {
    answersAfter = wait;
    return this;
  }

  EntryId queue(Draft draft) {
    var queued = (Enqueued.Queued) opened.outbox().enqueue(draft.route(), List.of(draft));
    return queued.receipts().getFirst().id();
  }

  /// Lets this much time pass, and everything happen in it that is due.
  void pass(Duration time) {
    var end = clock.instant().plus(time);
    while (true) {
      dispatcher.runOnce();
      var next = dispatcher.nextDue();
      if (next == null || next.isAfter(end)) {
        clock.set(end);
        dispatcher.runOnce();
        return;
      }
      clock.set(next.isAfter(clock.instant()) ? next : clock.instant());
    }
  }

  List<String> texts() {
    return sent.stream().map(Sent::text).toList();
  }

  static String text(Turn turn) {
    var match = TEXT.matcher(new String(turn.body(), StandardCharsets.UTF_8));
    return match.find() ? match.group(1) : "";
  }

  static Answer answer(int status) {
    return new Answer(status, "" + status, new byte[0]);
  }

  static Outcome ok(Turn turn) {
    var n = turn.id().seq();
    return new Outcome.Delivered(answer(200), "spaces/S/messages/M" + n, "spaces/S/threads/T" + n);
  }

  static Outcome down() {
    return new Outcome.Later(answer(503), false, Optional.empty());
  }

  static Outcome refused() {
    return new Outcome.Denied(answer(403));
  }

  EntryState state(EntryId id) {
    return opened.records().entry(id).orElseThrow().entry().state();
  }

  /// Ends it, after both sums were seen to hold.
  @Override
  public void close() {
    assertThat(opened.records().sums().hold()).as("%s", opened.records().sums()).isTrue();
    dispatcher.close();
    opened.close();
  }

  /// Runs what it is given at once.
  static final class Here extends AbstractExecutorService {
    private volatile boolean down;

    @Override
    public void execute(Runnable command) {
      command.run();
    }

    @Override
    public void shutdown() {
      down = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      down = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return down;
    }

    @Override
    public boolean isTerminated() {
      return down;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
