package campana.relay.route;

import campana.relay.source.ChatText;
import campana.relay.source.Item;
import campana.relay.source.Severity;
import campana.relay.source.State;
import campana.relay.source.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// The small texts that both a card and a text are made of.
record Facets(Trigger trigger, Words words, ZoneId zone, Instant now) {
  private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

  String sign() {
    return sign(trigger.state(), trigger.severity());
  }

  private static String sign(State state, Severity severity) {
    if (state == State.RESOLVED) {
      return "🟢";
    }
    return switch (severity) {
      case CRITICAL -> "🔴";
      case WARNING -> "🟠";
      case INFO -> "🔵";
      case OK -> "🟢";
    };
  }

  String title() {
    return trigger.title().isBlank() ? trigger.source() : trigger.title();
  }

  /// «🔴 Firing: HighLatency · 2 firing, 1 resolved»: state and title first, without markup.
  String line() {
    var what = words.event(trigger);
    var rest = what.isEmpty() ? counts() : " · " + what;
    var state = what.isEmpty() && trigger.state() != State.INFO ? stateWord() + ": " : "";
    return sign() + " " + state + title() + rest;
  }

  /// The same as Chat markup, the title in bold.
  String headline() {
    var what = words.event(trigger);
    var rest = what.isEmpty() ? counts() : " · " + ChatText.escape(what);
    var state = what.isEmpty() && trigger.state() != State.INFO ? stateWord() + ": " : "";
    return sign() + " " + state + ChatText.bold(title()) + rest;
  }

  private String counts() {
    var counts = words.counts(trigger);
    return counts.isEmpty() ? "" : " · " + counts;
  }

  private String stateWord() {
    return words.state(trigger.state());
  }

  /// Below a card's title: what happened, or state, severity and counts.
  String subtitle() {
    var what = words.event(trigger);
    if (!what.isEmpty()) {
      return what;
    }
    var parts = new ArrayList<String>();
    if (trigger.state() != State.INFO) {
      parts.add(stateWord());
    }
    if (trigger.severity() != Severity.INFO) {
      parts.add(words.severity(trigger.severity()));
    }
    var counts = words.counts(trigger);
    if (!counts.isEmpty()) {
      parts.add(counts);
    }
    return String.join(" · ", parts);
  }

  /// «Resolved after 21 min», «still firing · since 10:00 (2 h)», or the state alone.
  String standing() {
    var lasted = Duration.between(trigger.since(), trigger.occurredAt());
    if (trigger.state() == State.RESOLVED) {
      return lasted.compareTo(WORTH_TELLING) < 0
          ? stateWord()
          : stateWord() + " " + words.after(lasted);
    }
    if (trigger.repeat()) {
      return words.still() + " · " + since(trigger.since());
    }
    return trigger.state() == State.UPDATE ? "" : stateWord();
  }

  String sign(Item item) {
    return sign(item.state(), item.severity());
  }

  /// «since 10:00 (5 min)», «Resolved after 21 min», or nothing.
  String time(Item item) {
    if (item.state() == State.RESOLVED) {
      var lasted = item.since().flatMap(from -> item.until().map(to -> Duration.between(from, to)));
      return words.state(State.RESOLVED)
          + lasted.map(d -> d.isNegative() ? "" : " " + words.after(d)).orElse("");
    }
    return item.since().map(this::since).orElse("");
  }

  private String since(Instant at) {
    var lasts = Duration.between(at, now);
    var began = words.since(words.time(at, now, zone));
    return lasts.compareTo(WORTH_TELLING) < 0 ? began : began + " (" + words.duration(lasts) + ")";
  }

  /// How many items are not shown, of those that are.
  int hidden(int shown) {
    return Math.max(0, trigger.tally().all() - shown);
  }

  /// Items with something to say: a single one that repeats the title has nothing.
  List<Item> items() {
    var items = new ArrayList<Item>(trigger.items().size());
    for (var item : trigger.items()) {
      if (!item.title().isBlank() || !item.text().isBlank()) {
        items.add(item);
      }
    }
    return items;
  }
}
