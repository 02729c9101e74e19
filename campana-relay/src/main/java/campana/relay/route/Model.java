package campana.relay.route;

import campana.relay.source.ChatText;
import campana.relay.source.Fact;
import campana.relay.source.Item;
import campana.relay.source.Link;
import campana.relay.source.Prose;
import campana.relay.source.Trigger;
import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.Handlebars.SafeString;
import com.github.jknack.handlebars.Options;
import com.github.jknack.handlebars.ValueResolver;
import com.github.jknack.handlebars.context.MapValueResolver;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What a template sees (docs/relay.md, «Templates»): maps, lists, texts, numbers and instants, so
/// that no name in it reaches anything else.
record Model(
    Trigger trigger,
    String route,
    String destination,
    Words words,
    String language,
    ZoneId zone,
    Instant now) {
  static final List<String> TOP = List.of("trigger", "route", "destination");
  static final Set<String> TRIGGER =
      new TreeSet<>(
          Set.of(
              "source",
              "event",
              "what",
              "subject",
              "state",
              "stateWord",
              "severity",
              "severityWord",
              "title",
              "body",
              "actor",
              "labels",
              "facts",
              "links",
              "items",
              "count",
              "counts",
              "firing",
              "resolved",
              "repeat",
              "since",
              "occurredAt"));

  /// First parts of names that can stand for something, at the top or within an `each`.
  static final Set<String> KNOWN =
      Set.of(
          "trigger",
          "route",
          "destination",
          "this",
          "label",
          "value",
          "url",
          "title",
          "text",
          "state",
          "severity",
          "since",
          "until");

  private static final String SELF = "campana";

  /// Lookups in one rendering; an honest template makes some hundreds.
  private static final int STEPS = 50_000;

  static Model of(Options options) {
    return options.data(SELF);
  }

  Context context(boolean markup) {
    var values = new HashMap<String, Object>();
    values.put("trigger", values(markup));
    values.put("route", route);
    values.put("destination", destination);
    return Context.newBuilder(values).resolver(new Counting()).build().data(SELF, this);
  }

  private Map<String, Object> values(boolean markup) {
    var tally = trigger.tally();
    return Map.ofEntries(
        Map.entry("source", trigger.source()),
        Map.entry("event", trigger.event()),
        Map.entry("what", words.event(trigger)),
        Map.entry("subject", trigger.subjectId()),
        Map.entry("state", trigger.state().name()),
        Map.entry("stateWord", words.state(trigger.state())),
        Map.entry("severity", trigger.severity().name()),
        Map.entry("severityWord", words.severity(trigger.severity())),
        Map.entry("title", trigger.title()),
        Map.entry("body", markup ? body(trigger.body()) : trigger.body().text()),
        Map.entry("actor", trigger.actor()),
        Map.entry("labels", trigger.labels()),
        Map.entry("facts", trigger.facts().stream().map(Model::fact).toList()),
        Map.entry("links", trigger.links().stream().map(this::link).toList()),
        Map.entry("items", trigger.items().stream().map(Model::item).toList()),
        Map.entry("count", trigger.count()),
        Map.entry("counts", words.counts(trigger)),
        Map.entry("firing", tally.firing()),
        Map.entry("resolved", tally.resolved()),
        Map.entry("repeat", trigger.repeat()),
        Map.entry("since", trigger.since()),
        Map.entry("occurredAt", trigger.occurredAt()));
  }

  private static Object body(Prose body) {
    return switch (body.form()) {
      case PLAIN -> body.text();
      case MARKUP -> new SafeString(body.text());
      case CODE -> new SafeString(ChatText.block(body.text()));
    };
  }

  private static Map<String, Object> fact(Fact fact) {
    return Map.of("label", fact.label(), "value", fact.value());
  }

  private Map<String, Object> link(Link link) {
    return Map.of("label", words.link(link.label()), "url", link.url());
  }

  private static Map<String, Object> item(Item item) {
    var values = new HashMap<String, Object>();
    values.put("state", item.state().name());
    values.put("severity", item.severity().name());
    values.put("title", item.title());
    values.put("text", item.text());
    values.put("url", item.url());
    item.since().ifPresent(at -> values.put("since", at));
    item.until().ifPresent(at -> values.put("until", at));
    return values;
  }

  /// Finds what maps have, and gives up on a template that goes round and round.
  private static final class Counting implements ValueResolver {
    private int steps;

    @Override
    public Object resolve(Object context, String name) {
      if (++steps > STEPS) {
        throw new IllegalStateException("it takes more than " + STEPS + " steps");
      }
      return MapValueResolver.INSTANCE.resolve(context, name);
    }

    @Override
    public Object resolve(Object context) {
      return MapValueResolver.INSTANCE.resolve(context);
    }

    @Override
    public Set<Map.Entry<String, Object>> propertySet(Object context) {
      return MapValueResolver.INSTANCE.propertySet(context);
    }
  }
}
