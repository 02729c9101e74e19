package campana.server.draw;

import static campana.server.draw.Drawings.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatTextTest {
  private static final String LINK = " rel=\"noopener noreferrer nofollow\" target=\"_blank\"";

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      textBlock =
          """
          *bold*                    ¦ <b>bold</b>
          _italic_                  ¦ <i>italic</i>
          ~struck~                  ¦ <s>struck</s>
          *_both_*                  ¦ <b><i>both</i></b>
          *a _b_ c*, (*d*)!         ¦ <b>a <i>b</i> c</b>, (<b>d</b>)!
          `code`                    ¦ <code>code</code>
          `*not bold*`              ¦ <code>*not bold*</code>
          *a `b*` c*                ¦ <b>a <code>b*</code> c</b>
          *👍*                      ¦ <b>👍</b>
          *perché*                  ¦ <b>perché</b>
          """)
  void a_marker_at_the_edge_of_a_word_binds(String text, String html) {
    assertThat(text(text)).isEqualTo("<p>" + html + "</p>");
  }

  @ParameterizedTest(name = "{0} stays")
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      textBlock =
          """
          **two**
          2*3*4
          snake_case_name
          a * b * c
          *open
          close*
          ~~x~~
          ``x``
          a`b`c
          :smile:
          §# no heading§
          1. no list
          """)
  void what_binds_nothing_stays_as_it_was_sent(String text) {
    assertThat(text(text)).isEqualTo("<p>" + text + "</p>");
  }

  @Test
  void markers_that_cross_do_not_nest_wrongly() {
    assertThat(text("*a _b* c_")).isEqualTo("<p><b>a _b</b> c_</p>");
  }

  @Test
  void no_marker_binds_across_a_newline() {
    assertThat(text("*a\nb*")).isEqualTo("<p>*a\nb*</p>");
  }

  @Test
  void newlines_and_spaces_stay_and_every_kind_of_line_end_is_one() {
    assertThat(text("a\r\nb\rc\n\n  d  e")).isEqualTo("<p>a\nb\nc\n\n  d  e</p>");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      textBlock =
          """
          https://e.org/a_b_c          ¦ https://e.org/a_b_c ¦ https://e.org/a_b_c
          <https://e.org>              ¦ https://e.org       ¦ https://e.org
          <HTTPS://e.org>              ¦ https://e.org       ¦ HTTPS://e.org
          <mailto:a@e.org|mail to *A*> ¦ mailto:a@e.org      ¦ mail to *A*
          <https://e.org|>             ¦ https://e.org       ¦ https://e.org
          <https://e.org?a=1&b=2|x>    ¦ https://e.org?a=1&amp;b=2 ¦ x
          """)
  void an_address_is_a_link(String text, String href, String label) {
    assertThat(text(text))
        .startsWith("<p><a href=\"" + href + "\"" + LINK)
        .endsWith(">" + label + "</a></p>");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      textBlock =
          """
          See https://e.org/a.            ¦ https://e.org/a
          (https://e.org/a)               ¦ https://e.org/a
          https://e.org/a_(b)             ¦ https://e.org/a_(b)
          *https://e.org/a*               ¦ https://e.org/a
          https://e.org/a, https://f.org! ¦ https://e.org/a
          """)
  void punctuation_after_a_bare_address_is_not_part_of_it(String text, String href) {
    assertThat(text(text)).contains("href=\"" + href + "\"" + LINK + ">" + href + "</a>");
  }

  @Test
  void a_link_whose_label_is_not_its_address_shows_the_address_as_its_title() {
    assertThat(text("<https://evil.example|https://bank.example>"))
        .contains("title=\"https://evil.example\">https://bank.example</a>");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      textBlock =
          """
          <javascript:alert(1)|x>
          <data:text/html;base64,PHNjcmlwdD4=|x>
          <vbscript:x>
          <//e.org|x>
          </relative|x>
          <ftp://e.org>
          <https://|x>
          <https:///x|x>
          <https://e.org\\@f.org|x>
          <script>alert(1)</script>
          <users/>
          <users/77>
          <customEmojis/1>
          <img src=x onerror=alert(1)>
          &lt;b&gt; &amp; "'
          """)
  void what_is_no_link_and_no_mention_stays_literal_and_no_entity_is_read(String text) {
    var escaped =
        text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;");
    assertThat(text(text)).isEqualTo("<p>" + escaped + "</p>");
  }

  @Test
  void mentions_of_known_people_and_of_all_are_named() {
    assertThat(text("<users/all> and <users/42>"))
        .isEqualTo(
            "<p><span class=\"m-mention\">@all</span> and "
                + "<span class=\"m-mention\">@Ada &lt;Lovelace&gt;</span></p>");
  }

  @Test
  void a_fence_makes_a_block_that_shows_all_it_holds() {
    assertThat(text("a\n```\n*x* <users/all>\n  y\n```\nb"))
        .isEqualTo("<p>a</p><pre><code>*x* &lt;users/all&gt;\n  y</code></pre><p>b</p>");
    assertThat(text("```java\nx```")).isEqualTo("<pre><code>java\nx</code></pre>");
    assertThat(text("```never closed")).isEqualTo("<p>```never closed</p>");
  }

  @Test
  void bullets_nest_by_four_spaces() {
    assertThat(text("Done:\n* a\n- *b*\n    * c\n        - d\n* e\nf"))
        .isEqualTo(
            "<p>Done:</p><ul><li>a</li><li><b>b</b><ul><li>c<ul><li>d</li></ul></li></ul></li>"
                + "<li>e</li></ul><p>f</p>");
  }

  @Test
  void lines_after_an_angle_are_a_quote() {
    assertThat(text("> a\n>b\n> * c\nd"))
        .isEqualTo("<blockquote><p>a\nb</p><ul><li>c</li></ul></blockquote><p>d</p>");
  }

  @Test
  void characters_that_reorder_or_control_are_dropped() {
    assertThat(text("exe.\u202Egpj\u202C \u2066x\u2069\u0007\u001B[31m\u0000"))
        .isEqualTo("<p>exe.gpj x[31m</p>");
    assertThat(text("half \uD83D pair")).isEqualTo("<p>half \uFFFD pair</p>");
  }

  @Test
  void a_long_text_is_folded_and_a_short_one_is_not() {
    var long84 = Drawings.DRAWING.html(Drawings.content("x\n".repeat(83) + "x", false));
    assertThat(long84).contains("<details class=\"m-fold m-clip m-clip-12\">", "Show all 84 lines");
    assertThat(Drawings.DRAWING.html(Drawings.content("x\n".repeat(11) + "x", false)))
        .doesNotContain("details");
  }
}
