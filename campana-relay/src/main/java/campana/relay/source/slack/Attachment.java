package campana.relay.source.slack;

import campana.relay.source.ChatText;
import campana.relay.source.Telling;
import campana.relay.source.Tree;
import campana.relay.source.WebAddress;
import java.util.ArrayList;
import java.util.List;

/// A classic attachment as lines of Chat markup.
record Attachment(Tree tree, Mrkdwn mrkdwn, Telling telling) {
  private static final int FIELDS = 50;

  String color() {
    return tree.text("color").strip();
  }

  List<String> lines() {
    var lines = new ArrayList<String>();
    add(lines, mrkdwn.toChat(tree.text("pretext")));
    if (tree.at("blocks").isArray()) {
      lines.addAll(new Blocks(mrkdwn, telling).lines(tree.list("blocks")));
    }
    add(lines, ChatText.escape(tree.text("author_name")));
    add(lines, title());
    add(lines, mrkdwn.toChat(tree.text("text")));
    tree.list("fields").stream().limit(FIELDS).map(this::field).forEach(l -> add(lines, l));
    image(lines, "image_url");
    image(lines, "thumb_url");
    tree.list("actions").forEach(a -> telling.link(a.text("text"), a.text("url")));
    if (lines.isEmpty()) {
      add(lines, mrkdwn.toChat(tree.text("fallback")));
    }
    add(lines, Mrkdwn.plain(tree.text("footer")));
    return lines;
  }

  /// What it is about in plain words, for a list.
  String plainTitle() {
    return tree.firstText("title", "fallback", "pretext", "text");
  }

  private String title() {
    var words = tree.text("title");
    var url = WebAddress.tidy(tree.text("title_link"));
    return url.isEmpty() || words.isBlank()
        ? ChatText.bold(words)
        : "*" + ChatText.link(url, words) + "*";
  }

  private String field(Tree field) {
    var title = ChatText.bold(field.text("title"));
    var value = mrkdwn.toChat(field.text("value")).strip();
    return title.isEmpty() || value.isEmpty()
        ? title + value
        : title + (value.contains("\n") ? "\n" : ": ") + value;
  }

  private void image(List<String> lines, String name) {
    var url = WebAddress.tidy(tree.text(name));
    if (!url.isEmpty()) {
      lines.add("<" + url + ">");
    }
  }

  private static void add(List<String> lines, String line) {
    if (!line.isBlank()) {
      lines.add(line.strip());
    }
  }
}
