package campana.relay.route;

import campana.relay.source.ChatText;
import campana.relay.source.Item;
import campana.relay.source.Link;
import campana.relay.source.Prose;
import campana.relay.source.Severity;
import campana.relay.source.State;
import campana.relay.source.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A trigger as the text of a message: Chat markup, in which everything foreign is escaped.
record TextDraft(Facets facets) {
  /// Of what somebody wrote beside an update.
  private static final int ASIDE = 600;

  private static final int NAMED = 3;

  String of(boolean brief, boolean spoken) {
    if (spoken) {
      return spoken();
    }
    return brief ? brief() : full();
  }

  private Trigger trigger() {
    return facets.trigger();
  }

  /// The sender's own words, with a sign where it begins or ends something.
  private String spoken() {
    var trigger = trigger();
    var lines = new ArrayList<String>();
    boolean signed = trigger.state() != State.INFO || trigger.severity() != Severity.INFO;
    var body = body(trigger.body());
    var title = trigger.title();
    boolean titled =
        trigger.source().equals("json")
            && !title.isBlank()
            && !trigger.body().text().startsWith(title);
    if (!trigger.actor().isEmpty()) {
      lines.add((signed ? facets.sign() + " " : "") + ChatText.bold(trigger.actor()));
      signed = false;
    }
    if (titled) {
      lines.add((signed ? facets.sign() + " " : "") + ChatText.bold(title));
      signed = false;
    }
    boolean apart = body.startsWith("```") || body.startsWith("> ") || body.startsWith("- ");
    if (!body.isBlank()) {
      lines.add(signed ? facets.sign() + (apart ? "\n" : " ") + body : body);
    } else if (lines.isEmpty()) {
      lines.add(facets.headline());
    }
    addLinks(lines);
    return String.join("\n", lines);
  }

  /// What goes on or ends, in its thread: a line, and what changed.
  private String brief() {
    var trigger = trigger();
    var what = facets.words().event(trigger);
    var parts = new ArrayList<String>();
    parts.add(facets.sign() + " " + linkedTitle());
    parts.add(what.isEmpty() ? facets.standing() : ChatText.escape(what));
    parts.add(facets.words().counts(trigger));
    var lines = new ArrayList<String>();
    lines.add(parts.stream().filter(p -> !p.isEmpty()).collect(Collectors.joining(" · ")));
    if (trigger.repeat()) {
      lines.add(names());
    } else if (trigger.state() == State.UPDATE) {
      addItems(lines, false);
    }
    if (!trigger.source().equals("alertmanager") && !trigger.body().isEmpty()) {
      lines.add(quoted(trigger.body()));
    }
    lines.removeIf(String::isBlank);
    return String.join("\n", lines);
  }

  /// All that a card would say.
  private String full() {
    var trigger = trigger();
    var lines = new ArrayList<String>();
    lines.add(facets.headline());
    addItems(lines, true);
    if (!trigger.body().isEmpty()) {
      lines.add(body(trigger.body()));
    }
    trigger
        .facts()
        .forEach(f ->
            lines.add(
                ChatText.bold(facets.words().fact(f.label())) + ": " + ChatText.escape(f.value())));
    addLinks(lines);
    return String.join("\n", lines);
  }

  /// Of an alert the card that began its thread has the links.
  private String linkedTitle() {
    var links = trigger().links();
    return links.isEmpty() || trigger().source().equals("alertmanager")
        ? ChatText.bold(facets.title())
        : "*" + ChatText.link(links.getFirst().url(), facets.title()) + "*";
  }

  private void addItems(List<String> lines, boolean linked) {
    var items = facets.items();
    items.forEach(i -> lines.add("- " + item(i, linked)));
    int hidden = items.isEmpty() ? 0 : facets.hidden(items.size());
    if (hidden > 0) {
      lines.add("- " + facets.words().more(hidden));
    }
  }

  private String item(Item item, boolean linked) {
    var sign = item.state() == State.INFO ? "" : facets.sign(item) + " ";
    var name =
        !linked || item.url().isEmpty() || item.title().isBlank()
            ? ChatText.bold(item.title())
            : ChatText.link(item.url(), item.title());
    var time = facets.time(item);
    var text = ChatText.escape(item.text());
    return sign
        + name
        + (name.isEmpty() || text.isEmpty() ? "" : ": ")
        + text
        + (time.isEmpty() ? "" : " · " + time);
  }

  private String names() {
    var items =
        facets.items().stream()
            .filter(i -> i.state() == State.FIRING && !i.title().isBlank())
            .toList();
    var names =
        items.stream()
            .limit(NAMED)
            .map(i -> ChatText.escape(i.title()))
            .collect(Collectors.joining(", "));
    int more = Math.max(0, trigger().tally().firing() - Math.min(NAMED, items.size()));
    return names.isEmpty() || more == 0 ? names : names + ", " + facets.words().more(more);
  }

  private void addLinks(List<String> lines) {
    var links = trigger().links().stream().map(this::link).collect(Collectors.joining(" · "));
    if (!links.isEmpty()) {
      lines.add(links);
    }
  }

  private String link(Link link) {
    return ChatText.link(link.url(), facets.words().link(link.label()));
  }

  private String quoted(Prose body) {
    var text = body.form() == Prose.Form.PLAIN ? ChatText.escape(body.text()) : body(body);
    var cut = Cutting.cut(text, ASIDE, facets.words());
    return cut.contains("```")
        ? cut
        : cut.lines().map(l -> "> " + l).collect(Collectors.joining("\n"));
  }

  private static String body(Prose body) {
    return switch (body.form()) {
      case PLAIN -> ChatText.escape(body.text());
      case MARKUP -> body.text();
      case CODE -> ChatText.block(body.text());
    };
  }
}
