package campana.relay.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import campana.relay.Samples;
import campana.relay.source.json.Mapping;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {
  @Test
  void an_option_that_a_source_has_no_use_for_is_a_mistake() {
    assertThatThrownBy(() -> named("nagios", Sources.Options.NONE))
        .hasMessage(
            "source: there is no 'nagios'; wanted: one of alertmanager, github, json, slack, text");
    assertThatThrownBy(() ->
            named("github", new Sources.Options("alert", Optional.empty(), Patterns.NONE, false)))
        .hasMessageContaining("subject: source 'github' has no use for it; alertmanager has");
    assertThatThrownBy(() ->
            named(
                "alertmanager",
                new Sources.Options("each", Optional.empty(), Patterns.NONE, false)))
        .hasMessage("subject: 'each'; wanted: group or alert");
    assertThatThrownBy(() ->
            named("text", new Sources.Options("", Optional.of(Mapping.NONE), Patterns.NONE, false)))
        .hasMessageContaining("map: source 'text' has no use for it; json has");
    assertThatThrownBy(
            () -> named("json", new Sources.Options("", Optional.empty(), Patterns.NONE, true)))
        .hasMessageContaining("mentions:");
    assertThatThrownBy(() ->
            named("github", new Sources.Options("", Optional.empty(), Samples.BRACKETS, false)))
        .hasMessageContaining("patterns:");
  }

  private static Source named(String name, Sources.Options options) {
    return Sources.named(name, options);
  }

  @Test
  void a_pointer_or_pattern_that_is_none_is_told() {
    assertThatThrownBy(() -> Mapping.Field.at("alert/id"))
        .hasMessage("'alert/id' is no JSON pointer; wanted: as /alert/id");
    assertThatThrownBy(() -> Patterns.compile("a(b"))
        .hasMessageContaining("not a regular expression: Unclosed group at character 4");
  }

  @Test
  void a_pattern_that_backtracks_for_ever_finds_nothing() {
    var evil =
        new Patterns(Optional.of(Patterns.compile("^(a+)+$")), Optional.empty(), Optional.empty());
    assertThat(evil.subjectOf("a".repeat(900) + "!")).isEmpty();
  }

  @Test
  void a_channel_is_mentioned_only_where_the_route_allows_it() {
    var options = new Sources.Options("", Optional.empty(), Patterns.NONE, true);
    var sample = Samples.of("slack/markup.json");
    var body =
        "{\"text\":\"<!channel> <!here|now> &lt;users/all&gt; <users/all>\"}".getBytes(UTF_8);
    assertThat(text(named("slack", options).read(sample.received(body))))
        .isEqualTo("<users/all> <users/all> <\u200Busers/all> <\u200Busers/all>");
    assertThat(text(sample.reader().read(sample.received(body)))).startsWith("@channel @here ");
  }

  private static String text(Reading reading) {
    return ((Reading.Triggers) reading).triggers().getFirst().body().text();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "text/plain; charset=ISO-8859-1, ISO-8859-1",
    "Text/Plain;format=flowed; Charset=\"windows-1252\", windows-1252",
    "text/plain; charset=utf-16le, UTF-16LE",
    "text/plain; charset=of-nobody, UTF-8",
    "text/plain, UTF-8",
  })
  void a_text_is_read_in_what_its_sender_says_that_it_is_written_in(String type, Charset charset) {
    var body = "caffè".getBytes(charset);
    var received = new Received("POST", Map.of("content-type", type), Map.of(), body, Samples.NOON);
    assertThat(text(named("text", Sources.Options.NONE).read(received))).isEqualTo("caffè");
  }

  @Test
  void what_is_no_text_is_of_an_unsupported_type() {
    var image =
        new Received(
            "POST", Map.of("content-type", "image/png"), Map.of(), new byte[9], Samples.NOON);
    for (var name : List.of("text", "json")) {
      assertThat(named(name, Sources.Options.NONE).read(image))
          .isEqualTo(new Reading.Unsupported("image/png"));
    }
  }

  @Test
  void a_github_delivery_without_an_event_is_unreadable() {
    var github = named("github", Sources.Options.NONE);
    var bare = new Received("POST", Map.of(), Map.of(), "{}".getBytes(UTF_8), Samples.NOON);
    assertThat(github.read(bare)).isInstanceOf(Reading.Unreadable.class);
  }

  @Test
  void too_many_attachments_are_refused_as_slack_does() {
    var many = "{\"attachments\":[" + "{},".repeat(100) + "{}]}";
    var sample = Samples.of("slack/markup.json");
    assertThat(sample.reader().read(sample.received(many.getBytes(UTF_8))))
        .isInstanceOfSatisfying(
            Reading.Unreadable.class, u -> assertThat(u.field()).isEqualTo("/attachments"));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "2026-03-01T10:00:00Z, 2026-03-01T10:00:00Z",
        "2026-03-01T10:00:00.123456789+01:00, 2026-03-01T09:00:00.123456789Z",
        "2026-03-01T10:00:00.000+0100, 2026-03-01T09:00:00Z",
        "2026-03-01 10:00:00 UTC, 2026-03-01T10:00:00Z",
        "2026-03-01 10:00:00.000, 2026-03-01T10:00:00Z",
        "2026-03-01, 2026-03-01T00:00:00Z",
        "1772359200, 2026-03-01T10:00:00Z",
        "1772359200.5, 2026-03-01T10:00:00.500Z",
        "1772359200000, 2026-03-01T10:00:00Z",
        "0001-01-01T00:00:00Z, -",
        "1e999999999, -",
        "1e99999999, -",
        "1e-99999999, -",
        "tomorrow at noon, -",
        "99999-01-01T00:00:00Z, -"
      })
  void times_are_read_as_tools_write_them(String text, String at) {
    assertThat(Times.read(text).map(Object::toString).orElse(null)).isEqualTo(at);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      quoteCharacter = '§',
      emptyValue = "",
      delimiter = '¦',
      value = {
        "https://x.example/a b ¦ https://x.example/a%20b",
        "HTTPS://x.example/?q={a=\"b\"} ¦ HTTPS://x.example/?q=%7Ba=%22b%22%7D",
        "https://x.example/|<y> ¦ https://x.example/%7C%3Cy%3E",
        "javascript:alert(1) ¦ none",
        "/relative ¦ none",
        "https:// ¦ none",
        "https:///path ¦ none",
        "https://user:secret@x.example/ ¦ none",
        "ftp://x.example/ ¦ none",
        "httpx://x.example/ ¦ none"
      })
  void only_whole_web_addresses_become_links(String url, String tidy) {
    assertThat(WebAddress.tidy(url)).isEqualTo(tidy.equals("none") ? "" : tidy);
  }
}
