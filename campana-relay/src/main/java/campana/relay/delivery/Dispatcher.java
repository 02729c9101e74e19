package campana.relay.delivery;

import campana.relay.outbox.Backlog;
import campana.relay.outbox.Backlog.Held;
import campana.relay.outbox.Busy;
import campana.relay.outbox.Lane;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Empties the outbox: knows which lane is due when, and has its slot used ([LaneWork]). What is
/// not in memory is asked of the backlog at the moment of the attempt, so nothing in memory has to
/// be right but the pace.
///
/// One thread of its own waits for what is due next; each attempt blocks a virtual one.
public final class Dispatcher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration RENEW = Duration.ofSeconds(2); // a lease lasts 6 s
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration LAST = Duration.ofSeconds(5);
  private static final Duration AFTER_A_FAULT = Duration.ofSeconds(1);
  private static final int DIRECTS = 100; // in one lane; they are answered within 10 s

  private final Backlog backlog;
  private final LaneWork work;
  private final Function<Lane, Duration> interval;
  private final InstantSource clock;
  private final ExecutorService attempts;
  private final Duration grace;
  private final Map<String, LaneRun> runs = new ConcurrentHashMap<>();
  private final Timetable timetable = new Timetable();
  private final Spread spread = new Spread();
  private final Gates gates;
  private final Thread thread = Thread.ofPlatform().name("dispatcher").unstarted(this::run);
  private volatile boolean closing;

  /// @param interval of a lane: the longest of those that its destinations want
  /// @param attempts runs them; closed here
  /// @param atOnce attempts under way to one origin, at most
  /// @param grace how long attempts under way get when it closes
  Dispatcher(
      Backlog backlog,
      Sender sender,
      RetryPolicy policy,
      Function<Lane, Duration> interval,
      InstantSource clock,
      ExecutorService attempts,
      int atOnce,
      Duration grace,
      Verdicts verdicts) {
    this.backlog = backlog;
    this.interval = interval;
    this.clock = clock;
    this.attempts = attempts;
    this.gates = new Gates(atOnce);
    this.grace = grace;
    this.work = new LaneWork(backlog, sender, policy, interval, clock, verdicts, timetable::add);
  }

  /// Takes up what waits from before, and begins.
  public void start() {
    backlog.voidLeases();
    takeUp();
    thread.start();
  }

  /// Leases lanes that wait and that nobody holds.
  void takeUp() {
    backlog.lease(clock.instant()).forEach(this::wake);
  }

  /// Something is new in this lane. Quick, and called after the commit.
  public void wake(Held held) {
    queue(held.lane(), work.freeAt(held), held.rest().slowUntil());
  }

  /// @param freeAt where nothing later is known of the lane
  /// @param slowUntil likewise
  private LaneRun queue(Lane lane, Instant freeAt, Instant slowUntil) {
    var queued = new boolean[1];
    var run =
        runs.compute(
            lane.id(),
            (_, known) -> {
              var it = known == null ? new LaneRun(lane, freeAt) : known;
              var later = it.notBefore(freeAt);
              it.slow(slowUntil);
              queued[0] = it.wake() || later;
              return it;
            });
    if (queued[0]) {
      timetable.add(run.dueAt(), run);
    }
    return run;
  }

  /// Has an attempt made at the lane's next slot.
  ///
  /// @return whether it is in line; if not, too many are
  boolean attempt(Direct direct) {
    var lane = direct.draft().credential().lane();
    var taken = queue(lane, Instant.EPOCH, Instant.EPOCH).add(direct, DIRECTS);
    queue(lane, Instant.EPOCH, Instant.EPOCH); // the slot before may have ended without it
    return taken;
  }

  private void run() {
    var renewAt = clock.instant().plus(RENEW);
    while (!closing) {
      try {
        runOnce();
        var now = clock.instant();
        if (!now.isBefore(renewAt)) {
          renewAt = now.plus(RENEW);
          attempts.execute(this::renew);
        }
        timetable.await(clock.instant(), LOOK);
      } catch (InterruptedException | RejectedExecutionException e) {
        return; // closed
      } catch (RuntimeException e) {
        log.error("a round of the dispatcher failed", e);
      }
    }
  }

  /// Keeps what is held, takes up what nobody holds, forgets lanes that rest.
  void renew() {
    try {
      var now = clock.instant();
      backlog.renew(now);
      takeUp();
      for (var lane : runs.keySet()) {
        runs.computeIfPresent(lane, (_, run) -> run.forgettable(now) ? null : run);
      }
    } catch (RuntimeException e) {
      log.warn("the leases were not renewed: {}", e.getMessage());
    }
  }

  /// One round: begins an attempt in every lane that is due.
  ///
  /// @return how many
  int runOnce() {
    var now = clock.instant();
    var begun = 0;
    for (var run : timetable.due(now)) {
      switch (run.begin(now, () -> spread.start(now, interval.apply(run.lane()), runs.size()))) {
        case SEND -> {
          begun++;
          if (gates.enter(run)) {
            execute(run, this::occupy);
          }
        }
        case CHOOSE -> {
          if (gates.crowded(run)) {
            run.chose(null); // see lookAhead
            run.end(true);
            timetable.add(run.dueAt(), run);
          } else {
            execute(run, this::choose);
          }
        }
        case TOO_EARLY -> timetable.add(run.dueAt(), run);
        case NO -> {}
      }
    }
    return begun;
  }

  /// When the next lane is due; null: none is.
  @Nullable Instant nextDue() {
    return timetable.next();
  }

  private void execute(LaneRun run, Consumer<LaneRun> work) {
    try {
      attempts.execute(() -> work.accept(run));
    } catch (RejectedExecutionException e) {
      log.debug("closing: lane {} waits on disk", run.lane().name());
    }
  }

  private void choose(LaneRun run) {
    spend(run, work::choose);
  }

  private void occupy(LaneRun run) {
    try {
      spend(run, it -> work.run(it) && lookAhead(it));
    } finally {
      var next = gates.leave(run);
      if (next != null) {
        execute(next, this::occupy);
      }
    }
  }

  private boolean lookAhead(LaneRun run) {
    return closing
        || !run.near(clock.instant())
        || gates.crowded(run) // it will have to wait, and is chosen when it gets in
        || work.choose(run);
  }

  /// @param part of a slot's work; tells whether the lane has more to do
  private void spend(LaneRun run, Predicate<LaneRun> part) {
    var more = true;
    try {
      more = !closing && part.test(run);
    } catch (RuntimeException e) {
      log.error("lane {} failed: {}", run.lane().name(), e.getMessage(), e);
      run.became(run.course(), clock.instant().plus(AFTER_A_FAULT));
    } finally {
      if (run.end(more)) {
        timetable.add(run.dueAt(), run);
      }
    }
  }

  /// Takes no new attempts, waits for those under way, then interrupts them. An entry that was cut
  /// off stays on disk and is repeated under the same requestId.
  @Override
  public void close() {
    closing = true;
    work.close();
    thread.interrupt();
    attempts.shutdown();
    try {
      if (!attempts.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        attempts.shutdownNow();
        if (!attempts.awaitTermination(LAST.toMillis(), TimeUnit.MILLISECONDS)) {
          log.warn("attempts were still under way when the relay stopped");
        }
      }
      backlog.leave();
    } catch (Busy e) {
      log.warn("what this process held is free in some seconds: {}", e.getMessage());
    } catch (InterruptedException e) {
      attempts.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
