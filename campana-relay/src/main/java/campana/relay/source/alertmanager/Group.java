package campana.relay.source.alertmanager;

import campana.relay.source.Hashes;
import campana.relay.source.Item;
import campana.relay.source.Prose;
import campana.relay.source.Received;
import campana.relay.source.Severity;
import campana.relay.source.State;
import campana.relay.source.Telling;
import campana.relay.source.Tree;
import campana.relay.source.Trigger;
import campana.relay.source.Trigger.Identity;
import campana.relay.source.Trigger.Tally;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /// Told by title and state already.
  private static final Set<String> KNOWN = Set.of("alertname", "severity");

  static Group read(Tree root, Received received) {
    var common = new LinkedHashMap<>(root.texts("groupLabels"));
    root.texts("commonLabels").forEach(common::putIfAbsent);
    var receiver = root.text("receiver").replace("\\", "");
    var key = root.text("groupKey");
    return new Group(
        received,
        key.isEmpty() ? receiver + common : key,
        receiver,
        root.text("notification_reason"),
        Math.max(0, root.number("truncatedAlerts")),
        root.text("externalURL"),
        common,
        root.texts("commonAnnotations"),
        root.list("alerts").stream()
            .filter(Tree::isObject)
            .map(Alert::read)
            .sorted(Alert.WORST_FIRST)
            .toList());
  }

  /// One trigger for the whole group.
  Trigger together() {
    int firing = (int) alerts.stream().filter(Alert::firing).count();
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
    alerts.stream().limit(Trigger.ITEMS).forEach(a -> telling.item(item(a)));
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
    return alerts.stream()
        .filter(a -> a.firing() == firing)
        .map(Alert::severity)
        .min(Severity::compareTo)
        .orElse(Severity.INFO);
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
    var own =
        alert.labels().entrySet().stream()
            .filter(e -> !common.containsKey(e.getKey()) && !e.getKey().equals("severity"))
            .map(Map.Entry::getValue)
            .collect(Collectors.joining(" · "));
    return own.isEmpty() ? alert.labels().getOrDefault("instance", "") : own;
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
        telling.link("silence", origin + "/#/silences/new?filter=" + encoded(matchers()));
      }
      telling.link("alertmanager", origin + "/#/alerts?receiver=" + encoded(receiver));
    }
    return telling;
  }

  private String matchers() {
    return common.entrySet().stream()
        .limit(10)
        .map(e -> e.getKey() + "=\"" + e.getValue().replace("\"", "\\\"") + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String identity(List<Alert> of) {
    return Hashes.sha256(
        of.stream()
            .map(Alert::identity)
            .sorted()
            .collect(Collectors.joining("\n", key + "\n" + receiver + "\n", "")));
  }

  /// What fires: what was resolved is told once and does not come again.
  private static String standing(List<Alert> of) {
    return Hashes.sha256(
        of.stream()
            .filter(Alert::firing)
            .map(Alert::identity)
            .sorted()
            .collect(Collectors.joining("\n")));
  }

  /// Since when the longest of what fires lasts, or lasted.
  private Instant begin(List<Alert> of) {
    boolean firing = of.stream().anyMatch(Alert::firing);
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
