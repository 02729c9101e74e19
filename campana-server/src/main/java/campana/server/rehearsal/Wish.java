package campana.server.rehearsal;

import campana.server.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A rehearsal as somebody asks for it, not yet judged. Bounds may be combined: the first that is
/// reached ends it.
///
/// @param status a [Fault]'s word
/// @param count how many posts; null: no such bound
/// @param duration as `30s`, `5m` or `1h`; empty: no such bound
/// @param rate how many of a hundred; null: all
public record Wish(
    String status, @Nullable Integer count, String duration, @Nullable Integer rate) {
  /// More is no rehearsal any more.
  static final Duration LONGEST = Duration.ofHours(24);

  static final int MOST_POSTS = 1_000_000;

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})([smh])");

  Change<Rehearsal> judge(Instant now) {
    var fault = Fault.of(status).orElse(null);
    if (fault == null) {
      return wrong("status", "one of " + Fault.words(), status);
    }
    if (count != null && (count < 1 || count > MOST_POSTS)) {
      return wrong("count", "a number of posts from 1 to " + MOST_POSTS, count);
    }
    if (rate != null && (rate < 1 || rate > 100)) {
      return wrong("rate", "how many of a hundred posts, 1 to 100", rate);
    }
    Instant end = null;
    if (!duration.isEmpty()) {
      var length = length(duration);
      if (length == null || length.isZero() || length.compareTo(LONGEST) > 0) {
        return wrong("duration", "a time from 1s to 24h such as 30s, 5m or 1h", duration);
      }
      end = now.plus(length);
    }
    var many = rate == null ? 100 : rate;
    return new Change.Done<>(new Rehearsal(fault, many, count, now, end));
  }

  private static Change<Rehearsal> wrong(String field, String wanted, Object got) {
    var name = "fault." + field;
    return new Change.Wrong<>(name, name + ": wanted " + wanted + ", got «" + got + "»");
  }

  private static @Nullable Duration length(String text) {
    var found = DURATION.matcher(text);
    if (!found.matches()) {
      return null;
    }
    var number = Integer.parseInt(found.group(1));
    return switch (found.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
