package campana.relay.route;

import campana.relay.outbox.EpisodeRules;
import campana.relay.outbox.EpisodeRules.Unopened;
import campana.relay.source.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A stanza of the config's `relay.routes`: from one tool to one space or several. Who may send by
/// it is not said here.
///
/// @param name as in the address `/in/NAME`: 1 to 64 letters, digits, `-` and `_`
/// @param source `source`: which tool's format it reads, with `map`, `subject`, `patterns` and
///   `mentions`, see [campana.relay.source.Sources]
/// @param to `to`: the destinations' names; each gets every message
/// @param when `when`: a condition in CEL; a trigger for which it does not hold goes nowhere, and
///   is counted as filtered
/// @param thread `thread`: `per-subject` (default), `per-day`, `single`, `none`
/// @param mention `mention`: by severity, whom a message mentions: `all`, or users' ids; once per
///   episode, and again when it gets worse
/// @param title `title`: a template for the title, plain words; empty: the source's
/// @param text `text`: a template for the message's text, Chat markup; empty: the source's default
/// @param card `card`: `auto` draws the source's card, `off` sends text alone; default `auto`, with
///   a `text` of one's own `off`
/// @param dedup `dedup`: how long an equal event is the same one; `off` is zero; empty: as the
///   source knows best
/// @param strayResolved `stray-resolved`: what becomes of a resolution of which no beginning was
///   told: `drop` or `post`; default `drop` for Alertmanager, else `post`
/// @param grace `episode-grace`: what fires again so soon after it was resolved goes on in its
///   thread; default 5 min
/// @param idle `episode-idle`: an episode of which nothing was heard so long is closed; default 24
///   h
public record Route(
    String name,
    Source source,
    List<String> to,
    Condition when,
    ThreadMode thread,
    Mentions mention,
    Optional<Template> title,
    Optional<Template> text,
    boolean card,
    Optional<Duration> dedup,
    Optional<Unopened> strayResolved,
    Duration grace,
    Duration idle) {
  private static final Duration LONGEST_DEDUP = Duration.ofDays(7);

  public Route {
    to = to.stream().distinct().toList();
    demand(
        name.matches("[A-Za-z0-9_-]{1,64}"),
        "routes: '" + name + "'; wanted: a name of letters, digits, - and _, at most 64");
    demand(!to.isEmpty(), "to: names no destination; wanted: one of relay.destinations");
    dedup.ifPresent(window ->
        demand(
            !window.isNegative() && window.compareTo(LONGEST_DEDUP) <= 0,
            "dedup: " + window + "; wanted: off, or up to 7d"));
    demand(!grace.isNegative(), "episode-grace: " + grace + "; wanted: 0s or more");
    demand(
        idle.compareTo(Duration.ofMinutes(1)) >= 0,
        "episode-idle: " + idle + "; wanted: at least 1m, and longer than the tool's own repeat");
  }

  /// With nothing but what is needed.
  public static Route of(String name, Source source, List<String> to) {
    return new Route(
        name,
        source,
        to,
        Condition.ALWAYS,
        ThreadMode.PER_SUBJECT,
        Mentions.NONE,
        Optional.empty(),
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.empty(),
        EpisodeRules.DEFAULT.grace(),
        EpisodeRules.DEFAULT.idle());
  }

  /// A group of Alertmanager's that ends before we heard of it never troubled anybody; what a
  /// person or a script sends once is meant to be read.
  EpisodeRules episodes() {
    var stray =
        strayResolved.orElse(source.name().equals("alertmanager") ? Unopened.DROP : Unopened.POST);
    return new EpisodeRules(grace, idle, stray);
  }

  private static void demand(boolean holds, String wish) {
    if (!holds) {
      throw new IllegalArgumentException(wish);
    }
  }
}
