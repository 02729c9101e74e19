package campana.server.store;

import java.util.ArrayDeque;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Where a message stands in the log, and the way from there to every older one of its space: each
/// also knows one further back, so that any is a few steps away (a skip list by skew-binary
/// numbers; Myers, "An applicative random-access stack", 1983). It never changes, and a space's way
/// only grows at its head: a reader's snapshot of it is one reference.
///
/// @param entry 0 where it is known that nothing stands there any more
/// @param jump the step at [#jumpFrom]; null where that is 0
record Step(long position, long entry, @Nullable Step jump) {
  /// The next message of a space.
  ///
  /// @param head the newest one; null where there never was one
  static Step after(@Nullable Step head, long entry) {
    if (head == null) {
      return new Step(1, entry, null);
    }
    var jump = head.jump;
    if (jump != null && head.position - jump.position == jump.position - jump.jumpPosition()) {
      jump = jump.jump;
    } else {
      jump = head;
    }
    return new Step(head.position + 1, entry, jump);
  }

  /// To which older position the message at `position` leads besides the one before it; 0: to none.
  static long jumpFrom(long position) {
    var weight = Long.highestOneBit(position + 1) - 1;
    for (var rest = position - weight; rest > 0; rest -= weight) {
      while (weight > rest) {
        weight >>= 1;
      }
    }
    return position - weight;
  }

  long jumpEntry() {
    return jump == null ? 0 : jump.entry;
  }

  private long jumpPosition() {
    return jump == null ? 0 : jump.position;
  }

  /// The entries of this step and of all that its jumps lead to.
  String path() {
    var path = new StringJoiner(" ");
    for (var step = this; step != null; step = step.jump) {
      path.add(Long.toString(step.entry));
    }
    return path.toString();
  }

  /// What [#path] was made of. Entries that it lacks are gone.
  ///
  /// @return null for position 0
  static @Nullable Step of(long position, String path) {
    var positions = new ArrayDeque<Long>();
    for (var at = position; at > 0; at = jumpFrom(at)) {
      positions.push(at);
    }
    var entries = path.isEmpty() ? new String[0] : path.split(" ", -1);
    Step step = null;
    while (!positions.isEmpty()) {
      var at = positions.pop();
      var entry = positions.size() < entries.length ? Long.parseLong(entries[positions.size()]) : 0;
      step = new Step(at, entry, step);
    }
    return step;
  }
}
