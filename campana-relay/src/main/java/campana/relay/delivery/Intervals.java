package campana.relay.delivery;

import campana.relay.outbox.Destination;
import campana.relay.outbox.Lane;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// How long each lane rests, by the config that holds now: the lowest rate of those that share a
/// lane wins. Thread-safe.
final class Intervals {
  private final Supplier<Delivery.Rules> rules;
  private volatile Table table = new Table(Map.of(), Map.of());

  private record Table(Map<String, Destination> destinations, Map<String, Duration> byLane) {}

  Intervals(Supplier<Delivery.Rules> rules) {
    this.rules = rules;
  }

  Duration of(Lane lane) {
    var now = rules.get();
    var known = table;
    if (!known.destinations.equals(now.destinations())) {
      known = new Table(now.destinations(), byLane(now.destinations()));
      table = known;
    }
    return known.byLane.getOrDefault(lane.id(), now.upstreamInterval());
  }

  private static Map<String, Duration> byLane(Map<String, Destination> destinations) {
    return destinations.values().stream()
        .collect(
            Collectors.toMap(
                destination -> destination.credential().lane().id(),
                Destination::interval,
                (one, other) -> one.compareTo(other) > 0 ? one : other));
  }
}
