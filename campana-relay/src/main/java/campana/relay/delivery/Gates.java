package campana.relay.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many attempts one origin may have under way: one that hangs takes no more than its share of
/// sockets, and nobody else's. Thread-safe.
final class Gates {
  private final int atOnce;
  private final Map<String, Gate> gates = new HashMap<>(); // guarded by this

  private static final class Gate {
    int inside;
    final Deque<LaneRun> outside = new ArrayDeque<>(); // bounded by the number of lanes
  }

  Gates(int atOnce) {
    this.atOnce = atOnce;
  }

  /// @return whether it may go; if not, somebody's leaving lets it in
  synchronized boolean enter(LaneRun run) {
    var gate = gates.computeIfAbsent(origin(run), _ -> new Gate());
    if (gate.inside < atOnce) {
      gate.inside++;
      return true;
    }
    gate.outside.add(run);
    return false;
  }

  /// Whether somebody waits already where this one wants to go in.
  synchronized boolean crowded(LaneRun run) {
    var gate = gates.get(origin(run));
    return gate != null && !gate.outside.isEmpty();
  }

  /// @return who goes in instead
  synchronized @Nullable LaneRun leave(LaneRun run) {
    var gate = gates.get(origin(run));
    if (gate == null) {
      throw new IllegalStateException("nobody went in to " + origin(run));
    }
    var next = gate.outside.poll();
    if (next == null && --gate.inside == 0) {
      gates.remove(origin(run));
    }
    return next;
  }

  private static String origin(LaneRun run) {
    var name = run.lane().name();
    return name.substring(0, name.indexOf("/spaces/"));
  }
}
