package campana.relay.delivery;

import campana.relay.outbox.Destination;
import campana.relay.outbox.Draft;
import campana.relay.outbox.Watch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that nobody is left untold: ends what expired, and tells a lane's fallback that it is
/// paused or late, with its critical triggers. One round at a time.
final class Alarms {
  private static final Logger log = LoggerFactory.getLogger(Alarms.class);

  /// What the config says.
  ///
  /// @param alarm the destination of last resort; empty: none
  record Telling(String alarm, Duration alarmAfter, Map<String, Destination> destinations) {}

  private final Watch watch;
  private final Supplier<Telling> telling;
  private final InstantSource clock;

  Alarms(Watch watch, Supplier<Telling> telling, InstantSource clock) {
    this.watch = watch;
    this.telling = telling;
    this.clock = clock;
  }

  void runOnce() {
    var rules = telling.get();
    for (var more = true; more; ) {
      var looked = watch.look(clock.instant(), rules.alarmAfter());
      looked.untold().forEach(entry -> carry(entry, rules));
      more = looked.more();
    }
    watch.untold().forEach(lane -> tell(lane, rules));
  }

  private void tell(Watch.Untold untold, Telling rules) {
    var fallbacks =
        untold.destinations().stream()
            .map(name -> fallback(name, untold.lane().id(), rules))
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    log.warn(
        "lane {} is not told since {}: {} wait{}; told: {}",
        untold.lane().name(),
        untold.since(),
        untold.waiting(),
        untold.why().isEmpty() ? "" : " (" + String.join("; ", untold.why()) + ")",
        fallbacks.stream().map(Destination::name).toList());
    var notices = fallbacks.stream().map(to -> Notices.untold(untold, to)).toList();
    watch.told(untold.lane(), notices, clock.instant());
  }

  private void carry(Watch.Critical entry, Telling rules) {
    List<Draft> copies =
        fallback(entry.destination(), entry.lane().id(), rules).stream()
            .map(to -> Notices.copy(entry, to))
            .toList();
    watch.carried(entry.id(), copies, clock.instant());
  }

  /// Where to tell about a destination: its own fallback, else the alarm, but never the same lane.
  private static Optional<Destination> fallback(String name, String laneId, Telling rules) {
    var destination = rules.destinations().get(name);
    var own = destination == null ? "" : destination.fallback();
    return List.of(own, rules.alarm()).stream()
        .filter(candidate -> !candidate.isEmpty())
        .flatMap(candidate -> Optional.ofNullable(rules.destinations().get(candidate)).stream())
        .filter(to -> !to.credential().lane().id().equals(laneId))
        .findFirst();
  }
}
