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
import org.jspecify.annotations.Nullable;

/// Points in time as tools write them.
public final class Times {
  private static final int LONGEST = 64; // characters, and digits of a number written out
  private static final int MILLIS_FROM = 11; // digits: seconds have ten until the year 2286
  private static final long YEAR_10000 = 253_402_300_800L;
  private static final int NONE = Integer.MIN_VALUE;
  private static final Pattern WITHOUT_COLON = Pattern.compile("([+-]\\d\\d)(\\d\\d)$");
  private static final Pattern ZONED = Pattern.compile("(Z|z|[+-]\\d\\d:\\d\\d)$");

  private Times() {}

  /// RFC 3339, also with an offset without a colon or with a space for the `T`, without a zone as
  /// UTC; or seconds or milliseconds since 1970. Empty where it is none, or lies before 1970, as
  /// the year 1 that stands for «never» with some.
  public static Optional<Instant> read(String text) {
    var words = text.strip();
    if (words.length() < 8 || words.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      var usual = usual(words);
      var at = usual == null ? inGeneral(words) : usual;
      long second = at.getEpochSecond();
      return second < 0 || second >= YEAR_10000 ? Optional.empty() : Optional.of(at);
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// As most tools write it, `2026-03-01T10:00:00.123Z` or with `+02:00`, for which the library
  /// takes ten times as long; null: it is something else.
  private static @Nullable Instant usual(String text) {
    int end = text.length();
    if (end < 20
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return null;
    }
    int at = 19;
    int nanos = 0;
    if (text.charAt(at) == '.') {
      for (at++; at < end && text.charAt(at) >= '0' && text.charAt(at) <= '9'; at++) {
        nanos = nanos * 10 + text.charAt(at) - '0';
      }
      if (at < 21 || at > 29) {
        return null;
      }
      for (int digits = at - 20; digits < 9; digits++) {
        nanos *= 10;
      }
    }
    int offset = offset(text, at);
    int century = two(text, 0);
    int year = two(text, 2);
    int month = two(text, 5);
    int day = two(text, 8);
    int hour = two(text, 11);
    int minute = two(text, 14);
    int second = two(text, 17);
    if (offset == NONE || (century | year | month | day | hour | minute | second) < 0) {
      return null;
    }
    if (hour > 23 || minute > 59 || second > 59) {
      return null;
    }
    long days = LocalDate.of(century * 100 + year, month, day).toEpochDay();
    int ofDay = hour * 3_600 + minute * 60 + second - offset;
    return Instant.ofEpochSecond(days * 86_400 + ofDay, nanos);
  }

  /// Seconds east of UTC; [#NONE] where what stands there is not the whole rest.
  private static int offset(String text, int at) {
    int left = text.length() - at;
    if (left == 1 && text.charAt(at) == 'Z') {
      return 0;
    }
    if (left != 6 || text.charAt(at + 3) != ':') {
      return NONE;
    }
    int hours = two(text, at + 1);
    int minutes = two(text, at + 4);
    if ((hours | minutes) < 0 || hours > 17 || minutes > 59) {
      return NONE;
    }
    int seconds = hours * 3_600 + minutes * 60;
    return switch (text.charAt(at)) {
      case '+' -> seconds;
      case '-' -> -seconds;
      default -> NONE;
    };
  }

  /// Two digits; negative where they are none.
  private static int two(String text, int at) {
    int tens = text.charAt(at) - '0';
    int ones = text.charAt(at + 1) - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }

  static Instant inGeneral(String words) {
    return words.charAt(4) == '-' ? written(words) : counted(words);
  }

  private static Instant counted(String words) {
    var number = new BigDecimal(words);
    if (Math.abs((long) number.scale()) > LONGEST) {
      throw new ArithmeticException("out of range"); // 1e999999999, written out, fills the memory
    }
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
