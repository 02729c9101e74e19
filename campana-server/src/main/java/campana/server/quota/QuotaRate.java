package campana.server.quota;

import java.time.Duration;

/// A rate as config and pages say it: `1/s`, `30/m`, with a burst.
///
/// @param interval time that one slot takes, 1 µs to 1 h
/// @param burst slots that may be used at once after a rest, 1 to 1000
public record QuotaRate(Duration interval, int burst) {
  // Above what is made with them: a class's constants begin to exist from the top.
  private static final Duration SHORTEST = Duration.ofNanos(1_000);
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final String WANTED = "wanted N/s or N/m such as 1/s (1/m to 1000000/s)";

  /// Google's: one request per second and space, no burst.
  public static final QuotaRate DEFAULT = new QuotaRate(Duration.ofSeconds(1), 1);

  public QuotaRate {
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("quota.rate: " + WANTED);
    }
    if (burst < 1 || burst > 1000) {
      throw new IllegalArgumentException("quota.burst: wanted 1 to 1000, got " + burst);
    }
  }

  /// Reads `N/s` or `N/m`, N a whole number from 1.
  ///
  /// @throws IllegalArgumentException that names the value and the wish
  public static QuotaRate parse(String rate, int burst) {
    var slash = rate.indexOf('/');
    var unit = slash < 0 ? "" : rate.substring(slash + 1).strip();
    var digits = slash < 0 ? "" : rate.substring(0, slash).strip();
    var whole =
        !digits.isEmpty()
            && digits.length() <= 7
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    var number = whole ? Long.parseLong(digits) : 0;
    var time = Duration.ofSeconds(unit.equals("s") ? 1 : 60);
    var fits = number > 0 && time.dividedBy(number).compareTo(SHORTEST) >= 0;
    if (!fits || !(unit.equals("s") || unit.equals("m"))) {
      throw new IllegalArgumentException("quota.rate: " + WANTED + ", got «" + rate + "»");
    }
    return new QuotaRate(time.dividedBy(number), burst);
  }

  /// The form that [#parse] reads back: `1/s`, `30/m`.
  public String text() {
    var perSecond = Duration.ofSeconds(1).dividedBy(interval);
    return perSecond >= 1 && Duration.ofSeconds(1).dividedBy(perSecond).equals(interval)
        ? perSecond + "/s"
        : Math.max(1, Duration.ofMinutes(1).dividedBy(interval)) + "/m";
  }
}
