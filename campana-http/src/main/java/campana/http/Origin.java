package campana.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the browser thinks it is, and who it is, behind whatever proxies.
///
/// `X-Forwarded-Proto`, `-Host` and `-For` count only when the peer is a trusted proxy; of several
/// values the last, which the nearest proxy wrote, counts.
///
/// @param scheme `http` or `https`
/// @param authority host, or host and port, as the browser's address line shows them
/// @param caller the client's address; of those in `X-Forwarded-For` the last that is no trusted
///   proxy
public record Origin(String scheme, String authority, InetAddress caller) {
  private static final HeaderName FORWARDED_PROTO = HeaderNames.X_FORWARDED_PROTO;
  private static final HeaderName FORWARDED_HOST = HeaderNames.X_FORWARDED_HOST;
  private static final HeaderName FORWARDED_FOR = HeaderNames.X_FORWARDED_FOR;
  private static final Pattern AUTHORITY =
      Pattern.compile("([A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

  /// Of a request.
  public static Origin of(ServerRequest request, TrustedProxies trusted) {
    var peer = ((InetSocketAddress) request.remotePeer().address()).getAddress();
    var scheme = request.isSecure() ? "https" : "http";
    var authority = authority(request.headers().first(HeaderNames.HOST).orElse(null));
    var caller = peer;
    if (trusted.trusts(peer)) {
      var proto = last(request, FORWARDED_PROTO);
      if (proto != null) {
        proto = proto.toLowerCase(Locale.ROOT);
        if (proto.equals("http") || proto.equals("https")) {
          scheme = proto;
        }
      }
      var host = authority(last(request, FORWARDED_HOST));
      authority = host == null ? authority : host;
      caller = caller(request, trusted, peer);
    }
    return new Origin(scheme, authority == null ? local(request) : authority, caller);
  }

  /// `https://chat.example.org:8443`, without a slash at the end.
  public String url() {
    return scheme + "://" + authority;
  }

  /// Whether the browser's own connection is encrypted; cookies are Secure exactly then.
  public boolean secure() {
    return scheme.equals("https");
  }

  private static @Nullable String authority(@Nullable String text) {
    return text != null && AUTHORITY.matcher(text).matches() ? text : null;
  }

  private static String local(ServerRequest request) {
    var host = request.localPeer().host();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + request.localPeer().port();
  }

  private static @Nullable String last(ServerRequest request, HeaderName name) {
    var values = request.headers().values(name);
    return values.isEmpty() ? null : values.getLast().strip();
  }

  private static InetAddress caller(
      ServerRequest request, TrustedProxies trusted, InetAddress peer) {
    var hops = request.headers().values(FORWARDED_FOR);
    var caller = peer;
    for (int i = hops.size() - 1; i >= 0; i--) {
      var hop = address(hops.get(i).strip());
      if (hop == null) {
        return caller;
      }
      caller = hop;
      if (!trusted.trusts(hop)) {
        return caller;
      }
    }
    return caller;
  }

  /// Never looks up a name: what is no literal is nobody.
  private static @Nullable InetAddress address(String text) {
    var literal = text;
    if (literal.startsWith("[")) {
      int end = literal.indexOf(']');
      literal = end < 0 ? literal : literal.substring(1, end);
    } else if (literal.indexOf(':') == literal.lastIndexOf(':') && literal.indexOf(':') > 0) {
      literal = literal.substring(0, literal.indexOf(':')); // some proxies add the port
    }
    try {
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
