package campana.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A relay that would hand on to itself is refused before it is taken.
class OwnAddressTest {
  private static final String HOOK = "/v1/spaces/%s/messages?key=K3y&token=T0k";

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 8080, http://127.0.0.1:8080,       true",
    "127.0.0.1, 8080, http://LOCALHOST:8080,       true",
    "127.0.0.1, 8080, http://campana.localhost:8080, true",
    "127.0.0.1, 8080, http://[::1]:8080,           true",
    "127.0.0.1, 8080, https://127.0.0.1:8080,      true",
    "127.0.0.1, 8080, http://0.0.0.0:8080,         true",
    "127.0.0.1, 8080, http://127.0.0.1:8081,       false",
    "127.0.0.1, 80,   http://127.0.0.1,            true",
    "127.0.0.1, 8080, http://10.0.0.5:8080,        false",
    "10.0.0.5,  8080, http://10.0.0.5:8080,        true",
    "10.0.0.5,  8080, http://127.0.0.1:8080,       false",
    "0.0.0.0,   8080, http://127.0.0.1:8080,       true",
    "'::',      8080, http://127.0.0.1:8080,       true",
    "0.0.0.0,   8080, http://203.0.113.7:8080,     false",
    "bell.lan,  8080, http://Bell.lan.:8080,       true",
    "127.0.0.1, 8080, https://chat.example.org,    true",
    "127.0.0.1, 8080, http://Chat.Example.org,     true",
    "127.0.0.1, 8080, https://chat.example.org:9,  false",
    "127.0.0.1, 8080, https://chat.googleapis.com, false",
  })
  void it_knows_itself_by_its_url_and_by_where_it_listens(
      String host, int port, String origin, boolean own) {
    var here = new OwnAddress("https://chat.example.org", host, Set.of(port));
    assertThat(here.is(origin)).isEqualTo(own);
  }

  @Test
  void listening_everywhere_it_knows_the_addresses_of_its_machine() throws SocketException {
    var here = new OwnAddress("", "0.0.0.0", Set.of(8080));
    var addresses = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses);
    assertThat(addresses.map(InetAddress::getHostAddress).filter(text -> !text.contains(":")))
        .isNotEmpty()
        .allMatch(text -> here.is("http://" + text + ":8080"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8080",
    "https://chat.example.org",
    "http://localhost:41234",
  })
  void an_upstream_that_is_this_server_is_refused(String url) throws IOException {
    assertThat(mistakes("relay: { upstream: { url: \"" + url + "\" } }"))
        .containsExactly(
            "2: relay.upstream.url: is this server itself, so that a post would go round in a"
                + " circle; wanted whom it is to be handed on to, such as"
                + " https://chat.googleapis.com");
  }

  @Test
  void a_destination_behind_our_own_proxy_is_refused_and_one_of_our_own_spaces_is_not()
      throws IOException {
    assertThat(mistakes(destination("http://127.0.0.1:8080" + HOOK.formatted("AAAA"))))
        .containsExactly(
            "4: relay.destinations.ops.webhook: leads to this server itself, where no space is"
                + " called so (its own begin with cmp), and so to its proxy; wanted the URL as the"
                + " far side shows it");
    assertThat(mistakes(destination("http://127.0.0.1:8080" + HOOK.formatted("cmpAbCdEf_-"))))
        .isEmpty();
    assertThat(mistakes(destination("https://chat.googleapis.com" + HOOK.formatted("AAAA"))))
        .isEmpty();
  }

  private static String destination(String webhook) {
    return """
    relay:
      destinations:
        ops: { webhook: "%s" }
      routes: { web: { source: text, auth: none, to: [ops] } }
    """
        .formatted(webhook);
  }

  /// Of a config under a server that listens at 41234, without the file's name.
  private List<String> mistakes(String relay) throws IOException {
    var file =
        Files.writeString(
            folder.resolve("campana.yaml"), "server: { url: https://chat.example.org }\n" + relay);
    return switch (ConfigReader.read(
        Optional.of(file), Map.of(), Map.of(), OptionalInt.of(41_234))) {
      case ConfigRead.Valid _ -> List.of();
      case ConfigRead.Invalid(var mistakes) ->
          mistakes.stream().map(m -> m.line().replace(file + ":", "")).toList();
    };
  }
}
