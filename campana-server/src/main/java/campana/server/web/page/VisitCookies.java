package campana.server.web.page;

import campana.http.Cookies;
import campana.http.Origin;
import campana.server.people.SignIn;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.random.RandomGenerator;

/// The cookies of one request and its answer. All are SameSite=Lax, and Secure exactly when the
/// browser's own connection is encrypted; script can read only the zone, which it wrote itself.
///
/// Browsers send a host's cookies to all its ports: what belongs to one server has its port in the
/// name, so that two servers of one host do not sign each other's people out.
final class VisitCookies {
  private static final String SESSION = "campana_session_";
  private static final String VISITOR = "campana_visitor_";
  private static final String LANGUAGE = "campana_language";
  private static final String ZONE = "campana_zone";
  private static final String NOTICE = "campana_notice_";
  private static final int VISITOR_BYTES = 18;

  private final ServerRequest request;
  private final ServerResponse response;
  private final Origin origin;
  private final RandomGenerator chance;
  private final int port;
  private String session;
  private String visitor;

  /// @param port of the server's own URL
  VisitCookies(
      ServerRequest request,
      ServerResponse response,
      Origin origin,
      RandomGenerator chance,
      int port) {
    this.request = request;
    this.response = response;
    this.origin = origin;
    this.chance = chance;
    this.port = port;
    this.session = read(SESSION + port);
    this.visitor = read(VISITOR + port);
  }

  private String read(String name) {
    return Cookies.get(request, name).orElse("");
  }

  private void write(String name, String value, Duration life) {
    Cookies.set(response, origin, name, value, life, Cookies.SameSite.LAX);
  }

  /// Empty where there is none.
  String session() {
    return session;
  }

  void setSession(String value) {
    session = value;
    write(SESSION + port, value, SignIn.SESSION_LIFE);
  }

  void endSession() {
    session = "";
    write(SESSION + port, "", Duration.ZERO);
  }

  /// What this browser chose before anybody signed in; empty where nothing.
  String language() {
    return read(LANGUAGE);
  }

  void setLanguage(String language) {
    write(LANGUAGE, language, Duration.ofDays(365));
  }

  /// The browser's time zone, as its script wrote it; empty before.
  String zone() {
    return read(ZONE).replace("%2F", "/");
  }

  void setNotice(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    write(
        NOTICE + port,
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
        Duration.ofMinutes(1));
  }

  /// The sentence that the page before left, once.
  String takeNotice() {
    var value = read(NOTICE + port);
    if (value.isEmpty()) {
      return "";
    }
    write(NOTICE + port, "", Duration.ZERO);
    try {
      return new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) { // not ours
      return "";
    }
  }

  /// What each form carries: a hash of a cookie that no other site and no script can read. Whoever
  /// is not signed in gets a cookie for it.
  String csrf() {
    if (session.isEmpty() && visitor.isEmpty()) {
      var bytes = new byte[VISITOR_BYTES];
      chance.nextBytes(bytes);
      visitor = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      write(VISITOR + port, visitor, Duration.ofDays(1));
    }
    return hash(session.isEmpty() ? visitor : session);
  }

  /// Whether a form carried what this browser's pages carry.
  boolean csrfIs(String token) {
    var secret = session.isEmpty() ? visitor : session;
    return !secret.isEmpty()
        && MessageDigest.isEqual(
            hash(secret).getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  private static String hash(String secret) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update("campana form ".getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
