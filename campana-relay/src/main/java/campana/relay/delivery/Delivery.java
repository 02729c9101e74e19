package campana.relay.delivery;

import campana.relay.outbox.Backlog;
import campana.relay.outbox.Destination;
import campana.relay.outbox.Outbox;
import campana.relay.outbox.Watch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// Everything that empties the outbox and looks after it, as one thing to start and to close.
public final class Delivery implements AutoCloseable {
  private static final int AT_ONCE = 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CountedSender sender;
  private final Dispatcher dispatcher;
  private final WirePosts wirePosts;
  private final Care care;
  private final Watch watch;
  private final Supplier<Rules> rules;
  private final InstantSource clock;

  /// What the config says, asked for anew each time.
  ///
  /// @param alarm the destination of last resort; empty: none
  /// @param upstreamInterval of the proxy's lanes that no destination shares
  public record Rules(
      String alarm,
      Duration alarmAfter,
      Map<String, Destination> destinations,
      Duration upstreamInterval,
      Care.Keep keep) {}

  /// @param unit draws jitter, evenly from \[0, 1)
  /// @param grace how long attempts under way get when it closes
  public Delivery(
      Outbox outbox,
      Backlog backlog,
      Watch watch,
      Sender sender,
      Supplier<Rules> rules,
      InstantSource clock,
      DoubleSupplier unit,
      Duration grace) {
    this.sender = new CountedSender(sender);
    this.watch = watch;
    this.rules = rules;
    this.clock = clock;
    var steady = new SteadyClock(clock);
    var verdicts = new Verdicts();
    var intervals = new Intervals(rules);
    dispatcher =
        new Dispatcher(
            backlog,
            this.sender,
            new RetryPolicy(Backoff.DEFAULT, clock.instant(), unit),
            intervals::of,
            steady,
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("attempt-", 0).factory()),
            AT_ONCE,
            grace,
            verdicts);
    wirePosts = new PostDesk(outbox, dispatcher, verdicts, clock, PATIENCE);
    var alarms =
        new Alarms(
            watch,
            () ->
                new Alarms.Telling(
                    rules.get().alarm(), rules.get().alarmAfter(), rules.get().destinations()),
            clock);
    care = new Care(alarms, watch, () -> rules.get().keep(), clock);
  }

  public void start() {
    adopt();
    dispatcher.start();
    care.start();
  }

  /// The config has changed, or has been read for the first time: what waits for a destination goes
  /// to its address of now.
  public void adopt() {
    var credentials = rules.get().destinations().values().stream().map(Destination::credential);
    watch.adopt(credentials.toList(), clock.instant());
  }

  /// Something is new in this lane. Quick.
  public void wake(Backlog.Held held) {
    dispatcher.wake(held);
  }

  /// Attempts since the start, by outcome.
  public Map<String, Long> attempts() {
    return sender.counts();
  }

  public WirePosts wirePosts() {
    return wirePosts;
  }

  /// No new attempts; those under way get their grace.
  @Override
  public void close() {
    care.close();
    dispatcher.close();
  }
}
