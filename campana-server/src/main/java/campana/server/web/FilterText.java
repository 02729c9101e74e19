package campana.server.web;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The `filter` of messages.list, as Google documents it: `createTime` compared with RFC 3339 times
/// by `<`, `>`, `<=` and `>=`, and one `thread.name`, joined by AND.
final class FilterText {
  private static final Pattern AND = Pattern.compile("\\s+(?i:AND)\\s+");
  private static final Pattern TERM =
      Pattern.compile("\\s*(create_?[tT]ime|thread\\.name)\\s*(<=|>=|<|>|=)\\s*(\\S+)\\s*");
  private static final Duration TICK = Duration.ofMillis(1); // what times are kept in

  private FilterText() {}

  sealed interface Parsed {}

  /// @param after created later than this
  /// @param before created earlier than this
  /// @param thread position of its opener, or 0
  record Good(@Nullable Instant after, @Nullable Instant before, long thread) implements Parsed {}

  /// Right, but no message can fit: the thread is not there.
  record Nothing() implements Parsed {}

  record Bad(String why) implements Parsed {}

  /// @param threads finds a thread's position by space and id
  static Parsed parse(
      String text, String spaceId, BiFunction<String, String, OptionalLong> threads) {
    Instant after = null;
    Instant before = null;
    long thread = 0;
    if (text.isBlank()) {
      return new Good(null, null, 0);
    }
    for (var part : AND.split(text, -1)) {
      var term = TERM.matcher(part);
      if (!term.matches()) {
        return bad(part);
      }
      var operator = term.group(2);
      var value = unquoted(term.group(3));
      if (term.group(1).equals("thread.name")) {
        var prefix = "spaces/" + spaceId + "/threads/";
        if (!operator.equals("=") || !value.startsWith(prefix) || thread != 0) {
          return bad(part);
        }
        var position = threads.apply(spaceId, value.substring(prefix.length()));
        if (position.isEmpty()) {
          return new Nothing();
        }
        thread = position.getAsLong();
        continue;
      }
      var time = time(value);
      if (time == null || operator.equals("=")) {
        return bad(part);
      }
      var floor = Instant.ofEpochMilli(time.toEpochMilli());
      var ceiling = floor.equals(time) ? floor : floor.plus(TICK);
      switch (operator) {
        case ">" -> after = later(after, floor);
        case ">=" -> after = later(after, ceiling.minus(TICK));
        case "<" -> before = earlier(before, ceiling);
        default -> before = earlier(before, floor.plus(TICK));
      }
    }
    return new Good(after, before, thread);
  }

  private static Bad bad(String part) {
    return new Bad(
        "filter: wanted createTime > \"2026-01-31T10:00:00Z\" (or <, <=, >=) and"
            + " thread.name = spaces/SPACE/threads/THREAD, joined by AND; got «"
            + part.strip()
            + "»");
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static @Nullable Instant time(String value) {
    try {
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Instant later(@Nullable Instant one, Instant other) {
    return one == null || other.isAfter(one) ? other : one;
  }

  private static Instant earlier(@Nullable Instant one, Instant other) {
    return one == null || other.isBefore(one) ? other : one;
  }
}
