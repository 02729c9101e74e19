package campana.server.draw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardHtmlTest {
  private static String draw(String html) {
    var ink = new Html();
    CardHtml.draw(html, ink);
    return ink.done();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      textBlock =
          """
          <b>b</b><i>i</i><u>u</u><s>s</s>      ¦ <b>b</b><i>i</i><u>u</u><s>s</s>
          <strong>b</strong> <em>i</em>         ¦ <b>b</b> <i>i</i>
          <code>c</code><pre>p</pre>            ¦ <code>c</code><pre>p</pre>
          <ul> <li>a</li> <li>b</li> </ul>      ¦ <ul><li>a</li><li>b</li></ul>
          <ol><li>a<li>b</ol>                   ¦ <ol><li>a</li><li>b</li></ol>
          <time>10:42</time>                    ¦ <time>10:42</time>
          <font color="#ff0000">r</font>        ¦ <span class="m-ink-red">r</span>
          <font color='#00f'>b</font>           ¦ <span class="m-ink-blue">b</span>
          <font color=#ffffff>w</font>          ¦ <span>w</span>
          a &lt;b&gt; &amp; &#39;x&#x27;        ¦ a &lt;b&gt; &amp; &#39;x&#39;
          &unknown; & &#0;x                     ¦ &amp;unknown; &amp; x
          """)
  void the_known_tags_are_drawn(String html, String drawn) {
    assertThat(draw(html)).isEqualTo(drawn);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      textBlock =
          """
          <script>alert(1)</script>             ¦ alert(1)
          <img src=x onerror=alert(1)>x         ¦ x
          <b onclick="alert(1)" style="x">b</b> ¦ <b>b</b>
          <b><i>x</b>y</i>                      ¦ <b><i>x</i></b>y
          <b>never closed                       ¦ <b>never closed</b>
          closed only</b>                       ¦ closed only
          a < b and c > d                       ¦ a &lt; b and c &gt; d
          <b                                    ¦ &lt;b
          <<b>x</b>>                            ¦ &lt;<b>x</b>&gt;
          <scr<b>ipt>                           ¦ &lt;scr<b>ipt&gt;</b>
          <!-- <b>hidden</b> -->x               ¦ x
          <!-- open                             ¦ &lt;!-- open
          <a href="javascript:alert(1)">x</a>   ¦ x
          <a href="java&#115;cript:alert(1)">x</a> ¦ x
          <a href=" data:text/html,x">x</a>     ¦ x
          <a href="/x">x</a>                    ¦ x
          <svg/onload=alert(1)>x                ¦ x
          <font color="red;x:expression(1)">x</font> ¦ <span>x</span>
          &lt;script&gt;                        ¦ &lt;script&gt;
          <li>alone</li>                        ¦ alone
          """)
  void nothing_else_gets_through(String html, String drawn) {
    assertThat(draw(html)).isEqualTo(drawn);
  }

  @Test
  void a_link_keeps_its_address_and_nothing_more() {
    var link =
        " rel=\"noopener noreferrer nofollow\" target=\"_blank\" title=\"https://e.org/?a=1&amp;b=&gt;\"";
    assertThat(draw("<a class=x href=\"https://e.org/?a=1&amp;b=>\" onclick='x'>t</a>"))
        .isEqualTo("<a href=\"https://e.org/?a=1&amp;b=&gt;\"" + link + ">t</a>");
    assertThat(draw("<a href='https://e.org/\"onmouseover=\"x'>t</a>"))
        .contains("href=\"https://e.org/&quot;onmouseover=&quot;x\"");
  }

  @Test
  void no_link_stands_in_a_link() {
    assertThat(draw("<a href='https://a.org'>a <a href='https://b.org'>b https://c.org</a></a>"))
        .containsOnlyOnce("<a ");
  }

  @Test
  void breaks_and_bare_addresses_are_read() {
    assertThat(draw("a<br>b<br/>c\nd")).isEqualTo("a\nb\nc\nd");
    assertThat(draw("see https://e.org.")).contains("href=\"https://e.org\"", "</a>.");
  }
}
