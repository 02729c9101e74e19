package campana.relay.source.json;

import campana.relay.source.Forms;
import campana.relay.source.Hashes;
import campana.relay.source.Patterns;
import campana.relay.source.Plain;
import campana.relay.source.Prose;
import campana.relay.source.Reading;
import campana.relay.source.Received;
import campana.relay.source.Severity;
import campana.relay.source.Source;
import campana.relay.source.State;
import campana.relay.source.Telling;
import campana.relay.source.Times;
import campana.relay.source.Tree;
import campana.relay.source.Trigger.Identity;
import campana.relay.source.text.TextSource;
import java.util.List;
import java.util.Optional;

/// Reads any JSON. Without a mapping the first of its usual fields is the message, else all of it
/// is shown as it is. What is declared as text or form and is no JSON is taken as text.
public final class JsonSource implements Source {
  public static final String NAME = "json";
  private static final String[] MESSAGE = {"text", "message", "msg", "title", "summary"};

  /// Asked for a title where `text`, `message` or `msg` is the message.
  private static final String[] TITLE = {"title", "summary", "subject", "name"};

  private static final int SHOWN = 16_000;

  private final Optional<Mapping> mapping;
  private final Patterns patterns;
  private final TextSource texts;

  public JsonSource(Optional<Mapping> mapping, Patterns patterns) {
    this.mapping = mapping;
    this.patterns = patterns;
    this.texts = new TextSource(NAME, patterns);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Reading read(Received received) {
    if (TextSource.isBinary(received)) {
      return new Reading.Unsupported(Forms.type(received));
    }
    return switch (Tree.parse(received.body())) {
      case Tree.Parsed.Root(var root) ->
          mapping.map(m -> mapped(m, root, received)).orElseGet(() -> unmapped(root, received));
      case Tree.Parsed.Fault(var why) when mapping.isEmpty() && isText(received) ->
          texts.read(received);
      case Tree.Parsed.Fault(var why) -> new Reading.Unreadable("", why);
    };
  }

  private static boolean isText(Received received) {
    return Forms.isForm(received) || Forms.type(received).startsWith("text/");
  }

  private Reading mapped(Mapping map, Tree root, Received received) {
    var subject = map.subject().of(root);
    var title = map.title().of(root);
    var body = map.body().of(root);
    var state =
        map.state()
            .of(root)
            .or(() -> patterns.stateOf(title + "\n" + body))
            .orElse(subject.isEmpty() ? State.INFO : State.UPDATE);
    var level = map.severity().of(root);
    var hash = Hashes.sha256(received.body());
    var id = map.id().of(root);
    var telling =
        new Telling(NAME, received)
            .event("event")
            .identity(id.isEmpty() ? identity(map, hash) : Identity.kept(id + "\n" + state))
            .subject(subject)
            .state(state)
            .severity(
                level == Severity.INFO && state == State.FIRING && !map.severity().field().isSet()
                    ? Severity.WARNING
                    : level)
            .title(Plain.isBlank(title) ? firstLine(Plain.isBlank(body) ? subject : body) : title)
            .body(Prose.plain(body))
            .fact("subject", title.contains(subject) ? "" : subject)
            .link("open", map.link().of(root));
    Times.read(map.time().of(root)).ifPresent(telling::occurredAt);
    root.texts().forEach(telling::label);
    var trigger = telling.done();
    return Plain.isBlank(trigger.title())
        ? new Reading.Unreadable(
            map.title().pointer(), "nothing stands there; wanted: a text for the title")
        : new Reading.Triggers(List.of(trigger));
  }

  /// Content that was mapped to nothing that names it may be sent twice and be meant twice.
  private static Identity identity(Mapping map, String hash) {
    return map.id().isSet() ? Identity.derived(hash) : Identity.ofContent(hash);
  }

  private Reading unmapped(Tree root, Received received) {
    if (!root.isThere()) {
      return new Reading.Unreadable("", "there is nothing but null; wanted: an object or a text");
    }
    var text = root.isObject() ? root.firstText(MESSAGE) : root.text();
    var title = root.isObject() ? root.firstText(TITLE) : "";
    var body =
        Plain.isBlank(text) ? Prose.code(Plain.cut(root.pretty(), SHOWN)) : Prose.plain(text);
    var searched = title + "\n" + (Plain.isBlank(text) ? "" : text);
    var state = patterns.stateOf(searched).orElse(State.INFO);
    var telling =
        new Telling(NAME, received)
            .event("event")
            .identity(Identity.ofContent(Hashes.sha256(received.body())))
            .subject(patterns.subjectOf(searched))
            .state(state)
            .severity(state == State.FIRING ? Severity.WARNING : Severity.INFO)
            .title(Plain.isBlank(title) ? firstLine(text) : title)
            .body(body);
    root.texts().forEach(telling::label);
    return new Reading.Triggers(List.of(telling.done()));
  }

  private static String firstLine(String text) {
    return text.lines().filter(l -> !Plain.isBlank(l)).findFirst().orElse("");
  }
}
