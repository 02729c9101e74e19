package campana.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import campana.http.Cidr;
import campana.http.HttpSettings;
import campana.server.ServerSettings;
import campana.server.policy.Policy;
import campana.server.quota.QuotaRate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
  @TempDir Path folder = Path.of("");

  @Test
  void without_a_file_all_is_as_usual() {
    var config = valid(ConfigReader.read(Optional.empty(), Map.of(), Map.of()));
    assertThat(config)
        .isEqualTo(
            new ServeConfig(
                Optional.empty(), HttpSettings.at("127.0.0.1", 8080), ServerSettings.DEFAULT));
  }

  @Test
  void the_whole_server_section_is_read() throws IOException {
    Files.writeString(folder.resolve("server.pem"), "");
    Files.writeString(folder.resolve("server.key"), "");
    var config =
        valid(
            read(
                """
                server:
                  host: 0.0.0.0
                  port: 8443
                  url: https://chat.example.org/
                  tls: { cert: server.pem, key: server.key }
                  trusted-proxies: [10.0.0.0/8, "::1"]
                  quota: { rate: 30/m, burst: 5 }
                  response: echo
                  missing-thread: start
                  strict: true
                  images: off
                  policy: { webhooks: true, webhooks-in-direct-messages: false }
                  retention: { messages: 12h, deliveries: 30d, dead-letters: 90d, bodies: 7d }
                """));
    assertThat(config)
        .isEqualTo(
            new ServeConfig(
                Optional.of(folder.resolve("campana.yaml")),
                HttpSettings.at("0.0.0.0", 8443)
                    .withTls(folder.resolve("server.pem"), folder.resolve("server.key"))
                    .withTrustedProxies(List.of(Cidr.of("10.0.0.0/8"), Cidr.of("::1"))),
                new ServerSettings(
                    "https://chat.example.org",
                    QuotaRate.parse("30/m", 5),
                    true,
                    true,
                    true,
                    false,
                    new Policy(true, false),
                    true,
                    new ServerSettings.Retention(Duration.ofHours(12)))));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          servr: {}                            | campana.yaml:1: servr: unknown key; wanted server or relay
          server: { prot: 80 }                 | campana.yaml:1: server.prot: unknown key; wanted one of host, port, database, url, tls, trusted-proxies, quota, response, missing-thread, strict, images, policy, retention
          server: { port: 70000 }              | campana.yaml:1: server.port: wanted a port from 0 to 65535, got «70000»
          server: { quota: 1/s }               | campana.yaml:1: server.quota: wanted a section with rate, burst
          server: { quota: { rate: fast } }    | campana.yaml:1: server.quota.rate: wanted N/s or N/m such as 1/s (1/m to 1000000/s), got «fast»
          server: { quota: { rate: 0/s } }     | campana.yaml:1: server.quota.rate: wanted N/s or N/m such as 1/s (1/m to 1000000/s), got «0/s»
          server: { quota: { burst: 0 } }      | campana.yaml:1: server.quota.burst: wanted a number from 1 to 1000, got «0»
          server: { url: chat.example.org }    | campana.yaml:1: server.url: wanted the address others reach, such as https://chat.example.org, without a path, got «chat.example.org»
          server: { url: "https://a.org/b" }   | campana.yaml:1: server.url: wanted the address others reach, such as https://chat.example.org, without a path, got «https://a.org/b»
          server: { database: "sesame" }       | campana.yaml:1: server.database: wanted postgresql://USER:PASSWORD@HOST:PORT/NAME
          server: { strict: maybe }            | campana.yaml:1: server.strict: wanted true or false, got «maybe»
          server: { strict: [true] }           | campana.yaml:1: server.strict: wanted true or false, got «a list»
          server: { response: both }           | campana.yaml:1: server.response: wanted seed or echo, got «both»
          server: { images: on }               | campana.yaml:1: server.images: wanted proxy or off, got «on»
          server: { trusted-proxies: [proxy] } | campana.yaml:1: server.trusted-proxies: wanted a list of addresses or networks such as [127.0.0.1, 10.0.0.0/8], got «proxy»
          server: { trusted-proxies: [1.2.3.4/33] } | campana.yaml:1: server.trusted-proxies: wanted a list of addresses or networks such as [127.0.0.1, 10.0.0.0/8], got «1.2.3.4/33»
          server: { retention: { messages: 400 } } | campana.yaml:1: server.retention.messages: wanted a length of time such as 400d, 12h or 30m, got «400»
          server: { tls: { cert: no.pem } }    | campana.yaml:1: server.tls.cert: needs server.tls.key beside it
          server: { host: "${NOBODY}" }        | campana.yaml:1: server.host: the variable NOBODY is not set
          server: { host: "${file:none}" }     | campana.yaml:1: server.host: the file none cannot be read
          server: { host: "${HOME" }           | campana.yaml:1: server.host: wanted ${NAME} or ${file:PATH}, closed with }
          relay: 1                             | campana.yaml:1: relay: wanted a section with max-waiting, min-free-disk, alarm, alarm-after, upstream, destinations, routes
          """)
  void a_mistake_names_file_line_key_and_wish(String text, String line) {
    var mistakes = invalid(read(text));
    assertThat(mistakes.getFirst().line()).isEqualTo(folder + "/" + line);
  }

  @Test
  void all_mistakes_are_told_at_once_in_the_file_s_order() {
    var mistakes =
        invalid(
            read(
                """
                server:
                  strict: perhaps
                  quota:
                    rate: 1/h
                    rat: 1/s
                  port: -1
                  port: 80
                relay:
                  rotes: {}
                """));
    assertThat(mistakes.stream().map(m -> m.where().replaceFirst(".*:", "") + " " + m.key()))
        .containsExactly(
            "2 server.strict",
            "4 server.quota.rate",
            "5 server.quota.rat",
            "6 server.port",
            "7 server.port",
            "9 relay.rotes");
  }

  @Test
  void what_is_not_yaml_is_one_mistake_with_its_line() {
    var mistakes = invalid(read("server:\n  url: [a\n  b: {\n"));
    assertThat(mistakes).hasSize(1);
    assertThat(mistakes.getFirst().line()).contains("campana.yaml:").contains("not YAML");
  }

  @Test
  void what_is_not_yaml_is_told_with_the_line_where_it_stands_and_what_is_wrong() {
    var tab = invalid(read("server:\n  port: 1\n\turl: http://x\n")).getFirst();
    assertThat(tab.line()).contains("campana.yaml:3: not YAML: ").contains("(TAB)");
    var indent = invalid(read("server:\n  port: 1\n url: http://x\n")).getFirst();
    assertThat(indent.line()).contains("campana.yaml:3: not YAML: expected");
  }

  @Test
  void an_empty_file_and_an_empty_key_leave_what_is_usual() {
    assertThat(valid(read("")).http().port()).isEqualTo(8080);
    assertThat(valid(read("server:\n")).http().port()).isEqualTo(8080);
    assertThat(valid(read("server:\n  port:\n  quota:\n")).http().port()).isEqualTo(8080);
  }

  @Test
  void variables_and_files_are_read_in_and_never_shown() throws IOException {
    Files.writeString(folder.resolve("host"), "10.1.2.3\n");
    var text = "server:\n  host: ${file:host}\n  port: ${PORT}\n";
    var config = valid(read(text, Map.of("PORT", "9000"), Map.of()));
    assertThat(config.http().host()).isEqualTo("10.1.2.3");
    assertThat(config.http().port()).isEqualTo(9000);

    var mistakes = invalid(read(text, Map.of("PORT", "s3cret"), Map.of()));
    assertThat(mistakes.getFirst().line()).contains("got «${PORT}»").doesNotContain("s3cret");
  }

  @Test
  void two_dollars_stand_for_the_characters_themselves() {
    assertThat(invalid(read("server:\n  url: http://$${x}\n")).getFirst().line())
        .contains("wanted the address others reach");
  }

  @Test
  void a_flag_outweighs_a_variable_and_a_variable_the_file() {
    var text = "server: { port: 1, host: a, url: 'http://file.example' }";
    var config =
        valid(
            read(
                text,
                Map.of("CAMPANA_PORT", "2", "CAMPANA_HOST", "b"),
                Map.<Key<?>, String>of(Keys.PORT, "3")));
    assertThat(config.http().port()).isEqualTo(3);
    assertThat(config.http().host()).isEqualTo("b");
    assertThat(config.settings().url()).isEqualTo("http://file.example");
  }

  @Test
  void a_wrong_variable_or_flag_is_named_as_such() {
    var mistakes =
        invalid(
            ConfigReader.read(
                Optional.empty(),
                Map.of("CAMPANA_QUOTA_RATE", "x"),
                Map.<Key<?>, String>of(Keys.PORT, "http")));
    assertThat(mistakes)
        .extracting(Mistake::line)
        .containsExactlyInAnyOrder(
            "CAMPANA_QUOTA_RATE: server.quota.rate: wanted N/s or N/m such as 1/s (1/m to"
                + " 1000000/s), got «x»",
            "--port: server.port: wanted a port from 0 to 65535, got «http»");
  }

  @Test
  void a_list_in_a_variable_stands_between_commas() {
    var config =
        valid(
            ConfigReader.read(
                Optional.empty(), Map.of("CAMPANA_TRUSTED_PROXIES", "10.0.0.0/8, ::1"), Map.of()));
    assertThat(config.http().trustedProxies())
        .containsExactly(Cidr.of("10.0.0.0/8"), Cidr.of("::1"));
  }

  @Test
  void the_file_is_looked_for_beside_the_data() throws IOException {
    assertThat(ConfigPlace.find(null, Map.of(), folder)).isEmpty();
    Files.writeString(folder.resolve("campana.yaml"), "");
    assertThat(ConfigPlace.find(null, Map.of(), folder)).contains(folder.resolve("campana.yaml"));
    assertThat(ConfigPlace.find(null, Map.of("CAMPANA_CONFIG", "x.yaml"), folder))
        .contains(Path.of("x.yaml"));
    assertThat(ConfigPlace.find(Path.of("y.yaml"), Map.of("CAMPANA_CONFIG", "x.yaml"), folder))
        .contains(Path.of("y.yaml"));
  }

  @Test
  void a_file_that_was_named_and_is_missing_is_a_mistake() {
    var missing = folder.resolve("other.yaml");
    assertThat(invalid(ConfigReader.read(Optional.of(missing), Map.of(), Map.of())))
        .extracting(Mistake::line)
        .containsExactly(missing + ": there is no such file");
  }

  private ConfigRead read(String text) {
    return read(text, Map.of(), Map.of());
  }

  private ConfigRead read(String text, Map<String, String> environment, Map<Key<?>, String> flags) {
    try {
      var file = Files.writeString(folder.resolve("campana.yaml"), text);
      return ConfigReader.read(Optional.of(file), environment, flags);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ServeConfig valid(ConfigRead read) {
    return switch (read) {
      case ConfigRead.Valid(var config) -> config;
      case ConfigRead.Invalid(var mistakes) -> throw new AssertionError(mistakes.toString());
    };
  }

  private static List<Mistake> invalid(ConfigRead read) {
    return switch (read) {
      case ConfigRead.Valid(var config) -> throw new AssertionError(config.toString());
      case ConfigRead.Invalid(var mistakes) -> mistakes;
    };
  }
}
