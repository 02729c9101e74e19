package campana.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Cookies that no script can read, that are sent to us only, and over TLS only where there is TLS.
public final class Cookies {
  /// Whether a cookie comes along when another site links here (LAX) or never (STRICT).
  public enum SameSite {
    LAX("Lax"),
    STRICT("Strict");

    private final String text;

    SameSite(String text) {
      this.text = text;
    }
  }

  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_.~=-]{0,4000}");

  private Cookies() {}

  /// Sets a cookie for the whole site. Secure exactly when the browser's scheme is https, so that
  /// signing in works over plain HTTP on a LAN.
  ///
  /// @param value letters, digits and `_ . ~ = -`, as base64url
  /// @param life how long the browser keeps it; zero removes it
  public static void set(
      ServerResponse response,
      Origin origin,
      String name,
      String value,
      Duration life,
      SameSite sameSite) {
    response
        .headers()
        .add(HeaderNames.SET_COOKIE, line(name, value, life, sameSite, origin.secure()));
  }

  static String line(String name, String value, Duration life, SameSite sameSite, boolean secure) {
    if (!SAFE.matcher(name).matches() || !SAFE.matcher(value).matches()) {
      throw new IllegalArgumentException("cookie " + name + " has a character that cookies lack");
    }
    return name
        + "="
        + value
        + "; Path=/; Max-Age="
        + life.toSeconds()
        + "; HttpOnly; SameSite="
        + sameSite.text
        + (secure ? "; Secure" : "");
  }

  /// Makes the browser forget a cookie.
  public static void remove(ServerResponse response, Origin origin, String name) {
    set(response, origin, name, "", Duration.ZERO, SameSite.LAX);
  }

  /// The value of a cookie that the browser sent; of several the first.
  public static Optional<String> get(ServerRequest request, String name) {
    for (var line : request.headers().values(HeaderNames.COOKIE)) {
      for (var pair : line.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
          return Optional.of(pair.substring(equals + 1).strip());
        }
      }
    }
    return Optional.empty();
  }
}
