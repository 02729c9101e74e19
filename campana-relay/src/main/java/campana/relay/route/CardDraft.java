package campana.relay.route;

import campana.relay.source.Fact;
import campana.relay.source.Item;
import campana.relay.source.Link;
import campana.relay.source.Plain;
import campana.relay.source.Prose;
import campana.relay.source.State;
import campana.relay.source.WebAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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
  String whole() {
    return card(ROOMS.getFirst());
  }

  String fitting() {
    var card = whole();
    for (int i = 1; i < ROOMS.size() && bytes(card) > BYTES; i++) {
      card = card(ROOMS.get(i));
    }
    return card;
  }

  private static int bytes(String card) {
    return card.getBytes(StandardCharsets.UTF_8).length;
  }

  private String card(Room room) {
    var json = new Json().open('{').name("header").open('{');
    json.name("title").text(facets.sign() + " " + facets.title());
    var subtitle = facets.subtitle();
    if (!subtitle.isEmpty()) {
      json.name("subtitle").text(subtitle);
    }
    json.close('}');
    var items = first(room.items(), facets.items());
    var facts = first(room.facts(), facets.trigger().facts());
    var body = room.body() == 0 ? Prose.NONE : facets.trigger().body();
    var links = facets.trigger().links();
    if (!items.isEmpty() || !facts.isEmpty() || !body.isEmpty() || !links.isEmpty()) {
      json.name("sections").open('[');
      items(json, items);
      body(json, body, room.body());
      facts(json, facts);
      links(json, links);
      json.close(']');
    }
    return json.close('}').toString();
  }

  private static <T> List<T> first(int most, List<T> of) {
    return of.subList(0, Math.min(most, of.size()));
  }

  private static Json section(Json json) {
    return json.open('{').name("widgets").open('[');
  }

  private void items(Json json, List<Item> items) {
    if (items.isEmpty()) {
      return;
    }
    section(json);
    items.forEach(i -> item(json, i));
    int hidden = facets.hidden(items.size());
    if (hidden > 0) {
      paragraph(json, facets.words().more(hidden));
    }
    json.close(']').close('}');
  }

  private void item(Json json, Item item) {
    json.open('{').name("decoratedText").open('{');
    if (item.state() != State.INFO) {
      json.name("topLabel").text((facets.sign(item) + " " + facets.time(item)).strip());
    }
    var title = escape(item.title());
    var text = escape(item.text());
    var bold = title.isEmpty() || item.state() == State.INFO ? title : "<b>" + title + "</b>";
    var between = bold.isEmpty() || text.isEmpty() ? "" : item.state() == State.INFO ? " · " : " ";
    json.name("text").text(bold + between + text).name("wrapText").raw("true");
    if (WebAddress.isSecure(item.url())) {
      open(json, item.url());
    }
    json.close('}').close('}');
  }

  private void body(Json json, Prose body, int most) {
    if (body.isEmpty()) {
      return;
    }
    var text = body.text();
    var cut = Plain.cut(text, most);
    var html = body.form() == Prose.Form.CODE ? "<code>" + escape(cut) + "</code>" : escape(cut);
    section(json);
    paragraph(json, html.replace("\n", "<br>"));
    if (cut.length() < text.length()) {
      paragraph(json, facets.words().cut(text.length() - cut.length() + 1));
    }
    json.close(']').close('}');
  }

  private void facts(Json json, List<Fact> facts) {
    if (facts.isEmpty()) {
      return;
    }
    section(json);
    for (var fact : facts) {
      json.open('{').name("decoratedText").open('{');
      json.name("topLabel").text(facets.words().fact(fact.label()));
      json.name("text").text(escape(fact.value())).name("wrapText").raw("true");
      json.close('}').close('}');
    }
    json.close(']');
    if (facts.size() > FACTS_AT_ONCE) {
      json.name("collapsible").raw("true");
      json.name("uncollapsibleWidgetsCount").raw(Integer.toString(FACTS_AT_ONCE));
    }
    json.close('}');
  }

  /// Buttons lead to https alone; what a house serves without it is a line of links.
  private void links(Json json, List<Link> links) {
    if (links.isEmpty()) {
      return;
    }
    var secure = new ArrayList<Link>(links.size());
    var others = new ArrayList<Link>();
    links.forEach(link -> (WebAddress.isSecure(link.url()) ? secure : others).add(link));
    section(json);
    if (!others.isEmpty()) {
      paragraph(json, others.stream().map(this::anchor).collect(Collectors.joining(" · ")));
    }
    if (!secure.isEmpty()) {
      json.open('{').name("buttonList").open('{').name("buttons").open('[');
      for (var link : secure) {
        json.open('{').name("text").text(label(link));
        open(json, link.url());
        json.close('}');
      }
      json.close(']').close('}').close('}');
    }
    json.close(']').close('}');
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

  private static void open(Json json, String url) {
    json.name("onClick").open('{').name("openLink").open('{').name("url").text(url);
    json.close('}').close('}');
  }

  private static void paragraph(Json json, String html) {
    json.open('{').name("textParagraph").open('{').name("text").text(html).close('}').close('}');
  }

  private static String escape(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
