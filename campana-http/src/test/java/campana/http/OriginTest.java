package campana.http;

import static campana.http.RawClient.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `/seen` trusts 127.0.0.0/8, where these tests come from.
final class OriginTest {
  private static HttpServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String seen(String headers) throws IOException {
    return ask(
            server,
            "GET /seen/x HTTP/1.1\r\nHost: inner:8080\r\n" + headers.translateEscapes() + "\r\n")
        .body();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '>',
      nullValues = "-",
      textBlock =
          """
          X-Forwarded-Proto: https\\r\\n                                   > https://inner:8080
          X-Forwarded-Proto: HTTPS\\r\\nX-Forwarded-Host: chat.example.org\\r\\n > https://chat.example.org
          X-Forwarded-Proto: gopher\\r\\n                                  > http://inner:8080
          X-Forwarded-Host: a.example, b.example:8443\\r\\n                > http://b.example:8443
          X-Forwarded-Host: evil/path\\r\\n                                > http://inner:8080
          X-Forwarded-Host: [2001:db8::1]:8443\\r\\n                       > http://[2001:db8::1]:8443
          X-Unrelated: 1\\r\\n                                             > http://inner:8080
          """)
  void a_trusted_proxy_is_believed(String headers, String origin) throws IOException {
    assertThat(seen(headers)).contains("\"origin\": \"" + origin + "\"");
  }

  @Test
  void nobody_else_is_believed() throws IOException {
    assertThat(seen("X-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\n"))
        .contains("\"unproxied\": \"http://inner:8080\"");
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '>',
      textBlock =
          """
          X-Forwarded-For: 192.0.2.7\\r\\n                          > 192.0.2.7
          X-Forwarded-For: 6.6.6.6, 192.0.2.7\\r\\n                 > 192.0.2.7
          X-Forwarded-For: 192.0.2.7, 127.0.0.5\\r\\n               > 192.0.2.7
          X-Forwarded-For: 192.0.2.7:5555\\r\\n                     > 192.0.2.7
          X-Forwarded-For: [2001:db8::9]:5555\\r\\n                 > 2001:db8:0:0:0:0:0:9
          X-Forwarded-For: unknown, 127.0.0.5\\r\\n                 > 127.0.0.5
          X-Unrelated: 1\\r\\n                                      > 127.0.0.1
          """)
  void the_caller_is_the_last_hop_that_is_no_proxy_of_ours(String headers, String caller)
      throws IOException {
    assertThat(seen(headers)).contains("\"caller\": \"" + caller + "\"");
  }

  @ParameterizedTest(name = "{0} holds {1}: {2}")
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.0.2.0/25, 192.0.2.127, true",
    "192.0.2.0/25, 192.0.2.128, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, ::2, false",
    "2001:db8::/33, 2001:db8:7fff::, true",
    "2001:db8::/33, 2001:db8:8000::, false",
    "10.0.0.0/8, ::ffff:10.0.0.1, true"
  })
  void a_range_holds_its_addresses(String range, String address, boolean holds) {
    assertThat(Cidr.of(range).holds(InetAddress.ofLiteral(address))).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::/129"})
  void what_is_no_range_is_refused_with_an_example(String text) {
    assertThatThrownBy(() -> Cidr.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no address range; write it as 10.0.0.0/8");
  }
}
