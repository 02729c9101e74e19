package campana.client;

import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The waits that an answer asks for. Pure. */
final class RetryAfter {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}(\\.[0-9]+)?");

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
      return Optional.of(ofSeconds(value.get()));
    }
    Instant from = headers.firstValue("Date").flatMap(RetryAfter::date).orElse(now);
    return date(value.get())
        .map(until -> until.isAfter(from) ? Duration.between(from, until) : Duration.ZERO);
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** {@code RetryInfo.retryDelay}: {@code "1.5s"}, or the object form with seconds and nanos. */
  static Optional<Duration> retryDelay(@Nullable Object delay) {
    if (delay instanceof String && ((String) delay).endsWith("s")) {
      String seconds = ((String) delay).substring(0, ((String) delay).length() - 1);
      return SECONDS.matcher(seconds).matches()
          ? Optional.of(ofSeconds(seconds))
          : Optional.empty();
    }
    if (delay instanceof Map) {
      Map<?, ?> parts = (Map<?, ?>) delay;
      return Optional.of(
          Duration.ofSeconds(number(parts.get("seconds"))).plusNanos(number(parts.get("nanos"))));
    }
    return Optional.empty();
  }

  /** A whole number from 0 to 999,999,999, also written as a text; 0 for anything else. */
  private static long number(@Nullable Object value) {
    String text = String.valueOf(value);
    return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
  }

  private static Duration ofSeconds(String decimal) {
    return Duration.ofNanos(new BigDecimal(decimal).movePointRight(9).longValue());
  }
}
