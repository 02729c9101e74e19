package campana.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;

/// What every page tells the browser about itself. Called by handlers of pages; no filter, which
/// would slow down the routes that machines post to.
public final class PageHeaders {
  private static final Header POLICY =
      cached(
          HeaderNames.create("Content-Security-Policy"),
          "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
              + "form-action 'self'; frame-ancestors 'none'");
  // URLs carry secrets: a sign-in link must not be told to a linked site
  private static final Header REFERRER =
      cached(HeaderNames.create("Referrer-Policy"), "no-referrer");
  private static final Header FRAMES = cached(HeaderNames.create("X-Frame-Options"), "DENY");
  private static final Header OPENER =
      cached(HeaderNames.create("Cross-Origin-Opener-Policy"), "same-origin");
  private static final Header NO_STORE = cached(HeaderNames.CACHE_CONTROL, "no-store");

  private PageHeaders() {}

  /// For whatever a browser shows: no inline script or style, no frame, no sniffing, no referrer.
  public static void add(ServerResponse response) {
    response.header(POLICY).header(REFERRER).header(FRAMES).header(OPENER).header(Answers.NOSNIFF);
  }

  /// The same for what nobody may keep: pages behind a sign-in, links used once.
  public static void addPrivate(ServerResponse response) {
    add(response);
    response.header(NO_STORE);
  }

  private static Header cached(HeaderName name, String value) {
    return HeaderValues.createCached(name, value);
  }
}
