package campana.http;

import io.helidon.common.uri.UriPath;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import org.jspecify.annotations.Nullable;

/// Makes `POST http://host/path` the same as `POST /path` before any route sees it, so that none
/// has to know that a client may name the whole address (RFC 9112, 3.2.2): old proxies do, and
/// tools that are told to use one.
final class OriginForm {
  private static final String SCHEME_ENDS = "://";

  private OriginForm() {}

  static void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    var prologue = request.prologue();
    var raw = prologue.uriPath().rawPath();
    if (!raw.startsWith("/")) {
      var path = pathOf(raw);
      if (path != null) {
        request.prologue(prologue.withUriPath(UriPath.create(path)));
      }
    }
    chain.proceed();
  }

  // null: no address at all, such as the * of OPTIONS
  private static @Nullable String pathOf(String target) {
    boolean address =
        target.regionMatches(true, 0, "http://", 0, 7)
            || target.regionMatches(true, 0, "https://", 0, 8);
    if (!address) {
      return null;
    }
    int slash = target.indexOf('/', target.indexOf(SCHEME_ENDS) + SCHEME_ENDS.length());
    return slash < 0 ? "/" : target.substring(slash);
  }
}
