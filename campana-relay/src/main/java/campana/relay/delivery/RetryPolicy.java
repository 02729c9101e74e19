package campana.relay.delivery;

import campana.relay.outbox.Outcome;
import campana.relay.outbox.Outcome.Delivered;
import campana.relay.outbox.Outcome.Denied;
import campana.relay.outbox.Outcome.Later;
import campana.relay.outbox.Outcome.Rejected;
import campana.relay.outbox.Outcome.Taken;
import campana.relay.outbox.Outcome.Throttled;
import campana.relay.outbox.Step;
import campana.relay.outbox.Step.Bury;
import campana.relay.outbox.Step.Doubts;
import campana.relay.outbox.Step.Finish;
import campana.relay.outbox.Step.Hold;
import campana.relay.outbox.Step.Refuse;
import campana.relay.outbox.Step.Retry;
import campana.relay.outbox.Step.StandBack;
import campana.relay.outbox.Step.Wait;
import campana.relay.outbox.Threading.Missing;
import campana.relay.outbox.Trust;
import campana.relay.outbox.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/// Decides what follows an attempt. Pure: the same arguments give the same decision.
///
/// @param startedAt of this process: what was accepted before it may have been tried already
/// @param unit draws the jitter, evenly from \[0, 1)
record RetryPolicy(Backoff backoff, Instant startedAt, DoubleSupplier unit) {
  /// Failures in a row after which an entry stands back and another one is tried.
  static final int IN_A_ROW = 5;

  /// However long the far side asks us to wait, we look again after this.
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final List<Duration> PROBES =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(60));

  Decision after(Outcome outcome, Turn turn, Course before, Pace pace, Instant now) {
    var course = before.gave(turn.trust(), turn.aside());
    var paced = pace.after(now, course.slowUntil());
    return switch (outcome) {
      case Delivered(_, var message, var thread) -> delivered(message, thread, course, paced);
      case Taken _ when maybeSent(turn) -> delivered("", "", course, paced);
      case Taken(var answer) -> new Decision(new Bury(answer.reason()), course, paced);
      case Rejected(var answer) -> new Decision(new Bury(answer.reason()), course, paced);
      case Denied(var answer) when answer.status() == 404 && turn.missing() == Missing.FAIL ->
          new Decision(new Bury(answer.reason()), course, paced);
      case Denied(var answer) -> new Decision(denied(answer.reason(), turn, now), course, paced);
      case Throttled(_, var retryIn) -> throttled(retryIn, course, pace, now);
      case Later later -> later(later, turn, course, paced, now);
    };
  }

  private boolean maybeSent(Turn turn) {
    return turn.unanswered() || turn.acceptedAt().isBefore(startedAt);
  }

  private static Decision delivered(String message, String thread, Course course, Instant paced) {
    var doubts = course.down() ? Doubts.FORGIVE : Doubts.COUNT;
    return new Decision(new Finish(message, thread, doubts), course.delivered(), paced);
  }

  private static Step denied(String why, Turn turn, Instant now) {
    return turn.trust() == Trust.UNPROVEN
        ? new Refuse(why)
        : new Hold(why, now.plus(PROBES.get(Math.min(turn.probes(), PROBES.size() - 1))));
  }

  private Decision throttled(Optional<Duration> retryIn, Course course, Pace pace, Instant now) {
    var slower = course.throttled(Pace.slowUntil(now));
    var wait =
        retryIn.orElseGet(() ->
            course.throttles() == 0 ? backoff.first() : backoff.draw(slower.throttles(), unit));
    return new Decision(new Wait(), slower, later(now, wait, pace.after(now, slower.slowUntil())));
  }

  private Decision later(Later later, Turn turn, Course course, Instant paced, Instant now) {
    var unanswered = later.unanswered();
    var failed = turn.failures() + 1;
    if (course.down() || (course.trial() && !turn.aside())) {
      // another one failed as well: the far side is down, and its entries take turns at asking
      var next = course.failed(false, true);
      var wait = later.retryIn().orElseGet(() -> backoff.draw(next.failures(), unit));
      return new Decision(new StandBack(unanswered, now, true), next, later(now, wait, paced));
    }
    if (turn.aside() || failed >= IN_A_ROW) {
      var alone = backoff.draw(failed, unit);
      var wait = later.retryIn().orElse(Duration.ZERO);
      return new Decision(
          new StandBack(unanswered, later(now, alone, paced), false),
          course.failed(true, false),
          later(now, wait, paced));
    }
    var next = course.failed(false, false);
    var wait = later.retryIn().orElseGet(() -> backoff.draw(next.failures(), unit));
    return new Decision(new Retry(unanswered), next, later(now, wait, paced));
  }

  /// `now` and the wait, but not before `paced`.
  private static Instant later(Instant now, Duration wait, Instant paced) {
    var at = now.plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
    return at.isAfter(paced) ? at : paced;
  }
}
