package campana.client;

import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The waits that an answer asks for. Pure. */
final class RetryAfter {
  private static final Pattern SECONDS = Pattern.compile("[0-9]+(\\.[0-9]+)?");

  /** The form of HTTP, and the two of old that a reader has to take (RFC 9110, 5.6.7). */
  private static final List<DateTimeFormatter> DATES =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.US)
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US)
              .withZone(ZoneOffset.UTC));

  /** No wait needs more of its digits. */
  private static final int DIGITS = 40;

  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(Waits.MOST.toSeconds());

  private RetryAfter() {}

  /**
   * The header: seconds, decimals allowed, or a date. A date counts from the answer's own {@code
   * Date}, so that a wrong clock on either side does no harm.
   *
   * @param now where the answer has no date
   */
  static Optional<Duration> header(HttpHeaders headers, Instant now) {
    Optional<String> value = headers.firstValue("Retry-After").map(String::strip);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (SECONDS.matcher(value.get()).matches()) {
      return Optional.of(ofSeconds(value.get(), 0));
    }
    Instant from = headers.firstValue("Date").flatMap(RetryAfter::date).orElse(now);
    return date(value.get()).map(until -> Waits.capped(Duration.between(from, until)));
  }

  private static Optional<Instant> date(String text) {
    for (DateTimeFormatter form : DATES) {
      try {
        return Optional.of(form.parse(text.strip(), Instant::from));
      } catch (DateTimeException e) {
        // in another form, or none
      }
    }
    return Optional.empty();
  }

  /** {@code RetryInfo.retryDelay}: {@code "1.5s"}, or the object form with seconds and nanos. */
  static Optional<Duration> retryDelay(@Nullable Object delay) {
    if (delay instanceof String && ((String) delay).endsWith("s")) {
      String seconds = ((String) delay).substring(0, ((String) delay).length() - 1);
      return SECONDS.matcher(seconds).matches()
          ? Optional.of(ofSeconds(seconds, 0))
          : Optional.empty();
    }
    if (delay instanceof Map) {
      Map<?, ?> parts = (Map<?, ?>) delay;
      return Optional.of(
          Waits.capped(number(parts.get("seconds"), 0).plus(number(parts.get("nanos"), -9))));
    }
    return Optional.empty();
  }

  /** A whole number, also written as a text; zero for anything else. */
  private static Duration number(@Nullable Object value, int power) {
    String text = String.valueOf(value);
    return text.matches("[0-9]+") ? ofSeconds(text, power) : Duration.ZERO;
  }

  /** So many seconds by that power of ten. */
  private static Duration ofSeconds(String decimal, int power) {
    BigDecimal seconds =
        new BigDecimal(decimal.substring(0, Math.min(decimal.length(), DIGITS)))
            .movePointRight(power)
            .min(MOST_SECONDS);
    return Duration.ofNanos(seconds.movePointRight(9).longValue());
  }
}
