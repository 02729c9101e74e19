package campana.relay.delivery;

import campana.relay.outbox.Lane;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// A lane that is under way, in memory. Whoever made it BUSY has it alone, and only he changes
/// course and freeAt.
final class LaneRun {
  enum State {
    /// Nothing to do that we know of.
    RESTING,
    /// In the timetable.
    QUEUED,
    /// An attempt is under way.
    BUSY
  }

  private final Lane lane;
  private State state = State.RESTING; // all guarded by this
  private boolean woken;
  private Instant freeAt;
  private Course course = Course.FIRST;
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

  synchronized Course course() {
    return course;
  }

  /// There is something to do.
  ///
  /// @return whether it has to be put into the timetable
  synchronized boolean wake() {
    if (state == State.RESTING) {
      state = State.QUEUED;
      return true;
    }
    woken |= state == State.BUSY;
    return false;
  }

  /// What became of beginning.
  enum Begun {
    YES,
    /// It is under way, or its own slot is still to come.
    NO,
    /// It has to be put into the timetable for its slot.
    TOO_EARLY
  }

  synchronized Begun begin(Instant now) {
    if (state == State.BUSY) {
      woken = true;
      return Begun.NO;
    }
    if (now.isBefore(freeAt)) {
      return wake() ? Begun.TOO_EARLY : Begun.NO;
    }
    state = State.BUSY;
    woken = false;
    return Begun.YES;
  }

  /// After an attempt.
  synchronized void became(Course after, Instant free) {
    course = after;
    freeAt = free;
  }

  /// The attempt is over.
  ///
  /// @return whether it has to be put into the timetable
  synchronized boolean end(boolean more) {
    var again = more || woken || !directs.isEmpty();
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
