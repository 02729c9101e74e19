package campana.relay.source.text;

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
import campana.relay.source.Trigger.Identity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// The body is the message. Of a form the field `text`, `message`, `msg` or `body`, else all its
/// fields, one a line. The first line is the title.
public final class TextSource implements Source {
  public static final String NAME = "text";
  private static final List<String> FIELDS = List.of("text", "message", "msg", "body");

  private final String name;
  private final Patterns patterns;

  public TextSource(Patterns patterns) {
    this(NAME, patterns);
  }

  /// @param name under which it reads, for a source that takes texts besides
  public TextSource(String name, Patterns patterns) {
    this.name = name;
    this.patterns = patterns;
  }

  @Override
  public String name() {
    return name;
  }

  /// Whether these bytes are nothing to read as text.
  public static boolean isBinary(Received received) {
    var type = Forms.type(received);
    return type.startsWith("multipart/")
        || type.startsWith("image/")
        || type.startsWith("audio/")
        || type.startsWith("video/")
        || type.equals("application/octet-stream");
  }

  @Override
  public Reading read(Received received) {
    if (isBinary(received)) {
      return new Reading.Unsupported(Forms.type(received));
    }
    var text =
        isForm(received) ? ofForm(received) : new String(received.body(), Forms.charset(received));
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    var clean = Plain.text(text, 32_000);
    return Plain.isBlank(clean)
        ? new Reading.Unreadable("", "there is no text; wanted: the message as the body")
        : told(clean, received);
  }

  private Reading told(String text, Received received) {
    var title = text.lines().filter(l -> !Plain.isBlank(l)).findFirst().orElse("");
    var state = patterns.stateOf(text).orElse(State.INFO);
    return new Reading.Triggers(
        List.of(
            new Telling(name, received)
                .event("text")
                .identity(Identity.ofContent(Hashes.sha256(received.body())))
                .subject(patterns.subjectOf(text))
                .state(state)
                .severity(state == State.FIRING ? Severity.WARNING : Severity.INFO)
                .title(title)
                .body(Prose.plain(text))
                .done()));
  }

  /// `curl --data` says form whatever it sends, so that alone proves nothing.
  private static boolean isForm(Received received) {
    return Forms.isForm(received)
        && new String(received.body(), StandardCharsets.UTF_8)
            .matches("(?s)[A-Za-z0-9_.-]{1,64}=\\S*");
  }

  private static String ofForm(Received received) {
    var fields = Forms.read(received.body());
    return FIELDS.stream()
        .map(f -> fields.getOrDefault(f, ""))
        .filter(t -> !Plain.isBlank(t))
        .findFirst()
        .orElseGet(() ->
            fields.entrySet().stream()
                .map(e -> e.getKey() + ": " + e.getValue())
                .collect(Collectors.joining("\n")));
  }
}
