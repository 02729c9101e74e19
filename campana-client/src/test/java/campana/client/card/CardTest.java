package campana.client.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the client adds to the server's rules; those both have, campana-form's tests hold. */
class CardTest {
  private static final String URL = "https://e.org";

  @Test
  void a_card_is_never_changed_and_may_be_the_beginning_of_many() {
    var card = Card.titled("t");
    var before = card.toJson();
    var longer = card.subtitle("s").section(s -> s.text("a"));
    assertThat(card.toJson()).isEqualTo(before);
    assertThat(longer).isNotEqualTo(card).isEqualTo(card.subtitle("s").section(s -> s.text("a")));
  }

  @Test
  void words_are_plain_unless_they_come_as_formatted_text() {
    var card =
        Card.untitled()
            .section(
                "<h>", s -> s.text("<b>a</b>").text(CardText.of("<").bold("&")).fact("<", ">"));
    assertThat(card.toJson())
        .contains(
            "\"header\":\"&lt;h&gt;\"",
            "\"text\":\"&lt;b&gt;a&lt;/b&gt;\"",
            "\"text\":\"&lt;<b>&amp;</b>\"",
            "\"text\":\"&gt;\"",
            "\"topLabel\":\"&lt;\"");
  }

  @Test
  void buttons_one_after_the_other_share_a_row() {
    var card =
        Card.untitled()
            .section(
                s -> s.button("a", URL).button("b", URL).text("x").button(Button.of("c", URL)));
    assertThat(card.toJson().split("buttonList", -1)).hasSize(3);
  }

  @Test
  void spaces_in_an_address_are_encoded() {
    assertThat(Button.of("a", " https://e.org/my job ").toString())
        .contains("\"https://e.org/my%20job\"");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(Button.of("", URL), "button_list.buttons[0].text"),
        Arguments.of(Button.of(Icon.material(""), URL), "buttons[0].icon.material_icon.name"),
        Arguments.of(Button.of(Icon.material("a", true, 150, 0), URL), "material_icon.weight"),
        Arguments.of(Button.of(Icon.material("a", true, 400, 7), URL), "material_icon.grade"),
        Arguments.of(Button.of(Icon.url("ftp://e.org/a.png"), URL), "icon.icon_url"),
        Arguments.of(Button.of("a", OverflowMenu.of("", URL)), "overflow_menu.items[0].text"),
        Arguments.of(Image.of("mailto:a@e.org"), "image.image_url"),
        Arguments.of(TextParagraph.of("a").maxLines(-1), "text_paragraph.max_lines"),
        Arguments.of(ButtonList.of(), "button_list.buttons"),
        Arguments.of(ChipList.of(), "chip_list.chips"),
        Arguments.of(ChipList.of(Chip.of("")), "chip_list.chips[0].label"),
        Arguments.of(Columns.of(), "columns.column_items"),
        Arguments.of(Columns.of(Column.of()), "columns.column_items[0].widgets"),
        Arguments.of(Carousel.of(), "carousel.carousel_cards"),
        Arguments.of(Carousel.of(Slide.of()), "carousel.carousel_cards[0].widgets"),
        Arguments.of(Grid.of(0).item("a"), "grid.column_count"),
        Arguments.of(Grid.of(1), "grid.items"),
        Arguments.of(Grid.of(1).item(GridItem.image("x", "")), "grid.items[0].image.image_uri"),
        Arguments.of(
            Grid.of(1).item(GridItem.image(URL, "").crop(0)),
            "grid.items[0].image.crop_style.aspect_ratio"),
        Arguments.of(
            Grid.of(1).item("a").bordered("#ffffff", -1), "grid.border_style.corner_radius"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void what_nobody_would_see_or_draw_is_refused_with_its_field(Object part, String field) {
    var widget = part instanceof Button button ? ButtonList.of(button) : (Widget) part;
    assertThat(Card.titled("t").section(s -> s.add(widget)).violations())
        .singleElement()
        .satisfies(violation ->
            assertThat(violation.field()).startsWith("sections[0].widgets[0].").endsWith(field));
  }

  @Test
  void a_section_that_folds_wrongly_is_refused() {
    var card =
        Card.untitled()
            .section(s -> s.text("a").collapsible(-1))
            .section(s -> s.text("a").collapseLabels("more", "less"))
            .section(s -> s.text("a").collapsible(0).collapseLabels("", "less"));
    assertThat(card.violations())
        .extracting(Violation::field)
        .containsExactly(
            "sections[0].uncollapsible_widgets_count",
            "sections[1].collapse_control",
            "sections[2].collapse_control.expand_button.text");
  }

  @Test
  void a_header_image_that_is_no_address_is_refused() {
    assertThat(Card.titled("t").image("logo.png", "").violations())
        .extracting(Violation::field)
        .containsExactly("header.image_url");
  }

  @Test
  void colours_and_links_of_formatted_text_are_refused_where_they_are_written() {
    assertThatThrownBy(() -> CardText.of("").color("red", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a colour is #rrggbb, as #d93025, not \"red\"");
    assertThatThrownBy(() -> Button.of("a", URL).color("#12345"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CardText.of("").link("/x", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"/x\"");
  }

  @Test
  void colours_keep_their_256_shades() {
    assertThat(Button.of("a", URL).color("#0180ff").toString())
        .contains("\"color\":{\"red\":0.004,\"green\":0.502,\"blue\":1}");
  }
}
