package campana.server.web.page;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/// Writes times as this reader reads them: their zone, their language, always exact.
///
/// @param zone what the browser named; UTC before it did
record Clockface(ZoneId zone, Locale locale) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("HH:mm");

  /// @param zoneId as `Europe/Rome`; anything else means UTC
  static Clockface of(String zoneId, Locale locale) {
    try {
      return new Clockface(zoneId.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zoneId), locale);
    } catch (DateTimeException e) { // a cookie anybody may write
      return new Clockface(ZoneOffset.UTC, locale);
    }
  }

  /// `10:42:07`.
  String time(Instant instant) {
    return TIME.format(instant.atZone(zone));
  }

  /// `10:42`.
  String minute(Instant instant) {
    return SHORT.format(instant.atZone(zone));
  }

  /// The day, to compare.
  LocalDate date(Instant instant) {
    return instant.atZone(zone).toLocalDate();
  }

  /// `Sunday, 22 November 2026`, in the reader's language.
  String day(Instant instant) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
        .withLocale(locale)
        .format(instant.atZone(zone));
  }

  /// Day, time to the millisecond, and zone: what hovering shows.
  String full(Instant instant) {
    return day(instant)
        + ", "
        + DateTimeFormatter.ofPattern("HH:mm:ss.SSS").format(instant.atZone(zone))
        + " "
        + zone.getId();
  }

  /// `22 Nov 2026, 10:42`.
  String dateAndMinute(Instant instant) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
            .withLocale(locale)
            .format(instant.atZone(zone))
        + ", "
        + minute(instant);
  }

  /// `42 s`, `14 min`, `2 h 5 min`, `3 d 4 h`: the same in all our languages.
  static String length(Duration duration) {
    var seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    } else if (seconds < 3600) {
      return seconds / 60 + " min";
    } else if (seconds < 86_400) {
      return seconds / 3600
          + " h"
          + (seconds % 3600 < 60 ? "" : " " + seconds % 3600 / 60 + " min");
    }
    return seconds / 86_400
        + " d"
        + (seconds % 86_400 < 3600 ? "" : " " + seconds % 86_400 / 3600 + " h");
  }
}
