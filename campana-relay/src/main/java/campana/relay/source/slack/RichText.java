package campana.relay.source.slack;

import campana.relay.source.ChatText;
import campana.relay.source.Tree;
import campana.relay.source.WebAddress;
import java.util.List;
import java.util.stream.Collectors;

/// A `rich_text` block: text that Slack's own editor has written, as a tree instead of markup.
record RichText(Mrkdwn mrkdwn) {
  private static final int MOST = 500;

  String of(Tree block) {
    return block.list("elements").stream()
        .limit(MOST)
        .map(this::paragraph)
        .filter(p -> !p.isBlank())
        .collect(Collectors.joining("\n"));
  }

  private String paragraph(Tree element) {
    return switch (element.text("type")) {
      case "rich_text_list" -> list(element);
      case "rich_text_quote" ->
          inline(element).lines().map(l -> "> " + l).collect(Collectors.joining("\n"));
      case "rich_text_preformatted" -> ChatText.block(words(element.list("elements")));
      default -> inline(element);
    };
  }

  private String list(Tree element) {
    var indent = "    ".repeat(Math.clamp(element.number("indent"), 0, 8));
    return element.list("elements").stream()
        .limit(MOST)
        .map(e -> indent + "- " + inline(e).replace('\n', ' ').strip())
        .collect(Collectors.joining("\n"));
  }

  private String inline(Tree element) {
    var out = new StringBuilder();
    element.list("elements").stream().limit(MOST).forEach(e -> out.append(span(e)));
    return out.toString();
  }

  private String span(Tree e) {
    return switch (e.text("type")) {
      case "text" -> styled(e);
      case "link" -> {
        var url = WebAddress.tidy(e.text("url"));
        yield url.isEmpty()
            ? ChatText.escape(e.firstText("text", "url"))
            : ChatText.link(url, e.text("text"));
      }
      case "emoji" -> {
        var known = Emoji.of(e.text("name"));
        yield known.isEmpty() ? ":" + ChatText.escape(e.text("name")) + ":" : known;
      }
      case "user" -> ChatText.escape("@" + e.text("user_id"));
      case "usergroup" -> ChatText.escape("@" + e.text("usergroup_id"));
      case "channel" -> ChatText.escape("#" + e.text("channel_id"));
      case "broadcast" -> mrkdwn.toChat("<!" + e.text("range").replaceAll("[<>|]", "") + ">");
      case "date" -> ChatText.escape(e.text("fallback"));
      default -> "";
    };
  }

  /// A marker counts beside words alone, so white space at the ends stays outside.
  private static String styled(Tree e) {
    var text = e.text("text");
    var core = text.strip();
    var style = e.at("style");
    var marks =
        (style.isTrue("bold") ? "*" : "")
            + (style.isTrue("italic") ? "_" : "")
            + (style.isTrue("strike") ? "~" : "");
    if (core.isEmpty() || core.contains("\n") || (marks.isEmpty() && !style.isTrue("code"))) {
      return ChatText.escape(text);
    }
    int at = text.indexOf(core);
    var inner =
        style.isTrue("code") && core.indexOf('`') < 0 ? "`" + core + "`" : ChatText.escape(core);
    return text.substring(0, at)
        + marks
        + inner
        + new StringBuilder(marks).reverse()
        + text.substring(at + core.length());
  }

  private static String words(List<Tree> elements) {
    return elements.stream()
        .limit(MOST)
        .map(e -> e.firstText("text", "url"))
        .collect(Collectors.joining());
  }
}
