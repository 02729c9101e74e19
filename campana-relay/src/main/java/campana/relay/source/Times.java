package campana.relay.source;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/// Points in time as tools write them.
public final class Times {
  private static final int MILLIS_FROM = 11; // digits: seconds have ten until the year 2286
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 9999;
  private static final Pattern WITHOUT_COLON = Pattern.compile("([+-]\\d\\d)(\\d\\d)$");
  private static final Pattern ZONED = Pattern.compile("(Z|z|[+-]\\d\\d:\\d\\d)$");

  private Times() {}

  /// RFC 3339, also with an offset without a colon or with a space for the `T`, without a zone as
  /// UTC; or seconds or milliseconds since 1970. Empty where it is none, or lies before 1970, as
  /// the year 1 that stands for «never» with some.
  public static Optional<Instant> read(String text) {
    var words = text.strip();
    if (words.length() < 8 || words.length() > 64) {
      return Optional.empty();
    }
    try {
      var at = words.charAt(4) == '-' ? written(words) : counted(words);
      int year = at.atOffset(ZoneOffset.UTC).getYear();
      return year < FIRST_YEAR || year > LAST_YEAR ? Optional.empty() : Optional.of(at);
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Instant counted(String words) {
    var number = new BigDecimal(words);
    boolean millis = number.toBigInteger().toString().length() > MILLIS_FROM;
    return Instant.ofEpochMilli((millis ? number : number.movePointRight(3)).longValue());
  }

  private static Instant written(String words) {
    var text = words.endsWith(" UTC") ? words.substring(0, words.length() - 4) + "Z" : words;
    text = text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
    if (text.length() == 10) {
      return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    text = text.endsWith("Z") ? text : WITHOUT_COLON.matcher(text).replaceFirst("$1:$2");
    return ZONED.matcher(text).find()
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text, DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .toInstant(ZoneOffset.UTC);
  }
}
