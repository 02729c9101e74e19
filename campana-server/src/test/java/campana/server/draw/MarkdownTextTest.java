package campana.server.draw;

import static campana.server.draw.Drawings.markdown;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTextTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      textBlock =
          """
          **b** *i* ~~s~~ `c`     ¦ <p><b>b</b> <i>i</i> <s>s</s> <code>c</code></p>
          ***x***                 ¦ <p><i><b>x</b></i></p>
          §# Title§               ¦ <h3>Title</h3>
          §### Title§              ¦ <h3>Title</h3>
          > quoted                ¦ <blockquote><p>quoted</p></blockquote>
          ---                     ¦ <hr>
          <b>x</b>                ¦ <p>&lt;b&gt;x&lt;/b&gt;</p>
          <script>x</script>      ¦ <p>&lt;script&gt;x&lt;/script&gt;</p>
          [t](javascript:alert)   ¦ <p>t</p>
          [t](/relative)          ¦ <p>t</p>
          <users/all>             ¦ <p><span class="m-mention">@all</span></p>
          """)
  void common_markdown_is_drawn_and_its_html_is_text(String text, String html) {
    assertThat(markdown(text)).isEqualTo(html);
  }

  @Test
  void lists_and_code_blocks_nest() {
    assertThat(markdown("1. a\n2. b\n   - c\n\n```\n<x>\n```"))
        .isEqualTo(
            "<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol><pre><code>&lt;x&gt;</code></pre>");
  }

  @Test
  void links_and_images_are_links_and_bare_addresses_too() {
    var link = "rel=\"noopener noreferrer nofollow\" target=\"_blank\"";
    assertThat(markdown("[a *b*](https://e.org)"))
        .isEqualTo(
            "<p><a href=\"https://e.org\" " + link + " title=\"https://e.org\">a <i>b</i></a></p>");
    assertThat(markdown("![alt](https://e.org/i.png)")).contains(">alt</a>").doesNotContain("<img");
    assertThat(markdown("see https://e.org.")).contains("href=\"https://e.org\"", "</a>.");
    assertThat(markdown("[https://e.org](https://f.org)")).containsOnlyOnce("<a ");
    assertThat(markdown("[![i](https://a.org)](https://b.org)")).containsOnlyOnce("<a ");
  }

  @Test
  void newlines_stay() {
    assertThat(markdown("a\nb")).isEqualTo("<p>a\nb</p>");
  }
}
