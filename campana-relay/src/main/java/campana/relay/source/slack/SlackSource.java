package campana.relay.source.slack;

import campana.relay.source.Forms;
import campana.relay.source.Hashes;
import campana.relay.source.Patterns;
import campana.relay.source.Plain;
import campana.relay.source.Prose;
import campana.relay.source.Reading;
import campana.relay.source.Received;
import campana.relay.source.Reply;
import campana.relay.source.Severity;
import campana.relay.source.Source;
import campana.relay.source.State;
import campana.relay.source.Telling;
import campana.relay.source.Tree;
import campana.relay.source.Trigger.Identity;
import campana.relay.source.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads a post that was meant for a Slack incoming webhook, and answers as one.
public final class SlackSource implements Source {
  public static final String NAME = "slack";
  private static final int ATTACHMENTS = 100;

  private final Mrkdwn mrkdwn;
  private final Patterns patterns;

  /// @param mentions whether `<!channel>` and its like mention everybody
  public SlackSource(boolean mentions, Patterns patterns) {
    this.mrkdwn = new Mrkdwn(mentions);
    this.patterns = patterns;
  }

  @Override
  public String name() {
    return NAME;
  }

  /// Slack's clients know 429, and take 503 for a final fault.
  @Override
  public int overloadStatus() {
    return 429;
  }

  @Override
  public Reading read(Received received) {
    var json = new String(received.body(), StandardCharsets.UTF_8);
    if (json.stripLeading().startsWith("payload=")) {
      json = Forms.read(received.body()).getOrDefault("payload", "");
    }
    return switch (Tree.parse(json)) {
      case Tree.Parsed.Fault(var why) -> new Reading.Unreadable("", why);
      case Tree.Parsed.Root(var root) when !root.isObject() ->
          new Reading.Unreadable("", "wanted: an object as Slack takes it");
      case Tree.Parsed.Root(var root) -> read(root, received);
    };
  }

  private Reading read(Tree root, Received received) {
    if (root.list("attachments").size() > ATTACHMENTS) {
      return new Reading.Unreadable("/attachments", "at most " + ATTACHMENTS);
    }
    var telling = new Telling(NAME, received);
    var attachments =
        root.list("attachments").stream().map(a -> new Attachment(a, mrkdwn, telling)).toList();
    var lines = new ArrayList<>(new Blocks(mrkdwn, telling).lines(root.list("blocks")));
    if (lines.isEmpty()) { // beside blocks the text is for notifications alone
      var text = root.text("text");
      lines.add(root.text("mrkdwn").equals("false") ? Mrkdwn.plain(text) : mrkdwn.toChat(text));
    }
    attachments.forEach(a -> lines.addAll(a.lines()));
    lines.removeIf(Plain::isBlank);
    if (lines.isEmpty()) {
      return new Reading.Unreadable("/text", "wanted: text, blocks or attachments");
    }
    var words = new ArrayList<String>(List.of(root.text("text")));
    attachments.forEach(a -> words.add(a.plainTitle()));
    words.removeIf(Plain::isBlank);
    return told(root, words.isEmpty() ? lines : words, lines, attachments, telling, received);
  }

  private Reading told(
      Tree root,
      List<String> words,
      List<String> lines,
      List<Attachment> attachments,
      Telling telling,
      Received received) {
    var searched = String.join("\n", words);
    var thread = root.text("thread_ts");
    var subject = thread.isEmpty() ? patterns.subjectOf(searched) : "thread " + thread;
    var color = worst(attachments);
    var state = patterns.stateOf(searched).orElseGet(() -> state(color, subject));
    return new Reading.Triggers(
        List.of(
            telling
                .event("message")
                .identity(Identity.ofContent(Hashes.sha256(received.body())))
                .subject(subject)
                .state(state)
                .severity(severity(color, state))
                .title(Mrkdwn.title(firstLine(words.getFirst())))
                .body(Prose.markup(String.join("\n", lines)))
                .actor(root.text("username"))
                .label("channel", root.text("channel"))
                .label("color", color)
                .done()));
  }

  private static String firstLine(String text) {
    return Plain.cut(text.lines().filter(l -> !Plain.isBlank(l)).findFirst().orElse(""), 2_000);
  }

  /// `danger` before `warning` before `good`, and else whatever colour comes first.
  private static String worst(List<Attachment> attachments) {
    var colors = attachments.stream().map(a -> named(a.color())).toList();
    return List.of("danger", "warning", "good").stream()
        .filter(colors::contains)
        .findFirst()
        .orElseGet(() -> colors.isEmpty() ? "" : colors.getFirst());
  }

  /// The values that Slack's own names stand for, and that libraries write out.
  private static String named(String color) {
    return switch (color.toLowerCase(Locale.ROOT).replace("#", "")) {
      case "danger", "a30200", "ff0000", "d00000", "e01e5a" -> "danger";
      case "warning", "daa038", "ffcc00", "ecb22e" -> "warning";
      case "good", "2eb886", "2eb67d", "36a64f", "00ff00" -> "good";
      default -> color;
    };
  }

  private static State state(String color, String subject) {
    return switch (color) {
      case "danger" -> State.FIRING;
      case "good" -> subject.isEmpty() ? State.INFO : State.RESOLVED;
      default -> subject.isEmpty() ? State.INFO : State.UPDATE;
    };
  }

  private static Severity severity(String color, State state) {
    return switch (color) {
      case "danger" -> Severity.CRITICAL;
      case "warning" -> Severity.WARNING;
      case "good" -> Severity.OK;
      default -> state == State.FIRING ? Severity.WARNING : Severity.INFO;
    };
  }

  @Override
  public Reply reply(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Taken taken -> Reply.text(200, "ok");
      case Verdict.Unreadable(var field, var why) ->
          Reply.text(
              400,
              switch (field) {
                case "/text" -> "no_text";
                case "/attachments" -> "too_many_attachments";
                default -> "invalid_payload";
              });
      case Verdict.Unsupported unsupported -> Reply.text(400, "invalid_payload");
      case Verdict.Denied denied -> Reply.text(403, "invalid_token");
      case Verdict.TooLarge large -> Reply.text(413, "invalid_payload");
      case Verdict.Overloaded(var retryIn) ->
          new Reply(429, Reply.TEXT, "rate_limited", Optional.of(retryIn));
    };
  }
}
