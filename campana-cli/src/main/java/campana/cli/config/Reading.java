package campana.cli.config;

import campana.http.Cidr;
import campana.server.quota.QuotaRate;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// How a value's text is read. Empty: not what the key's wish says.
public final class Reading {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(d|h|m|s)");
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");

  private Reading() {}

  static Optional<Boolean> truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /// `true` for the second of two words.
  static Optional<Boolean> word(String text, String usual, String other) {
    return text.equals(other)
        ? Optional.of(true)
        : text.equals(usual) ? Optional.of(false) : Optional.empty();
  }

  static Optional<Integer> whole(String text, int least, int most) {
    return Optional.of(text)
        .filter(t -> WHOLE.matcher(t).matches())
        .map(Integer::parseInt)
        .filter(n -> n >= least && n <= most);
  }

  /// `400d`, `12h`, `30m`, `10s`; a bare number has no unit and is refused.
  public static Optional<Duration> duration(String text) {
    var found = DURATION.matcher(text);
    if (!found.matches()) {
      return Optional.empty();
    }
    var number = Long.parseLong(found.group(1));
    var length =
        switch (found.group(2)) {
          case "d" -> Duration.ofDays(number);
          case "h" -> Duration.ofHours(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofSeconds(number);
        };
    return length.isZero() || length.compareTo(Duration.ofDays(36_500)) > 0
        ? Optional.empty()
        : Optional.of(length);
  }

  static Optional<QuotaRate> rate(String text) {
    try {
      return Optional.of(QuotaRate.parse(text, 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// An origin, `https://chat.example.org` or with a port, without a slash at the end. A path is
  /// refused: pages and webhook URLs begin at the root.
  static Optional<String> origin(String text) {
    try {
      var uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      var fine =
          ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawPath().isEmpty()
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      return fine ? Optional.of(uri.toString()) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /// Addresses and networks: `10.0.0.1`, `10.0.0.0/8`, `::1`.
  static Optional<List<Cidr>> networks(List<String> texts) {
    try {
      return Optional.of(texts.stream().map(Cidr::of).toList());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
