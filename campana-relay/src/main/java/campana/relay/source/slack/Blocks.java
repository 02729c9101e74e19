package campana.relay.source.slack;

import campana.relay.source.ChatText;
import campana.relay.source.Telling;
import campana.relay.source.Tree;
import campana.relay.source.WebAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Slack's blocks as lines of Chat markup. What has no place in a text (inputs, menus) is left out;
/// buttons that lead somewhere become links of the trigger.
record Blocks(Mrkdwn mrkdwn, Telling telling) {
  /// Slack takes 50 in a message; of more we show the first.
  private static final int MOST = 100;

  List<String> lines(List<Tree> blocks) {
    var lines = new ArrayList<String>();
    for (var block : blocks.subList(0, Math.min(MOST, blocks.size()))) {
      var line =
          switch (block.text("type")) {
            case "header" -> ChatText.bold(Mrkdwn.emoji(block.text("text", "text")));
            case "section" -> section(block);
            case "context" -> context(block);
            case "image" -> image(block);
            case "actions" -> {
              block.list("elements").forEach(this::button);
              yield "";
            }
            case "rich_text" -> new RichText(mrkdwn).of(block);
            case "markdown" -> ChatText.escape(block.text("text"));
            default -> "";
          };
      if (!line.isBlank()) {
        lines.add(line);
      }
    }
    return lines;
  }

  /// @param object of type `mrkdwn` or `plain_text`
  private String text(Tree object) {
    var text = object.text("text");
    return object.text("type").equals("plain_text") ? Mrkdwn.plain(text) : mrkdwn.toChat(text);
  }

  private String section(Tree block) {
    var parts = new ArrayList<String>();
    parts.add(text(block.at("text")));
    block.list("fields").stream().limit(20).map(f -> text(f).strip()).forEach(parts::add);
    var accessory = block.at("accessory");
    button(accessory);
    if (accessory.text("type").equals("image")) {
      parts.add(image(accessory));
    }
    return parts.stream().filter(p -> !p.isBlank()).collect(Collectors.joining("\n"));
  }

  private String context(Tree block) {
    return block.list("elements").stream()
        .limit(20)
        .map(e -> e.text("type").equals("image") ? "" : text(e).strip())
        .filter(t -> !t.isEmpty())
        .collect(Collectors.joining(" · "));
  }

  private static String image(Tree image) {
    var url = WebAddress.tidy(image.text("image_url"));
    var title = image.text("title", "text");
    return url.isEmpty()
        ? ""
        : ChatText.link(url, title.isEmpty() ? image.text("alt_text") : title);
  }

  private void button(Tree element) {
    if (element.text("type").equals("button")) {
      telling.link(element.text("text", "text"), element.text("url"));
    }
  }
}
