package campana.http;

import static campana.http.RawClient.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import campana.http.Cookies.SameSite;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What pages tell a browser: policy and cookies.
final class BrowserFacingTest {
  private static final TrustedProxies TRUSTED = new TrustedProxies(List.of(Cidr.of("127.0.0.0/8")));
  private static HttpServer server;

  @BeforeAll
  static void start() {
    server = new HttpServer(TestServer.SETTINGS, BrowserFacingTest::routes);
    server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void routes(HttpRouting.Builder routing) {
    routing.get(
        "/page",
        (request, response) -> {
          PageHeaders.addPrivate(response);
          var origin = Origin.of(request, TRUSTED);
          Cookies.set(response, origin, "a", "v1", Duration.ofDays(1), SameSite.LAX);
          Cookies.set(response, origin, "b", "v2", Duration.ofHours(1), SameSite.STRICT);
          Cookies.remove(response, origin, "c");
          response.send(Cookies.get(request, "a").orElse("no cookie"));
        });
  }

  @Test
  void a_page_allows_no_inline_script_no_frame_no_referrer_and_no_copy() throws IOException {
    var answer = ask(server, "GET /page HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(answer.head())
        .contains(
            "Content-Security-Policy: default-src 'self'; img-src 'self' data:;",
            "frame-ancestors 'none'",
            "X-Content-Type-Options: nosniff",
            "Referrer-Policy: no-referrer",
            "Cache-Control: no-store")
        .doesNotContain("unsafe");
  }

  @Test
  void cookies_are_secure_exactly_when_the_browser_speaks_https() throws IOException {
    var plain = ask(server, "GET /page HTTP/1.1\r\nHost: h\r\n\r\n").head();
    assertThat(plain)
        .contains("Set-Cookie: a=v1; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax\r\n")
        .contains("Set-Cookie: b=v2; Path=/; Max-Age=3600; HttpOnly; SameSite=Strict\r\n")
        .contains("Set-Cookie: c=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax\r\n");
    var proxied =
        ask(server, "GET /page HTTP/1.1\r\nHost: h\r\nX-Forwarded-Proto: https\r\n\r\n").head();
    assertThat(proxied).contains("a=v1; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax; Secure\r\n");
  }

  @Test
  void a_cookie_is_found_among_others() throws IOException {
    var cookies = "Cookie: aa=1; a=token-1=; b=2\r\n";
    assertThat(ask(server, "GET /page HTTP/1.1\r\nHost: h\r\n" + cookies + "\r\n").body())
        .isEqualTo("token-1=");
    assertThat(ask(server, "GET /page HTTP/1.1\r\nHost: h\r\n\r\n").body()).isEqualTo("no cookie");
  }

  @Test
  void a_cookie_value_cannot_smuggle_in_an_attribute() {
    assertThatThrownBy(() -> Cookies.line("a", "x; Domain=e", Duration.ZERO, SameSite.LAX, true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
