package campana.relay.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One event from a source, in the words that all sources share. Texts are foreign words as the
/// tool sent them, cleaned and bounded ([Plain]); nothing in them is markup, but for a [Prose] that
/// says so. What is shown is made of them in a destination's language, so a source writes no
/// sentences of its own.
///
/// @param source the adapter's name, as `alertmanager`
/// @param event what happened, in the tool's own words joined by dots, as `pull_request.opened`
/// @param identity what makes it this very event
/// @param subjectId what it is about, over all its events; empty: nothing in particular
/// @param severity how bad the matter is; a resolution has that of what it resolves, where known
/// @param title one line
/// @param body may be empty
/// @param actor who did it, where somebody did; else empty
/// @param facts in the source's order, at most [#FACTS]
/// @param links http and https only, at most [#LINKS]
/// @param items what it is made of, worst first, at most [#ITEMS]: alerts, commits
/// @param labels the tool's own names and values, for conditions and templates, at most [#LABELS]
/// @param tally of all that it is made of, also of what `items` has no place for
/// @param repeat whether it tells only what was told before
/// @param standing of a tool that tells what stands again and again: what stands now, hashed; the
///   same twice in an episode is nothing new. Else empty
/// @param since since when the matter lasts; the same as `occurredAt` where nothing is known
/// @param occurredAt the source's own time, else the arrival's
/// @param raw the body as it was received, for replay and preview
@SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
public record Trigger(
    String source,
    String event,
    Identity identity,
    String subjectId,
    State state,
    Severity severity,
    String title,
    Prose body,
    String actor,
    List<Fact> facts,
    List<Link> links,
    List<Item> items,
    Map<String, String> labels,
    Tally tally,
    boolean repeat,
    String standing,
    Instant since,
    Instant occurredAt,
    byte[] raw) {
  public static final int FACTS = 12;
  public static final int LINKS = 6;
  public static final int ITEMS = 10;
  public static final int LABELS = 100;

  public Trigger {
    facts = List.copyOf(facts);
    links = List.copyOf(links);
    items = List.copyOf(items);
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /// How many alerts, commits or items it stands for, at least 1.
  public int count() {
    return Math.max(1, tally.all());
  }

  /// The same under another title.
  public Trigger titled(String other) {
    return with(other, repeat);
  }

  /// The same as one that tells only what was told before.
  public Trigger repeated() {
    return with(title, true);
  }

  private Trigger with(String newTitle, boolean isRepeat) {
    return new Trigger(
        source,
        event,
        identity,
        subjectId,
        state,
        severity,
        newTitle,
        body,
        actor,
        facts,
        links,
        items,
        labels,
        tally,
        isRepeat,
        standing,
        since,
        occurredAt,
        raw);
  }

  /// The same id twice within the window is one event.
  ///
  /// @param dedupId empty: every event is a new one
  /// @param window 24 h for ids that the sender keeps over its retries, 2 min for ids that we
  ///   derive, nothing where equal events may be meant: then only a route's own window counts
  public record Identity(String dedupId, Duration window) {
    public static final Identity NONE = new Identity("", Duration.ZERO);

    public static Identity kept(String dedupId) {
      return new Identity(dedupId, Duration.ofHours(24));
    }

    public static Identity derived(String dedupId) {
      return new Identity(dedupId, Duration.ofMinutes(2));
    }

    /// What is equal may be meant twice: no window, unless the route sets one.
    public static Identity ofContent(String dedupId) {
      return new Identity(dedupId, Duration.ZERO);
    }
  }

  /// How many of its items are in which state.
  public record Tally(int firing, int resolved, int other) {
    public static final Tally ONE = new Tally(0, 0, 1);

    public int all() {
      return firing + resolved + other;
    }
  }
}
