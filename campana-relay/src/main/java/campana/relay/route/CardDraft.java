package campana.relay.route;

import campana.relay.source.Item;
import campana.relay.source.Link;
import campana.relay.source.Plain;
import campana.relay.source.Prose;
import campana.relay.source.State;
import campana.relay.source.WebAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A trigger as a card. Its texts are the small HTML of cards, in which everything foreign is
/// escaped; it is made smaller until it fits into a message together with the rest.
record CardDraft(Facets facets) {
  /// Of the 32,000 bytes of a message; the rest is for text and fallback.
  static final int BYTES = 24_000;

  /// Shown before «more» is opened.
  private static final int FACTS_AT_ONCE = 4;

  /// What a card has room for, from all to hardly anything.
  private static final List<Room> ROOMS =
      List.of(
          new Room(10, 4_000, 12), new Room(6, 2_000, 6), new Room(3, 800, 3), new Room(0, 0, 0));

  private record Room(int items, int body, int facts) {}

  /// With room for all: fits where the whole message has at most [#BYTES].
  ObjectNode whole() {
    return card(ROOMS.getFirst());
  }

  ObjectNode fitting() {
    var card = whole();
    for (int i = 1; i < ROOMS.size() && bytes(card) > BYTES; i++) {
      card = card(ROOMS.get(i));
    }
    return card;
  }

  private static int bytes(ObjectNode card) {
    return card.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private ObjectNode card(Room room) {
    var trigger = facets.trigger();
    var card = JsonNodeFactory.instance.objectNode();
    var header = card.putObject("header").put("title", facets.sign() + " " + facets.title());
    var subtitle = facets.subtitle();
    if (!subtitle.isEmpty()) {
      header.put("subtitle", subtitle);
    }
    var sections = JsonNodeFactory.instance.arrayNode();
    items(sections, room.items());
    body(sections, trigger.body(), room.body());
    facts(sections, room.facts());
    links(sections);
    if (!sections.isEmpty()) {
      card.set("sections", sections);
    }
    return card;
  }

  private void items(ArrayNode sections, int most) {
    var items = facets.items().stream().limit(most).toList();
    if (items.isEmpty()) {
      return;
    }
    var widgets = sections.addObject().putArray("widgets");
    items.forEach(i -> item(widgets.addObject().putObject("decoratedText"), i));
    int hidden = facets.hidden(items.size());
    if (hidden > 0) {
      paragraph(widgets, facets.words().more(hidden));
    }
  }

  private void item(ObjectNode widget, Item item) {
    var time = facets.time(item);
    if (item.state() != State.INFO) {
      widget.put("topLabel", (facets.sign(item) + " " + time).strip());
    }
    var title = escape(item.title());
    var text = escape(item.text());
    var bold = title.isEmpty() || item.state() == State.INFO ? title : "<b>" + title + "</b>";
    var between = bold.isEmpty() || text.isEmpty() ? "" : item.state() == State.INFO ? " · " : " ";
    widget.put("text", bold + between + text).put("wrapText", true);
    if (WebAddress.isSecure(item.url())) {
      open(widget, item.url());
    }
  }

  private void body(ArrayNode sections, Prose body, int most) {
    if (body.isEmpty() || most == 0) {
      return;
    }
    var text = body.text();
    var cut = Plain.cut(text, most);
    var html = body.form() == Prose.Form.CODE ? "<code>" + escape(cut) + "</code>" : escape(cut);
    var widgets = sections.addObject().putArray("widgets");
    paragraph(widgets, html.replace("\n", "<br>"));
    if (cut.length() < text.length()) {
      paragraph(widgets, facets.words().cut(text.length() - cut.length() + 1));
    }
  }

  private void facts(ArrayNode sections, int most) {
    var facts = facets.trigger().facts().stream().limit(most).toList();
    if (facts.isEmpty()) {
      return;
    }
    var section = sections.addObject();
    var widgets = section.putArray("widgets");
    for (var fact : facts) {
      widgets
          .addObject()
          .putObject("decoratedText")
          .put("topLabel", facets.words().fact(fact.label()))
          .put("text", escape(fact.value()))
          .put("wrapText", true);
    }
    if (facts.size() > FACTS_AT_ONCE) {
      section.put("collapsible", true).put("uncollapsibleWidgetsCount", FACTS_AT_ONCE);
    }
  }

  /// Buttons lead to https alone; what a house serves without it is a line of links.
  private void links(ArrayNode sections) {
    var links = facets.trigger().links();
    var secure = links.stream().filter(l -> WebAddress.isSecure(l.url())).toList();
    var others = links.stream().filter(l -> !WebAddress.isSecure(l.url())).toList();
    if (links.isEmpty()) {
      return;
    }
    var widgets = sections.addObject().putArray("widgets");
    if (!others.isEmpty()) {
      paragraph(widgets, others.stream().map(this::anchor).collect(Collectors.joining(" · ")));
    }
    if (!secure.isEmpty()) {
      var buttons = widgets.addObject().putObject("buttonList").putArray("buttons");
      secure.forEach(l -> open(buttons.addObject().put("text", label(l)), l.url()));
    }
  }

  private String anchor(Link link) {
    return "<a href=\""
        + escape(link.url()).replace("\"", "%22").replace("'", "%27")
        + "\">"
        + escape(label(link))
        + "</a>";
  }

  private String label(Link link) {
    var label = facets.words().link(link.label());
    return label.isBlank() ? facets.words().link("open") : label;
  }

  private static void open(ObjectNode of, String url) {
    of.putObject("onClick").putObject("openLink").put("url", url);
  }

  private static void paragraph(ArrayNode widgets, String html) {
    widgets.addObject().putObject("textParagraph").put("text", html);
  }

  private static String escape(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
