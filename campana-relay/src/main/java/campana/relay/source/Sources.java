package campana.relay.source;

import campana.relay.source.alertmanager.AlertmanagerSource;
import campana.relay.source.github.GithubSource;
import campana.relay.source.json.JsonSource;
import campana.relay.source.json.Mapping;
import campana.relay.source.slack.SlackSource;
import campana.relay.source.text.TextSource;
import java.util.List;
import java.util.Optional;

/// All sources by name.
public final class Sources {
  public static final List<String> NAMES =
      List.of(
          AlertmanagerSource.NAME,
          GithubSource.NAME,
          JsonSource.NAME,
          SlackSource.NAME,
          TextSource.NAME);

  private Sources() {}

  /// What a route says about how to read: each of them only where its source has a use for it.
  ///
  /// @param subject `group` or `alert`: what an episode is about; Alertmanager only; empty: `group`
  /// @param map where the JSON has what a trigger needs; `json` only
  /// @param patterns how to find subject and state in a text; `slack`, `json` and `text` only
  /// @param mentions whether `<!channel>` mentions everybody; `slack` only
  public record Options(
      String subject, Optional<Mapping> map, Patterns patterns, boolean mentions) {
    public static final Options NONE = new Options("", Optional.empty(), Patterns.NONE, false);
  }

  /// @throws IllegalArgumentException if there is no such source, or an option is not for it; it
  ///   names the key and the wish
  public static Source named(String name, Options options) {
    var source =
        switch (name) {
          case AlertmanagerSource.NAME -> new AlertmanagerSource(perAlert(options.subject()));
          case GithubSource.NAME -> new GithubSource();
          case JsonSource.NAME -> new JsonSource(options.map(), options.patterns());
          case SlackSource.NAME -> new SlackSource(options.mentions(), options.patterns());
          case TextSource.NAME -> new TextSource(options.patterns());
          default ->
              throw new IllegalArgumentException(
                  "source: there is no '" + name + "'; wanted: one of " + String.join(", ", NAMES));
        };
    only(options.subject().isEmpty(), "subject", name, AlertmanagerSource.NAME);
    only(options.map().isEmpty(), "map", name, JsonSource.NAME);
    only(
        options.patterns().equals(Patterns.NONE),
        "patterns",
        name,
        SlackSource.NAME,
        JsonSource.NAME,
        TextSource.NAME);
    only(!options.mentions(), "mentions", name, SlackSource.NAME);
    return source;
  }

  private static void only(boolean unset, String key, String name, String... sources) {
    if (!unset && !List.of(sources).contains(name)) {
      throw new IllegalArgumentException(
          key
              + ": source '"
              + name
              + "' has no use for it; "
              + String.join(", ", sources)
              + " has");
    }
  }

  private static boolean perAlert(String subject) {
    return switch (subject) {
      case "", "group" -> false;
      case "alert" -> true;
      default ->
          throw new IllegalArgumentException("subject: '" + subject + "'; wanted: group or alert");
    };
  }
}
