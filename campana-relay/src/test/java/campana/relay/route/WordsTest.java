package campana.relay.route;

import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @Test
  void every_language_has_every_word() {
    var english = new TreeSet<>(Words.in("en").all().keySet());
    for (var language : Words.LANGUAGES) {
      var words = Words.in(language).all();
      assertThat(new TreeSet<>(words.keySet())).as(language).isEqualTo(english);
      assertThat(words.values()).as(language).noneMatch(String::isBlank);
      words.forEach((key, word) ->
          assertThat(places(word))
              .as(key)
              .isEqualTo(places(Words.in("en").all().getOrDefault(key, ""))));
    }
  }

  private static Set<String> places(String word) {
    var places = new TreeSet<String>();
    java.util.regex.Pattern.compile("\\{\\w+}")
        .matcher(word)
        .results()
        .forEach(r -> places.add(r.group()));
    return places;
  }

  @Test
  void every_fact_and_link_that_we_name_ourselves_has_a_word() {
    var words = Words.in("en");
    for (var sample : Samples.all()) {
      if (sample.source().equals("github")) {
        for (var trigger : sample.triggers()) {
          trigger.facts().forEach(f -> assertThat(words.all()).containsKey("fact." + f.label()));
          trigger.links().forEach(l -> assertThat(words.all()).containsKey("link." + l.label()));
        }
      }
    }
  }

  @ParameterizedTest(name = "{0} s is {1}")
  @CsvSource({
    "0, 0 s",
    "59, 59 s",
    "60, 1 min",
    "3599, 59 min",
    "3600, 1 h",
    "7500, 2 h 5 min",
    "86400, 1 g",
    "100000, 1 g 3 h",
    "-5, 0 s"
  })
  void a_duration_has_its_two_largest_parts(long seconds, String text) {
    assertThat(Words.in("it").duration(Duration.ofSeconds(seconds))).isEqualTo(text);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "2026-03-01T09:00:00Z, 10:00", "2026-02-28T09:00:00Z, 28 feb 10:00",
    "2025-12-31T23:30:00Z, 1 gen 00:30", "2024-06-01T09:00:00Z, 1 giu 2024 11:00"
  })
  void a_time_has_its_date_where_that_is_another(String at, String text) {
    var rome = ZoneId.of("Europe/Rome");
    assertThat(Words.in("it").time(Instant.parse(at), Samples.NOON, rome)).isEqualTo(text);
  }

  @Test
  void a_cut_closes_its_block_spares_its_links_and_says_how_much() {
    var words = Words.in("en");
    assertThat(Cutting.cut("short", 100, words)).isEqualTo("short");
    var lines = "line of text\n".repeat(50);
    assertThat(Cutting.cut(lines, 200, words))
        .hasSizeLessThanOrEqualTo(200)
        .endsWith("more characters");
    var block = "```\n" + "code\n".repeat(100) + "```";
    assertThat(Cutting.cut(block, 200, words)).contains("code\n```\n… ");
    var link = "x".repeat(120) + "<https://x.example/" + "y".repeat(100) + "|words>";
    assertThat(Cutting.cut(link, 200, words)).doesNotContain("<https").contains("x\n…");
    var emoji = "😀".repeat(200);
    assertThat(Cutting.cut(emoji, 201, words)).doesNotContain("\uD83D\n");
  }
}
