package campana.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written; that it is drawn so, the server's tests say. */
class MarkupTest {
  @Test
  void markup_is_written_as_chat_reads_it() {
    assertThat(Markup.bold("a")).isEqualTo("*a*");
    assertThat(Markup.italic("a")).isEqualTo("_a_");
    assertThat(Markup.strike("a")).isEqualTo("~a~");
    assertThat(Markup.code("a")).isEqualTo("`a`");
    assertThat(Markup.codeBlock("a\nb")).isEqualTo("```\na\nb\n```");
    assertThat(Markup.mentionAll()).isEqualTo("<users/all>");
    assertThat(Markup.mention("users/12")).isEqualTo("<users/12>").isEqualTo(Markup.mention("12"));
    assertThat(Markup.list(List.of("a", "b\nc"))).isEqualTo("- a\n- b c");
    assertThat(Markup.quote("a\nb")).isEqualTo("> a\n> b");
    assertThat(Markup.bold("")).isEmpty();
    assertThat(Markup.bold(" a ")).isEqualTo(" *a* ");
    assertThat(Markup.bold("a\n\nb")).isEqualTo("*a*\n\n*b*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "https://e.org      ; a     | <https://e.org;a>",
        "https://e.org      ;       | <https://e.org>",
        "https://e.org/a b  ; a > b | <https://e.org/a%20b;a › b>",
        "https://e.org/?a=!b> ; x   | <https://e.org/?a=%7Cb%3E;x>",
        "mailto:a@e.org     ; a     | <mailto:a@e.org;a>"
      })
  void a_link_cannot_be_ended_by_its_address_or_words(String link, String written) {
    var parts = link.split(";", -1);
    assertThat(Markup.link(parts[0].replace('!', '|'), parts.length > 1 ? parts[1] : " "))
        .isEqualTo(written.replace(';', '|'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/a", "tcp://e.org", "javascript:alert(1)", "e.org", "https://", "http:e"})
  void a_link_that_leads_nowhere_is_refused(String url) {
    assertThatThrownBy(() -> Markup.link(url, "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a link has to begin with https://, http:// or mailto:, not as \"" + url + '"');
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "users/", "a b", "1>", "<users/1>"})
  void a_mention_of_what_is_no_id_is_refused(String user) {
    assertThatThrownBy(() -> Markup.mention(user)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain words, of a sentence; with (signs)!",
        "snake_case_name 2*3*4 a~b a`b`c",
        "a * b - c > d < e",
        "x<5 && y>6, a<=b",
        "key: value, 12:30:00",
        "java.lang.IllegalStateException: x=-1\n\tat a.b.C$1.d(C.java:12)",
        "C:\\temp\\file.txt, /var/log/x-y.log",
        "perché così, 日本語, 😀"
      })
  void most_texts_come_back_as_they_are(String text) {
    assertThat(Markup.escape(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "<users/all>        | <.users/all>",
        "*a*                | .*.a.*.",
        "a *b* c            | a *.b.* c",
        "`a`                | .`.a.`.",
        "```                | .`.`.`.",
        "ftp://e            | ftp:.//e",
        "> a                | .> a",
        "- a                | .- a",
        "* a                | .* a"
      })
  void what_would_count_gets_zero_width_spaces(String text, String escaped) {
    assertThat(Markup.escape(text)).isEqualTo(escaped.replace('.', '\u200B'));
    assertThat(Markup.escape("WWW.e.org")).isEqualTo("WWW.\u200Be.org");
  }
}
