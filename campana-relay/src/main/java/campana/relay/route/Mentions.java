package campana.relay.route;

import campana.relay.source.Severity;
import campana.relay.source.State;
import campana.relay.source.Trigger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Whom a route mentions, and for what: its `mention`.
///
/// @param bySeverity markup of mentions; of a severity that has no entry nobody is mentioned
public record Mentions(Map<Severity, String> bySeverity) {
  public static final Mentions NONE = new Mentions(Map.of());
  private static final String USER = "[A-Za-z0-9._-]{1,128}";

  public Mentions {
    bySeverity = Map.copyOf(bySeverity);
  }

  /// @param config by severity in lower case, each with `all` or ids of users as `users/123` or
  ///   `123`
  /// @throws IllegalArgumentException if it is none, naming the value and the wish
  public static Mentions of(Map<String, List<String>> config) {
    var mentions = new EnumMap<Severity, String>(Severity.class);
    config.forEach((name, whom) -> mentions.put(severity(name), String.join(" ", markup(whom))));
    return new Mentions(mentions);
  }

  private static Severity severity(String name) {
    return Arrays.stream(Severity.values())
        .filter(s -> s.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "mention: '" + name + "'; wanted: critical, warning, info or ok"));
  }

  private static List<String> markup(List<String> whom) {
    var mentions = new ArrayList<String>();
    for (var one : whom) {
      var id = one.strip().replaceFirst("^users/", "");
      if (!id.matches(USER)) {
        throw new IllegalArgumentException(
            "mention: '" + one + "'; wanted: all, or a user's id as users/123456789");
      }
      mentions.add("<users/" + id + ">");
    }
    if (mentions.isEmpty()) {
      throw new IllegalArgumentException(
          "mention: nobody is named; wanted: all, or users' ids as users/123456789");
    }
    return mentions;
  }

  /// Markup; empty: nobody. Nobody is mentioned for a resolution or a repeat.
  String of(Trigger trigger) {
    return trigger.state() == State.RESOLVED || trigger.repeat()
        ? ""
        : bySeverity.getOrDefault(trigger.severity(), "");
  }
}
