package campana.client;

import campana.client.card.Button;
import campana.client.card.Card;
import campana.client.card.CardText;
import campana.client.card.Carousel;
import campana.client.card.Chip;
import campana.client.card.ChipList;
import campana.client.card.Column;
import campana.client.card.DecoratedText;
import campana.client.card.Grid;
import campana.client.card.GridItem;
import campana.client.card.Icon;
import campana.client.card.KnownIcon;
import campana.client.card.OverflowMenu;
import campana.client.card.Slide;
import campana.client.card.TextParagraph;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the documents show of messages, markup and cards, one method for each task: they are
 * compiled here, and each message is asked whether it may be sent.
 */
final class Snippets {
  private Snippets() {}

  static Message text(String host) {
    return Message.text(Markup.bold("Down: ") + Markup.escape(host) + " " + Markup.mentionAll());
  }

  static Message lineOfALog(String line) {
    return Message.plain(line);
  }

  static Message stackTrace(String trace) {
    return Message.text("The import failed:\n" + Markup.codeBlock(trace));
  }

  static Message links(String user) {
    return Message.text(
        Markup.mention(user) + ", see " + Markup.link("https://ci.example.org/88", "build 88"));
  }

  static Message list(List<String> hosts) {
    return Message.text(
        "Not reachable:\n"
            + Markup.list(hosts.stream().map(Markup::escape).collect(Collectors.toList())));
  }

  static List<Message> split(String report) {
    return Message.plain(report).split();
  }

  static Message cut(String report) {
    return Message.plain(report).cut();
  }

  static Message raw() {
    return Message.json("{\"text\": \"as the wire has it\", \"fallbackText\": \"…\"}");
  }

  static Message card(String branch) {
    Card card =
        Card.titled("Build 88")
            .subtitle(branch)
            .section(s ->
                s.fact("Result", "failed")
                    .fact(Icon.known(KnownIcon.CLOCK), "Took", "3 minutes")
                    .button("Open", "https://ci.example.org/88")
                    .button("Log", "https://ci.example.org/88/log"));
    return Message.builder()
        .text("Build 88 failed")
        .card(card)
        .fallbackText("Build 88 of " + branch + " failed")
        .build();
  }

  static Message formattedCard(String host) {
    CardText state = CardText.of("Disk of ").bold(host).text(" is ").color("#d93025", "full");
    return Message.card(
        Card.titled("Disk")
            .circleImage("https://example.org/disk.png", "a disk")
            .section(s -> s.text(state).divider().markdown("**Next:** delete old logs"))
            .section("Details", s -> s.text("94 %").text("since noon").collapsible(1)));
  }

  static Message columns() {
    return Message.card(
        Card.titled("Two nodes")
            .section(s ->
                s.columns(
                    Column.of("node 1").add(ChipList.of(Chip.of("healthy"))),
                    Column.of("node 2").add(ChipList.of(Chip.of("late"))))));
  }

  static Message buttons() {
    Button main = Button.of("Acknowledge", "https://example.org/ack").type(Button.Type.FILLED);
    Button more =
        Button.of(
            "More",
            OverflowMenu.of("Runbook", "https://example.org/runbook")
                .item("History", "https://example.org/history"));
    DecoratedText line =
        DecoratedText.of("web-1")
            .topLabel("Host")
            .startIcon(Icon.material("dns"))
            .endIcon(Icon.known(KnownIcon.STAR).altText("important"))
            .open("https://example.org/hosts/web-1");
    return Message.card(Card.titled("Alert").section(s -> s.add(line).button(main).button(more)));
  }

  static Message pictures() {
    Grid grid =
        Grid.of(2)
            .title("Cameras")
            .item(GridItem.image("https://example.org/a.png", "gate").title("Gate"))
            .item(GridItem.image("https://example.org/b.png", "yard").title("Yard"))
            .open("https://example.org/cameras");
    Carousel carousel =
        Carousel.of(Slide.of(TextParagraph.of("one")), Slide.of(TextParagraph.of("two")));
    return Message.card(Card.untitled().section(s -> s.add(grid).add(carousel)));
  }

  static Message accessory() {
    return Message.builder()
        .text("The nightly run is done")
        .accessory(Button.of("Report", "https://example.org/report"))
        .build();
  }
}
