package campana.relay.route;

import campana.relay.outbox.Body;
import campana.relay.outbox.Credential;
import campana.relay.outbox.Dedup;
import campana.relay.outbox.Destination;
import campana.relay.outbox.Draft;
import campana.relay.outbox.Priority;
import campana.relay.outbox.Threading;
import campana.relay.source.Plain;
import campana.relay.source.Severity;
import campana.relay.source.State;
import campana.relay.source.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Makes plans. Pure: the same arguments give the same plan. Thread-safe.
public final class Router {
  private static final String REPLY = "messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD";
  private static final int TITLE = 200;

  private final Map<String, Target> destinations;

  /// @param credential the destination's, made once
  private record Target(Destination to, Credential credential) {}

  /// @param destinations by name
  public Router(Map<String, Destination> destinations) {
    this.destinations =
        destinations.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey,
                    named -> new Target(named.getValue(), named.getValue().credential())));
  }

  /// @param route its destinations are all known: see [#demandKnown]
  /// @param now for what a message says about time, and for the thread of the day
  public Plan plan(Route route, Trigger trigger, Instant now) {
    if (!route.when().holds(trigger)) {
      return new Plan.Filtered("its condition does not hold");
    }
    var drafts = new ArrayList<Draft>(route.to().size());
    for (var name : route.to()) {
      drafts.add(draft(route, trigger, Objects.requireNonNull(destinations.get(name)), now));
    }
    return new Plan.Send(drafts);
  }

  /// @throws IllegalArgumentException if a destination is not there, naming the wish
  public void demandKnown(Route route) {
    for (var name : route.to()) {
      if (!destinations.containsKey(name)) {
        throw new IllegalArgumentException(
            "to: there is no destination '" + name + "'; wanted: one of " + names());
      }
    }
  }

  private String names() {
    return destinations.isEmpty()
        ? "relay.destinations, which has none yet"
        : String.join(", ", destinations.keySet().stream().sorted().toList());
  }

  private static Draft draft(Route route, Trigger trigger, Target target, Instant now) {
    var to = target.to;
    var threading = threading(route, trigger, to.zone(), now);
    var rendering = new Rendering(route, trigger, to, now);
    return new Draft(
        target.credential,
        route.name(),
        Plain.cut(rendering.line(), TITLE),
        trigger.severity() == Severity.CRITICAL ? Priority.CRITICAL : Priority.NORMAL,
        body(route, trigger, to, now, rendering),
        threading,
        threading instanceof Threading.Apart ? "" : REPLY,
        "",
        dedup(route, trigger, to),
        to.keepTrying());
  }

  private static Body body(
      Route route, Trigger trigger, Destination to, Instant now, Rendering rendering) {
    var quiet = rendering.json(false);
    var loud = route.mention().of(trigger).isEmpty() ? quiet : rendering.json(true);
    var mayRepeat = trigger.state() == State.FIRING && !trigger.standing().isEmpty();
    return mayRepeat && !trigger.repeat()
        ? new Body(quiet, loud, () -> new Rendering(route, trigger.repeated(), to, now).json(false))
        : new Body(quiet, loud, () -> quiet);
  }

  private static Threading threading(Route route, Trigger trigger, ZoneId zone, Instant now) {
    return switch (route.thread()) {
      case PER_SUBJECT ->
          trigger.subjectId().isEmpty()
              ? new Threading.Apart()
              : new Threading.Incident(
                  trigger.source(),
                  trigger.subjectId(),
                  trigger.state(),
                  trigger.severity(),
                  trigger.standing(),
                  route.episodes());
      case PER_DAY ->
          new Threading.Keyed("c1-" + route.name() + "-" + now.atZone(zone).toLocalDate());
      case SINGLE -> new Threading.Keyed("c1-" + route.name());
      case NONE -> new Threading.Apart();
    };
  }

  /// Each destination's own: two of one space are told the same event, each once.
  private static Dedup dedup(Route route, Trigger trigger, Destination to) {
    var identity = trigger.identity();
    var window = route.dedup().orElse(identity.window());
    return identity.dedupId().isEmpty() || window.equals(Duration.ZERO)
        ? Dedup.NONE
        : new Dedup(route.name() + ">" + to.name(), identity.dedupId(), window);
  }
}
