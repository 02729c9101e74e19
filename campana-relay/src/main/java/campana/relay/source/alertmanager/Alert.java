package campana.relay.source.alertmanager;

import campana.relay.source.Hashes;
import campana.relay.source.Pieces;
import campana.relay.source.Severity;
import campana.relay.source.State;
import campana.relay.source.Times;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One alert of a group.
///
/// @param until empty while it fires: Alertmanager writes the year 1 then
record Alert(
    boolean firing,
    Severity severity,
    Map<String, String> labels,
    Map<String, String> annotations,
    Optional<Instant> since,
    Optional<Instant> until,
    String url,
    String fingerprint,
    String startsAt) {
  /// Firing before resolved, worst first, then the one that lasts longest.
  static final Comparator<Alert> WORST_FIRST =
      Comparator.comparing((Alert a) -> !a.firing)
          .thenComparing(Alert::severity)
          .thenComparing(a -> a.since.orElse(Instant.MAX))
          .thenComparing(Alert::fingerprint);

  static Alert read(Pieces json) {
    var status = "";
    Map<String, String> labels = Map.of();
    Map<String, String> annotations = Map.of();
    var startsAt = "";
    var endsAt = "";
    var url = "";
    var fingerprint = "";
    for (var name = json.field(); name != null; name = json.field()) {
      switch (name) {
        case "status" -> status = json.text();
        case "labels" -> labels = json.texts();
        case "annotations" -> annotations = json.texts();
        case "startsAt" -> startsAt = json.text();
        case "endsAt" -> endsAt = json.text();
        case "generatorURL" -> url = json.text();
        case "fingerprint" -> fingerprint = json.text();
        default -> json.skip();
      }
    }
    boolean firing = !status.equalsIgnoreCase("resolved");
    return new Alert(
        firing,
        severity(labels.getOrDefault("severity", "")),
        labels,
        annotations,
        Times.read(startsAt),
        firing ? Optional.empty() : Times.read(endsAt),
        url,
        fingerprint.isEmpty() ? Hashes.sha256(labels.toString()) : fingerprint,
        startsAt);
  }

  static Severity severity(String label) {
    return switch (label.strip().toLowerCase(Locale.ROOT)) {
      case "critical", "page" -> Severity.CRITICAL;
      case "warning" -> Severity.WARNING;
      default -> Severity.INFO;
    };
  }

  State state() {
    return firing ? State.FIRING : State.RESOLVED;
  }

  /// What its rule's author wrote about it.
  String words() {
    for (var name : new String[] {"summary", "message", "description"}) {
      var words = annotations.getOrDefault(name, "");
      if (!words.isBlank()) {
        return words;
      }
    }
    return "";
  }

  /// What makes it this very alert in this very state.
  String identity() {
    return fingerprint + "|" + (firing ? "firing" : "resolved") + "|" + startsAt;
  }
}
