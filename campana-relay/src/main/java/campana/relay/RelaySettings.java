package campana.relay;

import campana.relay.outbox.Caps;
import campana.relay.outbox.Destination;
import campana.relay.outbox.Upstream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What the config says about the relay.
///
/// @param alarm the destination to tell when another one is not reached; empty: none
/// @param alarmAfter an entry that waits longer is late
/// @param upstream empty: no proxy
/// @param destinations by name
/// @param routes by name
public record RelaySettings(
    Caps caps,
    String alarm,
    Duration alarmAfter,
    Optional<Upstream> upstream,
    Map<String, Destination> destinations,
    Map<String, RouteSettings> routes,
    Retention retention) {
  public static final Duration ALARM_AFTER = Duration.ofMinutes(5);

  public RelaySettings {
    destinations = Map.copyOf(destinations);
    routes = Map.copyOf(routes);
    if (!alarm.isEmpty() && !destinations.containsKey(alarm)) {
      throw new IllegalArgumentException(
          "relay.alarm: there is no destination '"
              + alarm
              + "'; wanted: one of relay.destinations");
    }
  }

  /// Without routes.
  public RelaySettings(
      Caps caps,
      String alarm,
      Duration alarmAfter,
      Optional<Upstream> upstream,
      Map<String, Destination> destinations,
      Retention retention) {
    this(caps, alarm, alarmAfter, upstream, destinations, Map.of(), retention);
  }

  /// Whether this host may have an address of this machine or its networks. All who are at one host
  /// agree about it, and what waits for a destination that is gone goes by whoever is there still.
  boolean allowsPrivate(String host) {
    return Stream.concat(
            upstream.filter(Upstream::allowPrivate).map(Upstream::host).stream(),
            destinations.values().stream()
                .filter(Destination::allowPrivate)
                .map(to -> to.url().host()))
        .anyMatch(host::equalsIgnoreCase);
  }

  /// How long things are kept.
  public record Retention(Duration deliveries, Duration deadLetters, Duration bodies) {
    public static final Retention DEFAULT =
        new Retention(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(7));
  }
}
