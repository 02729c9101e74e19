package campana.server.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockfaceTest {
  private static final Instant LATE = Instant.parse("2026-11-21T23:30:07Z");

  @Test
  void times_are_exact_and_in_the_readers_zone() {
    var rome = Clockface.of("Europe/Rome", Locale.ITALIAN);
    assertThat(rome.time(LATE)).isEqualTo("00:30:07");
    assertThat(rome.day(LATE)).isEqualTo("domenica 22 novembre 2026");
    assertThat(rome.full(LATE)).endsWith("00:30:07.000 Europe/Rome");
  }

  @Test
  void a_zone_that_is_none_means_utc() {
    assertThat(Clockface.of("<script>", Locale.ENGLISH).time(LATE)).isEqualTo("23:30:07");
    assertThat(Clockface.of("", Locale.ENGLISH).time(LATE)).isEqualTo("23:30:07");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          0, 0 s
          59, 59 s
          60, 1 min
          3599, 59 min
          3600, 1 h
          7500, 2 h 5 min
          86400, 1 d
          273600, 3 d 4 h
          -5, 0 s
          """)
  void lengths_are_short_words(long seconds, String said) {
    assertThat(Clockface.length(Duration.ofSeconds(seconds))).isEqualTo(said);
  }
}
