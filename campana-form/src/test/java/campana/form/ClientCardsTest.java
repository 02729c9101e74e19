package campana.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.client.Message;
import campana.client.card.Button;
import campana.client.card.ButtonList;
import campana.client.card.Card;
import campana.client.card.CardText;
import campana.client.card.Carousel;
import campana.client.card.Chip;
import campana.client.card.ChipList;
import campana.client.card.Column;
import campana.client.card.Columns;
import campana.client.card.DecoratedText;
import campana.client.card.Divider;
import campana.client.card.Grid;
import campana.client.card.GridItem;
import campana.client.card.HorizontalAlignment;
import campana.client.card.Icon;
import campana.client.card.Image;
import campana.client.card.KnownIcon;
import campana.client.card.OverflowMenu;
import campana.client.card.Section;
import campana.client.card.Slide;
import campana.client.card.TextParagraph;
import campana.client.card.VerticalAlignment;
import campana.client.card.Widget;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The client's cards and the binder agree: what can be built is taken, as it was written; what the
/// binder refuses, the client refuses, under the same name.
class ClientCardsTest {
  private static final String URL = "https://e.org/a?b=1&c=ü";
  private static final String PICTURE = "https://e.org/a.png";

  static Stream<Widget> widgets() {
    var icon = Icon.material("check_circle", true, 300, -25).altText("ok");
    var button = Button.of("Open", URL).icon(icon).color("#1a73e8").altText("opens it");
    return Stream.of(
        TextParagraph.of("a <b> & \"c\"\n/d/ \u2028 😀 \u0001").maxLines(3),
        TextParagraph.of(CardText.of("a").bold("b").color("#ff0000", "c").link(URL, "d").newLine()),
        TextParagraph.markdown("**a**"),
        DecoratedText.of("a")
            .topLabel("b")
            .bottomLabel(CardText.html("<i>c</i>"))
            .startIcon(Icon.known(KnownIcon.STAR))
            .startIconAlignment(VerticalAlignment.CENTER)
            .wrapText()
            .open(URL)
            .button(button),
        DecoratedText.of("a").startIconAlignment(VerticalAlignment.TOP).endIcon(icon),
        Image.of(PICTURE).altText("a").open("mailto:a@e.org"),
        cardButtons(button, icon),
        Divider.line(),
        Grid.of(2)
            .title("a")
            .item("b")
            .item(GridItem.image(PICTURE, "c").title("d").subtitle("e").id("f").textAbove())
            .item(GridItem.image(PICTURE, "g").crop(GridItem.Crop.RECTANGLE_4_3))
            .item(GridItem.image(PICTURE, "h").crop(1.25).imageBorder("#00ff00", 4))
            .bordered("#0000ff", 8)
            .open(URL),
        Grid.of(1).item("a").bordered(),
        Columns.of(
            Column.of(TextParagraph.of("a"), Image.of(PICTURE), DecoratedText.of("b"))
                .narrow()
                .align(HorizontalAlignment.END)
                .align(VerticalAlignment.BOTTOM),
            Column.of("c").add(cardButtons(button)).add(ChipList.of(Chip.of("d")))),
        Columns.of(Column.of("a").align(VerticalAlignment.CENTER)),
        Carousel.of(Slide.of(TextParagraph.of("a"), Image.of(PICTURE)).footer(cardButtons(button)))
            .add(Slide.of().footer(TextParagraph.of("b"))),
        ChipList.of(Chip.of("a"), Chip.of("b", URL).icon(icon).disabled().altText("c"))
            .add(Chip.of(Icon.url(PICTURE).circle()))
            .scrolling());
  }

  private static ButtonList cardButtons(Button button, Icon icon) {
    var all = cardButtons(button).add(Button.of(icon, URL)).add(button.disabled());
    for (var type : Button.Type.values()) {
      all = all.add(Button.of("b", URL).type(type));
    }
    return all.add(Button.of("more", OverflowMenu.of("a", URL).item(icon, "b", "http://e.org")));
  }

  private static ButtonList cardButtons(Button button) {
    return ButtonList.of(button);
  }

  @ParameterizedTest
  @MethodSource("widgets")
  void every_widget_is_taken_by_the_strict_binder_and_by_googles_parser_as_it_was_written(
      Widget widget) throws IOException {
    var message =
        Message.builder()
            .card(
                Card.titled("t")
                    .section(s -> s.add(widget))
                    .section(s -> s.add(widget, HorizontalAlignment.CENTER)))
            .build();
    var json = ClientMessagesTest.json(message);
    assertThat(stored(json)).isEqualTo(json);
    ClientMessagesTest.sameSize(message);
    JsonFormat.parser().merge(json, com.google.chat.v1.Message.newBuilder());
  }

  @Test
  void a_whole_card_is_taken_by_the_strict_binder_and_kept_as_it_was_written() {
    var section =
        Section.titled("facts <1>")
            .fact("Host", "web-1")
            .fact(Icon.known("NO_SUCH_ICON"), "State", "down")
            .text("a")
            .text(CardText.of("b").strike("c").underline("d").italic("e").code("f"))
            .markdown("*g*")
            .image(PICTURE, "")
            .button("one", URL)
            .button("two", URL)
            .divider()
            .columns(Column.of("a"), Column.of("b"))
            .collapsible(2)
            .collapseLabels("more", "less");
    var card =
        Card.titled("Build 88")
            .subtitle("main")
            .circleImage(PICTURE, "logo")
            .name("n")
            .section(section)
            .section("other", s -> s.text("x"))
            .withoutDividers();
    var message =
        Message.builder()
            .text("t")
            .card(card)
            .card(Card.untitled().section(s -> s.text("y").collapsible(0)))
            .fallbackText("f")
            .accessory(Button.of("Open", URL))
            .build();
    var json = ClientMessagesTest.json(message);
    assertThat(Posts.JSON.readTree(stored(json))).isEqualTo(Posts.JSON.readTree(json));
    assertThat(json).contains("\"cardId\":\"card-1\"", "\"cardId\":\"card-2\"");
    ClientMessagesTest.sameSize(message);
  }

  private static String stored(String json) {
    return new String(
        Posts.accepted(Posts.STRICT.read(json.getBytes(UTF_8), Map.of())).content(), UTF_8);
  }

  static Stream<Arguments> mistakes() {
    var button = Button.of("b", URL);
    return Stream.of(
        wrong("sections", Card.untitled()),
        wrong("header.title", Card.titled("")),
        wrong("header.title", Card.untitled().subtitle("s")),
        wrong("sections[0].widgets", Card.titled("t").section(Section.empty())),
        wrong("text_paragraph.text", TextParagraph.of("")),
        wrong("decorated_text.text", DecoratedText.of("").topLabel("a")),
        wrong("decorated_text", DecoratedText.of("a").button(button).endIcon(Icon.known("STAR"))),
        wrong("columns.column_items", Columns.of(Column.of("a"), Column.of("b"), Column.of("c"))),
        wrong(
            "columns.column_items[1].widgets[0].text_paragraph.text",
            Columns.of(Column.of("a"), Column.of(TextParagraph.of("")))),
        wrong(
            "carousel.carousel_cards[0].footer_widgets[0].text_paragraph.text",
            Carousel.of(Slide.of().footer(TextParagraph.of("")))));
  }

  private static Arguments wrong(String field, Card card) {
    return Arguments.of(field, card);
  }

  private static Arguments wrong(String field, Widget widget) {
    return Arguments.of(
        "sections[0].widgets[0]." + field, Card.titled("t").section(s -> s.add(widget)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void what_the_server_refuses_the_client_refuses_under_the_same_name(String field, Card card) {
    var path = "message.cards_v2[0].card." + field;
    var refused = Posts.refused(Posts.STRICT.read(body(card).getBytes(UTF_8), Map.of()));
    assertThat(refused.message()).startsWith("Invalid value at '" + path + "'");
    assertThat(ClientMessagesTest.violations(() -> Message.card(card)))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.field()).isEqualTo(path);
          if (!field.endsWith("decorated_text")) { // there the binder has Google's words
            assertThat(violation.toString()).isEqualTo(refused.message());
          }
        });
  }

  static Stream<Arguments> links() {
    return Stream.of(
        wrong("button_list.buttons[0].on_click.open_link.url", cardButtons(Button.of("b", "/x"))),
        wrong("image.on_click.open_link.url", Image.of(PICTURE).open("tcp://e.org")),
        wrong("decorated_text.on_click.open_link.url", DecoratedText.of("a").open("e.org")),
        wrong("grid.on_click.open_link.url", Grid.of(1).item("a").open("javascript:alert(1)")),
        wrong("chip_list.chips[0].on_click.open_link.url", ChipList.of(Chip.of("a", "http:e"))),
        wrong(
            "button_list.buttons[0].on_click.overflow_menu.items[0].on_click.open_link.url",
            cardButtons(Button.of("b", OverflowMenu.of("i", "https://")))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("links")
  void a_link_that_leads_nowhere_is_refused_by_both_and_the_client_says_which(
      String field, Card card) {
    var refused = Posts.refused(Posts.STRICT.read(body(card).getBytes(UTF_8), Map.of()));
    assertThat(refused.message()).startsWith("Invalid value at 'message.cards_v2': a link has to");
    assertThat(ClientMessagesTest.violations(() -> Message.card(card)))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.field()).isEqualTo("message.cards_v2[0].card." + field);
          assertThat(refused.message()).endsWith(violation.reason());
        });
  }

  @Test
  void the_widgets_that_the_server_would_drop_the_client_refuses() {
    int[] sizes = {60, 40, 1, 1};
    var card = Card.titled("t");
    for (int size : sizes) {
      var section = Section.empty();
      for (int i = 0; i < size; i++) {
        section = section.divider();
      }
      card = card.section(section);
    }
    var kept = Posts.storedTree(body(card)).at("/cardsV2/0/card/sections");
    assertThat(kept.size()).isEqualTo(2);
    var built = card;
    assertThat(ClientMessagesTest.violations(() -> Message.card(built)))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.field()).isEqualTo("message.cards_v2[0].card.sections[2].widgets");
          assertThat(violation.size()).hasValue(101);
          assertThat(violation.limit()).hasValue(100);
        });
  }

  @Test
  void a_hundred_cards_are_taken_and_one_more_is_refused_by_both() {
    var hundred = Message.builder();
    var more = Message.builder();
    var bodies = new String[101];
    Arrays.setAll(
        bodies, i -> "{\"cardId\":\"" + i + "\",\"card\":{\"header\":{\"title\":\"t\"}}}");
    for (int i = 0; i < 101; i++) {
      more.card(Card.titled("t"));
      if (i < 100) {
        hundred.card(Card.titled("t"));
      }
    }
    assertThat(stored(ClientMessagesTest.json(hundred.build()))).contains("card-100");
    assertThat(ClientMessagesTest.violations(more::build))
        .singleElement()
        .hasToString(Posts.refusal("{\"cardsV2\":[" + String.join(",", bodies) + "]}"));
  }

  private static String body(Card card) {
    return "{\"cardsV2\":[{\"card\":" + card.toJson() + "}]}";
  }
}
