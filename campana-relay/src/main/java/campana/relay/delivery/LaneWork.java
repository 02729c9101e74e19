package campana.relay.delivery;

import campana.relay.outbox.Answer;
import campana.relay.outbox.Attempt;
import campana.relay.outbox.Backlog;
import campana.relay.outbox.Backlog.Held;
import campana.relay.outbox.Backlog.Settled;
import campana.relay.outbox.Busy;
import campana.relay.outbox.Lane;
import campana.relay.outbox.Next;
import campana.relay.outbox.Outcome;
import campana.relay.outbox.Turn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done in one slot of a lane: chooses what is sent, makes the attempt, stores the step.
final class LaneWork {
  private static final Logger log = LoggerFactory.getLogger(LaneWork.class);
  private static final Duration ASK_AGAIN = Duration.ofMillis(500);
  private static final Duration AFTER_A_FAULT = Duration.ofSeconds(1);

  private final Backlog backlog;
  private final Sender sender;
  private final RetryPolicy policy;
  private final Function<Lane, Duration> interval;
  private final InstantSource clock;
  private final Verdicts verdicts;
  private final BiConsumer<Instant, LaneRun> later;
  private volatile boolean closing;

  /// @param interval of a lane: the longest of those that its destinations want
  /// @param later has a lane looked at again at a time
  LaneWork(
      Backlog backlog,
      Sender sender,
      RetryPolicy policy,
      Function<Lane, Duration> interval,
      InstantSource clock,
      Verdicts verdicts,
      BiConsumer<Instant, LaneRun> later) {
    this.backlog = backlog;
    this.sender = sender;
    this.policy = policy;
    this.interval = interval;
    this.clock = clock;
    this.verdicts = verdicts;
    this.later = later;
  }

  /// What is begun from now on may give up waiting for the disk.
  void close() {
    closing = true;
  }

  /// Chooses what the slot to come is for.
  ///
  /// @return whether it has something to do
  boolean choose(LaneRun run) {
    return switch (backlog.next(run.lane(), run.freeAt(), run.course().order())) {
      case Next.Try(var turn) -> {
        run.chose(turn);
        yield true;
      }
      case Next.Lost(var id, var why) -> backlog.bury(run.lane(), id, why).more();
      case Next.NotBefore(var at) -> {
        later.accept(at, run);
        run.chose(null);
        yield false;
      }
      case Next.Nothing() -> {
        run.chose(null);
        yield false;
      }
    };
  }

  /// One slot of a lane.
  ///
  /// @return whether it has more to do
  boolean run(LaneRun run) {
    var now = clock.instant();
    var chosen = run.takeChosen();
    var waitedFor = run.takeDirect(now, run.course().order().unprovenDue());
    if (waitedFor.isPresent()) {
      direct(run, waitedFor.get());
      return true;
    }
    if (chosen.isPresent()) {
      return attempt(run, chosen.get());
    }
    return switch (backlog.next(run.lane(), now, run.course().order())) {
      case Next.Try(var turn) -> attempt(run, turn);
      case Next.Lost(var id, var why) -> backlog.bury(run.lane(), id, why).more();
      case Next.NotBefore(var at) -> {
        later.accept(at, run);
        yield unproven(run, now);
      }
      case Next.Nothing() -> unproven(run, now);
    };
  }

  /// A slot that nobody else wants may go to anybody.
  private boolean unproven(LaneRun run, Instant now) {
    var direct = run.takeDirect(now, true);
    direct.ifPresent(d -> direct(run, d));
    return direct.isPresent();
  }

  private boolean attempt(LaneRun run, Turn turn) {
    var startedAt = clock.instant();
    var outcome = send(turn);
    var answeredAt = clock.instant();
    var decision = decide(run, turn, outcome, answeredAt);
    var attempt = new Attempt(outcome.answer(), startedAt, answeredAt, decision.rest());
    var settled = settle(() -> backlog.settle(run.lane(), turn.id(), attempt, decision.step()));
    if (!settled.stored()) {
      log.warn("lane {}: another holder has it; not stored: {}", run.lane().name(), turn.id());
    }
    verdicts.tell(turn.credential().id());
    return settled.more();
  }

  /// When a lane is free that another process may have had before.
  Instant freeAt(Held held) {
    if (held.answeredAt().equals(Instant.EPOCH)) {
      return Instant.EPOCH;
    }
    var rest = held.rest();
    var paced = new Pace(interval.apply(held.lane())).after(held.answeredAt(), rest.slowUntil());
    return rest.freeAt().isAfter(paced) ? rest.freeAt() : paced;
  }

  private void direct(LaneRun run, Direct direct) {
    var startedAt = clock.instant();
    var held = backlog.hold(run.lane(), startedAt);
    // Another process may be done with the lane before its sender's patience is over.
    var freeAt = held.map(this::freeAt).orElseGet(() -> startedAt.plus(ASK_AGAIN));
    held.ifPresent(it -> run.slow(it.rest().slowUntil()));
    if (freeAt.isAfter(startedAt)) {
      run.became(run.course(), freeAt);
      run.add(direct, Integer.MAX_VALUE);
      return;
    }
    var outcome = send(direct.turn());
    var answeredAt = clock.instant();
    var decision = decide(run, direct.turn(), outcome, answeredAt);
    var attempt = new Attempt(outcome.answer(), startedAt, answeredAt, decision.rest());
    settle(() -> {
      backlog.record(direct.draft(), direct.turn().requestId(), attempt, decision.step());
      return new Settled(true, true);
    });
    direct.outcome().complete(outcome);
    verdicts.tell(direct.turn().credential().id());
  }

  /// An entry that a mistake of ours cannot send is a failing one: it may not stop its lane.
  private Outcome send(Turn turn) {
    try {
      return sender.send(turn);
    } catch (RuntimeException e) {
      var what = e.getClass().getSimpleName(); // a text could hold the address
      log.error("entry {} cannot be sent: {}", turn.id(), what);
      return new Outcome.Later(Answer.none("not sent: " + what), false, Optional.empty());
    }
  }

  private Decision decide(LaneRun run, Turn turn, Outcome outcome, Instant answeredAt) {
    var pace = new Pace(interval.apply(run.lane()));
    var decision = policy.after(outcome, turn, run.course(), pace, answeredAt);
    run.became(decision.course(), decision.freeAt());
    return decision;
  }

  /// Stores what is known, however long the disk is full: to go on without would be to repeat it.
  private Settled settle(Supplier<Settled> storing) {
    while (true) {
      try {
        return storing.get();
      } catch (Busy e) {
        log.warn("a step waits for the disk: {}", e.getMessage());
        if (closing) {
          return new Settled(false, true);
        }
        LockSupport.parkNanos(AFTER_A_FAULT.toNanos());
      }
    }
  }
}
