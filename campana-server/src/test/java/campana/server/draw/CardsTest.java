package campana.server.draw;

import static campana.server.draw.Drawings.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardsTest {
  private static String message(String json) {
    return Drawings.DRAWING.html(bytes(json.replace('\'', '"')));
  }

  private static String widgets(String json) {
    return message("{'cardsV2':[{'card':{'sections':[{'widgets':[" + json + "]}]}}]}");
  }

  private static final String OPEN = "'onClick':{'openLink':{'url':'https://e.org/x'}}";
  private static final String HREF = "href=\"https://e.org/x\"";

  @Test
  void a_header_has_title_subtitle_and_image() {
    assertThat(
            message(
                "{'cardsV2':[{'card':{'header':{'title':'T <1>','subtitle':'S','imageType':'CIRCLE',"
                    + "'imageUrl':'https://i.org/a.png','imageAltText':'logo'}}}]}"))
        .contains(">T &lt;1&gt;</div>", ">S</div>", "m-circle", "aria-label=\"logo\"")
        .contains("<img src=\"/images/i.org/a.png\" alt=\"\" loading=\"lazy\">");
  }

  @Test
  void a_text_paragraph_is_drawn_and_folded_at_its_lines() {
    assertThat(widgets("{'textParagraph':{'text':'<b>a</b>\\nb\\nc','maxLines':2}}"))
        .contains("m-clip-2", "Show all 3 lines", "<b>a</b>\nb\nc");
    assertThat(widgets("{'textParagraph':{'text':'**a**','textSyntax':'MARKDOWN'}}"))
        .contains("<p><b>a</b></p>");
  }

  @Test
  void an_image_comes_from_our_own_address_and_names_its_host() {
    assertThat(
            widgets("{'image':{'imageUrl':'https://i.org/a.png','altText':'graph'," + OPEN + "}}"))
        .contains("src=\"/images/i.org/a.png\"", ">i.org</a>", "aria-label=\"graph\"", HREF)
        .doesNotContain("src=\"https");
  }

  @Test
  void where_images_are_off_only_the_stand_in_is_drawn() {
    var off =
        new MessageDrawing(DrawingWords.ENGLISH, _ -> Optional.empty(), _ -> Optional.empty());
    assertThat(
            off.html(
                bytes(
                    "{\"cards\":[{\"sections\":[{\"widgets\":[{\"image\":"
                        + "{\"imageUrl\":\"https://i.org/a.png\"}}]}]}]}")))
        .contains(">i.org</a>")
        .doesNotContain("<img");
  }

  @Test
  void decorated_text_has_labels_icon_and_button() {
    assertThat(
            widgets(
                "{'decoratedText':{'startIcon':{'knownIcon':'CLOCK'},'topLabel':'Host',"
                    + "'text':'<b>db1</b>','bottomLabel':'eu','contentText':{'text':'more'},"
                    + "'button':{'text':'Go',"
                    + OPEN
                    + "}}}"))
        .contains("<svg", ">Host</div>", "<b>db1</b>", ">eu</div>", ">more</div>", HREF, ">Go<");
    assertThat(widgets("{'decoratedText':{'text':'x','switchControl':{'selected':true}}}"))
        .contains("m-toggle m-on", "aria-disabled=\"true\"");
    assertThat(widgets("{'decoratedText':{'text':'x'," + OPEN + "}}")).contains("m-cover", HREF);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'knownIcon':'CLOCK'}                    | 1
          {'knownIcon':'NO_SUCH'}                  | 0
          {'materialIcon':{'name':'warning'}}      | 1
          {'materialIcon':{'name':'no_such'}}      | 1
          {}                                       | 0
          """)
  void an_icon_is_drawn_where_there_is_one(String icon, int svgs) {
    var html = widgets("{'decoratedText':{'text':'x','startIcon':" + icon + "}}");
    assertThat(html.split("<svg", -1)).hasSize(svgs + 1);
  }

  @Test
  void buttons_that_open_links_are_links_and_others_are_dead() {
    assertThat(widgets("{'buttonList':{'buttons':[{'text':'Go'," + OPEN + "}]}}"))
        .contains("<a " + HREF + " rel=\"noopener noreferrer nofollow\" target=\"_blank\"");
    assertThat(
            widgets(
                "{'buttonList':{'buttons':[{'text':'Do','onClick':{'action':{'function':'f'}}}]}}"))
        .contains("m-dead", "aria-disabled=\"true\"", ">Do<")
        .doesNotContain("<a ");
    assertThat(widgets("{'buttonList':{'buttons':[{'text':'Go','disabled':true," + OPEN + "}]}}"))
        .contains("m-dead")
        .doesNotContain("<a ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/relative",
        "tcp://e.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "//e.org",
        ""
      })
  void an_odd_address_costs_the_link_and_not_the_card(String url) {
    assertThat(
            widgets(
                "{'buttonList':{'buttons':[{'text':'Go','onClick':{'openLink':{'url':'"
                    + url
                    + "'}}}]}}"))
        .contains(">Go<")
        .doesNotContain("<a ");
  }

  @Test
  void a_buttons_colour_becomes_one_of_the_palette() {
    assertThat(
            widgets(
                "{'buttonList':{'buttons':[{'text':'Go','color':{'red':1,'green':0.1,'blue':0},"
                    + OPEN
                    + "}]}}"))
        .contains("m-filled m-paint-red")
        .doesNotContain("style=");
  }

  @Test
  void a_button_of_an_icon_alone_has_a_name() {
    assertThat(
            widgets(
                "{'buttonList':{'buttons':[{'icon':{'knownIcon':'STAR'},'altText':'Mark',"
                    + OPEN
                    + "}]}}"))
        .contains("<svg", "m-unseen\">Mark<");
  }

  @Test
  void a_menu_unfolds_into_links() {
    assertThat(
            widgets(
                "{'buttonList':{'buttons':[{'text':'More','onClick':{'overflowMenu':{'items':["
                    + "{'text':'A',"
                    + OPEN
                    + "},{'text':'B','disabled':true}]}}}]}}"))
        .contains("<details class=\"m-menu\"><summary", HREF, ">A<", ">B<");
  }

  @Test
  void dividers_columns_grids_chips_and_carousels_are_drawn() {
    assertThat(widgets("{'divider':{}}")).contains("<hr>");
    assertThat(
            widgets(
                "{'columns':{'columnItems':[{'widgets':[{'textParagraph':{'text':'l'}}]},"
                    + "{'widgets':[{'textParagraph':{'text':'r'}}]},"
                    + "{'widgets':[{'textParagraph':{'text':'third'}}]}]}}"))
        .contains(">l<", ">r<")
        .doesNotContain("third");
    assertThat(
            widgets(
                "{'grid':{'title':'G','columnCount':3,"
                    + OPEN
                    + ",'items':[{'title':'a',"
                    + "'subtitle':'b','image':{'imageUri':'https://i.org/g.png'}}]}}"))
        .contains("m-grid-3", ">a<", ">b<", "/images/i.org/g.png", HREF);
    assertThat(widgets("{'chipList':{'chips':[{'label':'c'," + OPEN + "}]}}"))
        .contains("m-chip", HREF);
    assertThat(
            widgets(
                "{'carousel':{'carouselCards':[{'widgets':[{'textParagraph':{'text':'s'}}],"
                    + "'footerWidgets':[{'buttonList':{'buttons':[{'text':'f',"
                    + OPEN
                    + "}]}}]}]}}"))
        .contains("m-slide", ">s<", ">f<");
  }

  @Test
  void inputs_are_pictures_of_inputs() {
    assertThat(
            widgets(
                "{'textInput':{'label':'L','hintText':'H'}},{'selectionInput':{'label':'S',"
                    + "'type':'CHECK_BOX','items':[{'text':'i','selected':true}]}},"
                    + "{'dateTimePicker':{'label':'D','valueMsEpoch':'1760000000000'}}"))
        .contains(">L<", ">H<", ">S<", ">☑ i<", ">D<", "2025-10-09 08:53 UTC")
        .doesNotContain("<input", "<select");
  }

  @Test
  void what_is_selected_has_boxes_unless_only_one_can_be() {
    var items = "'items':[{'text':'i','selected':true},{'text':'j'}]}}";
    assertThat(widgets("{'selectionInput':{" + items)) // as it is stored: boxes are the default
        .contains(">☑ i<", ">☐ j<");
    for (var type : List.of("SWITCH", "MULTI_SELECT")) {
      assertThat(widgets("{'selectionInput':{'type':'" + type + "'," + items)).contains(">☑ i<");
    }
    for (var type : List.of("RADIO_BUTTON", "DROPDOWN")) {
      assertThat(widgets("{'selectionInput':{'type':'" + type + "'," + items))
          .contains(">◉ i<", ">○ j<");
    }
  }

  @Test
  void a_grid_s_image_that_does_not_come_leaves_its_host_in_its_place() {
    assertThat(
            widgets(
                "{'grid':{'items':[{'title':'t','image':{'imageUri':'https://e.org/a.png'}}]}}"))
        .contains(">e.org<");
  }

  @Test
  void a_collapsible_section_shows_so_many_widgets_and_folds_the_rest() {
    assertThat(
            message(
                "{'cardsV2':[{'card':{'sections':[{'header':'H <b>x</b>','collapsible':true,"
                    + "'uncollapsibleWidgetsCount':1,'widgets':[{'textParagraph':{'text':'one'}},"
                    + "{'textParagraph':{'text':'two'}}]}]}}]}"))
        .containsSubsequence("H <b>x</b>", "one", "Show more", "m-folded", "two");
  }

  @Test
  void no_card_is_blank() {
    var nothing = DrawingWords.ENGLISH.emptyCard();
    assertThat(message("{'cardsV2':[{'card':{}}]}")).contains(nothing);
    assertThat(widgets("{'textParagraph':{'text':' '}},{'noSuchWidget':{}}")).contains(nothing);
  }

  @Test
  void the_section_that_passes_a_hundred_widgets_and_all_after_it_are_dropped() {
    var section = "{'widgets':[{'textParagraph':{'text':'w'}}]}";
    var html =
        message(
            "{'cardsV2':[{'card':{'sections':[" + (section + ",").repeat(100) + section + "]}}]}");
    assertThat(html.split(">w<", -1)).hasSize(101);
  }

  @Test
  void accessory_widgets_stand_below_text_and_cards() {
    assertThat(
            message(
                "{'text':'t','cardsV2':[{'card':{'header':{'title':'c'}}}],'accessoryWidgets':["
                    + "{'buttonList':{'buttons':[{'text':'acc',"
                    + OPEN
                    + "}]}}]}"))
        .containsSubsequence(">t<", ">c<", ">acc<");
  }

  @Test
  void without_text_and_cards_the_fallback_is_drawn() {
    assertThat(message("{'fallbackText':'f'}")).contains("<p>f</p>");
    assertThat(message("{'fallbackText':'f','cardsV2':[{'card':{'header':{'title':'c'}}}]}"))
        .doesNotContain(">f<");
  }

  @Test
  void titles_stand_for_cards_in_plain_text() {
    assertThat(
            MessageDrawing.plain(
                bytes(
                    "{\"cardsV2\":[{\"card\":{\"header\":{\"title\":\"A\"}}},{\"card\":{\"sections\":"
                        + "[{\"widgets\":[{\"decoratedText\":{\"text\":\"<b>B</b> b\"}}]}]}}]}")))
        .isEqualTo("A B b");
  }
}
