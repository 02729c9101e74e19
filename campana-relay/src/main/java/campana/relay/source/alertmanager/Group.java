package campana.relay.source.alertmanager;

import campana.relay.source.Hashes;
import campana.relay.source.Item;
import campana.relay.source.Prose;
import campana.relay.source.Received;
import campana.relay.source.Severity;
import campana.relay.source.State;
import campana.relay.source.Telling;
import campana.relay.source.Trigger;
import campana.relay.source.Trigger.Identity;
import campana.relay.source.Trigger.Tally;
import campana.relay.source.WebAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/// A group of alerts as one request tells it.
///
/// @param alerts worst first
/// @param truncated how many more there are that Alertmanager has left out
/// @param common labels that all its alerts have, those it is grouped by first
record Group(
    Received received,
    String key,
    String receiver,
    String reason,
    int truncated,
    String url,
    Map<String, String> common,
    Map<String, String> annotations,
    List<Alert> alerts) {
  private static final String REPEAT = "repeat interval elapsed";
  private static final Set<String> OPENING = Set.of("first notification", "new alerts added");

  private static final int MATCHERS = 10;

  /// Told by title and state already.
  private static final Set<String> KNOWN = Set.of("alertname", "severity");

  static Group of(Notice notice, Received received) {
    var common = new LinkedHashMap<>(notice.groupLabels);
    notice.commonLabels.forEach(common::putIfAbsent);
    var receiver = notice.receiver.replace("\\", "");
    var alerts = notice.alerts == null ? new ArrayList<Alert>() : notice.alerts;
    alerts.sort(Alert.WORST_FIRST);
    return new Group(
        received,
        notice.groupKey.isEmpty() ? receiver + common : notice.groupKey,
        receiver,
        notice.reason,
        Math.max(0, notice.truncated),
        notice.url,
        common,
        notice.annotations,
        alerts);
  }

  /// One trigger for the whole group.
  Trigger together() {
    int firing = 0;
    for (var alert : alerts) {
      firing += alert.firing() ? 1 : 0;
    }
    int resolved = alerts.size() - firing;
    var worst = alerts.getFirst();
    var telling = telling(common, annotations, "");
    telling
        .identity(Identity.derived(identity(alerts)))
        .standing(standing(alerts))
        .subject(key)
        .state(state(firing, resolved))
        .severity(severity(firing > 0))
        .title(title(common, alerts))
        .body(alerts.size() == 1 ? detail(worst) : Prose.NONE)
        .tally(new Tally(firing, resolved, truncated))
        .since(begin(alerts));
    if (firing == 0) {
      telling.occurredAt(end(alerts));
    }
    for (int i = 0; i < alerts.size() && i < Trigger.ITEMS; i++) {
      telling.item(item(alerts.get(i)));
    }
    return links(telling, annotations.isEmpty() ? worst.annotations() : annotations, worst).done();
  }

  /// A trigger for one of its alerts, which is a subject by itself.
  Trigger alone(Alert alert) {
    var one = List.of(alert);
    var telling = telling(alert.labels(), alert.annotations(), name(alert));
    telling
        .identity(Identity.derived(identity(one)))
        .standing(standing(one))
        .subject(alert.fingerprint())
        .state(alert.state())
        .severity(alert.severity())
        .title(title(alert.labels(), one))
        .body(detail(alert))
        .tally(alert.firing() ? new Tally(1, 0, 0) : new Tally(0, 1, 0))
        .since(begin(one))
        .item(item(alert));
    if (!alert.firing()) {
      telling.occurredAt(end(one));
    }
    return links(telling, alert.annotations(), alert).done();
  }

  /// @param named by what its only item is called: no fact besides
  private Telling telling(
      Map<String, String> labels, Map<String, String> annotations, String named) {
    var telling =
        new Telling(AlertmanagerSource.NAME, received)
            .event(reason.isEmpty() ? "alerts" : reason)
            .repeat(reason.equals(REPEAT));
    labels.forEach((name, value) -> {
      telling.label(name, value);
      if (!KNOWN.contains(name) && !value.equals(named)) {
        telling.fact(name, value);
      }
    });
    annotations.forEach((name, value) -> {
      if (!labels.containsKey(name)) {
        telling.label(name, value);
      }
    });
    return telling.label("receiver", receiver);
  }

  /// Firing with newly resolved ones is an update in the same thread.
  private State state(int firing, int resolved) {
    if (firing == 0) {
      return State.RESOLVED;
    }
    return resolved > 0 && !OPENING.contains(reason) ? State.UPDATE : State.FIRING;
  }

  /// The worst that fires; of what was resolved the worst, so that a condition on severity lets a
  /// resolution through where it let the alert through.
  private Severity severity(boolean firing) {
    for (var alert : alerts) {
      if (alert.firing() == firing) {
        return alert.severity(); // the worst of those comes first
      }
    }
    return Severity.INFO;
  }

  private String title(Map<String, String> labels, List<Alert> of) {
    var name = labels.getOrDefault("alertname", "");
    if (!name.isBlank()) {
      return name;
    }
    var names =
        of.stream()
            .map(a -> a.labels().getOrDefault("alertname", ""))
            .filter(n -> !n.isBlank())
            .distinct()
            .limit(4)
            .toList();
    if (!names.isEmpty()) {
      return names.size() < 4
          ? String.join(", ", names)
          : String.join(", ", names.subList(0, 3)) + ", …";
    }
    return labels.isEmpty() ? receiver : String.join(", ", labels.values());
  }

  private Item item(Alert alert) {
    return new Item(
        alert.state(),
        alert.severity(),
        name(alert),
        alert.words(),
        alert.since(),
        alert.until(),
        alert.url());
  }

  /// What tells an alert from the others of its group: the labels that not all of them have.
  private String name(Alert alert) {
    var own = new StringJoiner(" · ");
    alert
        .labels()
        .forEach((name, value) -> {
          if (!common.containsKey(name) && !name.equals("severity")) {
            own.add(value);
          }
        });
    return own.length() == 0 ? alert.labels().getOrDefault("instance", "") : own.toString();
  }

  /// What its author wrote besides the words of its item.
  private static Prose detail(Alert alert) {
    var description = alert.annotations().getOrDefault("description", "");
    return description.equals(alert.words()) ? Prose.NONE : Prose.plain(description);
  }

  private Telling links(Telling telling, Map<String, String> annotations, Alert worst) {
    telling.link("runbook", annotations.getOrDefault("runbook_url", ""));
    telling.link("dashboard", annotations.getOrDefault("dashboard_url", ""));
    telling.link("graph", worst.url());
    var origin = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    if (!origin.isEmpty()) {
      if (worst.firing()) {
        telling.link(
            "silence", origin + "/#/silences/new?filter=" + WebAddress.encoded(matchers()));
      }
      telling.link("alertmanager", origin + "/#/alerts?receiver=" + WebAddress.encoded(receiver));
    }
    return telling;
  }

  private String matchers() {
    var all = new StringJoiner(",", "{", "}");
    int left = MATCHERS;
    for (var label : common.entrySet()) {
      if (left-- == 0) {
        break;
      }
      all.add(label.getKey() + "=\"" + label.getValue().replace("\"", "\\\"") + "\"");
    }
    return all.toString();
  }

  private String identity(List<Alert> of) {
    return Hashes.sha256(key + "\n" + receiver + "\n" + told(of));
  }

  /// What fires: what was resolved is told once and does not come again.
  private static String standing(List<Alert> of) {
    return Hashes.sha256(told(of.stream().filter(Alert::firing).toList()));
  }

  private static String told(List<Alert> of) {
    if (of.size() == 1) {
      return of.getFirst().identity();
    }
    return of.stream().map(Alert::identity).sorted().collect(Collectors.joining("\n"));
  }

  /// Since when the longest of what fires lasts, or lasted.
  private Instant begin(List<Alert> of) {
    boolean firing = of.getFirst().firing(); // those come first
    return of.stream()
        .filter(a -> a.firing() == firing)
        .map(Alert::since)
        .flatMap(Optional::stream)
        .min(Instant::compareTo)
        .orElse(received.at());
  }

  private Instant end(List<Alert> of) {
    return of.stream()
        .map(Alert::until)
        .flatMap(Optional::stream)
        .max(Instant::compareTo)
        .orElse(received.at());
  }
}
