package campana.relay.delivery;

import campana.relay.outbox.Lane;
import campana.relay.outbox.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A lane that is under way, in memory. Whoever made it BUSY has it alone, and only he changes
/// course and freeAt.
///
/// What a slot is for is chosen before it, at 1/s as soon as the slot before is done, so that no
/// look-up on busy cores or a busy disk makes it late. Where something has come since, it is chosen
/// again shortly before the slot.
final class LaneRun {
  private static final Duration LEAD = Duration.ofMillis(1_100);
  private static final Duration SECOND_LOOK = Duration.ofMillis(20);

  enum State {
    /// Nothing to do that we know of.
    RESTING,
    /// In the timetable.
    QUEUED,
    /// A choice or an attempt is under way.
    BUSY
  }

  private final Lane lane;
  private State state = State.RESTING; // all guarded by this
  private boolean woken;
  private Instant freeAt;
  private Course course = Course.FIRST;
  private boolean placed; // whether freeAt is apart from the other lanes'
  private boolean looked; // whether it was chosen what the slot to come is for
  private boolean stale; // whether something has come since
  private @Nullable Turn chosen; // null: nothing, as far as was known then
  private final Deque<Direct> directs = new ArrayDeque<>();

  LaneRun(Lane lane, Instant freeAt) {
    this.lane = lane;
    this.freeAt = freeAt;
  }

  Lane lane() {
    return lane;
  }

  synchronized Instant freeAt() {
    return freeAt;
  }

  /// When there is something to do for the slot to come, be it the choice or the attempt.
  synchronized Instant dueAt() {
    return freeAt.minus(!looked ? LEAD : stale ? SECOND_LOOK : Duration.ZERO);
  }

  /// Whether it is time to choose what the slot to come is for.
  synchronized boolean near(Instant now) {
    return !now.isBefore(freeAt.minus(LEAD));
  }

  synchronized Course course() {
    return course;
  }

  /// There is something to do.
  ///
  /// @return whether it has to be put into the timetable
  synchronized boolean wake() {
    return switch (state) {
      case RESTING -> {
        state = State.QUEUED;
        looked = false;
        yield true;
      }
      case QUEUED -> {
        var before = stale;
        stale = looked;
        yield stale && !before;
      }
      case BUSY -> {
        woken = true;
        yield false;
      }
    };
  }

  /// Another process may have had an answer in it since we knew it.
  ///
  /// @return whether it has to be put into the timetable, for then
  synchronized boolean notBefore(Instant at) {
    if (state == State.BUSY || !at.isAfter(freeAt)) {
      return false;
    }
    freeAt = at;
    return state == State.QUEUED;
  }

  /// Another holder may have been told that it is too fast. What follows an attempt that is under
  /// way now was decided without: then the next look tells it again.
  synchronized void slow(Instant until) {
    course = course.slow(until);
  }

  /// What became of beginning.
  enum Begun {
    /// Its slot has come.
    SEND,
    /// Its slot is near.
    CHOOSE,
    /// It is under way, or its own time is still to come.
    NO,
    /// It has to be put into the timetable for its own time.
    TOO_EARLY
  }

  /// @param place gives it its place among the lanes that are due now, which may be a little later
  synchronized Begun begin(Instant now, Supplier<Instant> place) {
    if (state == State.BUSY) {
      woken = true;
      return Begun.NO;
    }
    if (!placed && !now.isBefore(freeAt)) {
      placed = true;
      freeAt = place.get();
      if (now.isBefore(freeAt)) {
        state = State.QUEUED;
        return Begun.TOO_EARLY;
      }
    }
    if (now.isBefore(dueAt())) {
      var rested = state == State.RESTING;
      state = State.QUEUED;
      return rested ? Begun.TOO_EARLY : Begun.NO;
    }
    state = State.BUSY;
    woken = false;
    return now.isBefore(freeAt) ? Begun.CHOOSE : Begun.SEND;
  }

  /// What the slot to come is for.
  ///
  /// @param turn null: nothing, as far as is known
  synchronized void chose(@Nullable Turn turn) {
    looked = true;
    stale = false;
    chosen = turn;
  }

  /// What was chosen for this slot; empty: it is still to be chosen, or something has come since,
  /// perhaps while it stood in line for its origin.
  synchronized Optional<Turn> takeChosen() {
    var turn = stale || woken ? null : chosen;
    looked = false;
    stale = false;
    chosen = null;
    return Optional.ofNullable(turn);
  }

  /// After an attempt.
  synchronized void became(Course after, Instant free) {
    course = after;
    freeAt = free;
    placed = false;
  }

  /// The choice or the attempt is over.
  ///
  /// @return whether it has to be put into the timetable
  synchronized boolean end(boolean more) {
    var again = more || woken || !directs.isEmpty();
    stale |= woken && looked;
    state = again ? State.QUEUED : State.RESTING;
    return again;
  }

  /// Whether it holds nothing that a new one would not.
  synchronized boolean forgettable(Instant now) {
    return state == State.RESTING
        && directs.isEmpty()
        && freeAt.isBefore(now)
        && course.slowUntil().isBefore(now);
  }

  synchronized boolean add(Direct direct, int most) {
    return directs.size() < most && directs.add(direct);
  }

  /// The next attempt that somebody waits for.
  ///
  /// @param alsoUnproven whether the slot may go to a credential that was never accepted
  synchronized Optional<Direct> takeDirect(Instant now, boolean alsoUnproven) {
    directs.removeIf(direct -> direct.gaveUp(now));
    var taken = directs.stream().filter(direct -> alsoUnproven || !direct.unproven()).findFirst();
    taken.ifPresent(directs::remove);
    return taken;
  }
}
