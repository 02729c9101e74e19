package campana.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.RelaySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The `relay:` section: all of it, and every way to get it wrong.
class RelayReaderTest {
  private static final String HOOK =
      "https://chat.googleapis.com/v1/spaces/AAAA/messages?key=K3y&token=T0k";
  private static final String GOOD =
      """
      relay:
        destinations:
          ops: { webhook: "%s" }
        routes:
          web:
            source: alertmanager
            auth: { bearer: s3cret }
            to: [ops]
      """
          .formatted(HOOK);

  @TempDir Path folder = Path.of("");

  @Test
  void a_whole_relay_is_read() throws IOException {
    var relay =
        valid(
                """
                server:
                  retention: { deliveries: 2d, dead-letters: 3d, bodies: 1d }
                relay:
                  max-waiting: 7
                  min-free-disk: 10%%
                  alarm: oncall
                  alarm-after: 2m
                  upstream: { url: https://chat.googleapis.com, spaces: [AAAA], rate: 2/s, keep-trying: 1h }
                  destinations:
                    ops: { webhook: "${HOOK}", rate: 30/m, digest: off, keep-trying: 3h, fallback: oncall, language: it, zone: Europe/Rome }
                    oncall: { webhook: "%s", allow-private: true }
                  routes:
                    web:
                      source: alertmanager
                      auth: { bearer: [a, b], basic: "u:p", header: { name: X-Token, value: t } }
                      to: [ops, oncall]
                      when: "trigger.severity != 'INFO'"
                      thread: per-day
                      mention: { critical: all }
                      dedup: off
                      max-body: 5MiB
                      episode-grace: 0s
                """
                    .formatted(HOOK.replace("googleapis.com", "lan")))
            .orElseThrow();
    assertThat(relay.caps().waiting()).isEqualTo(7);
    assertThat(relay.caps().minFreeDisk()).isEqualTo(0.1);
    assertThat(relay.alarm()).isEqualTo("oncall");
    assertThat(relay.alarmAfter()).isEqualTo(Duration.ofMinutes(2));
    assertThat(relay.retention().bodies()).isEqualTo(Duration.ofDays(1));
    var upstream = relay.upstream().orElseThrow();
    assertThat(upstream.takes("AAAA")).isTrue();
    assertThat(upstream.takes("BBBB")).isFalse();
    assertThat(upstream.interval()).isEqualTo(Duration.ofMillis(500));
    var ops = relay.destinations().get("ops");
    assertThat(ops).isNotNull();
    assertThat(ops.url().revealed()).isEqualTo(HOOK);
    assertThat(ops.interval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(ops.zone()).isEqualTo(ZoneId.of("Europe/Rome"));
    var web = relay.routes().get("web");
    assertThat(web).isNotNull();
    assertThat(web.to()).containsExactly("ops", "oncall");
    assertThat(web.auth().bearer()).containsExactly("a", "b");
    assertThat(web.auth().headerName()).isEqualTo("x-token");
    assertThat(web.dedup()).contains(Duration.ZERO);
    assertThat(web.maxBody()).isEqualTo(5 << 20);
    assertThat(web.grace()).isZero();
    assertThat(web.mention()).isEqualTo(Map.of("critical", List.of("all")));
  }

  @Test
  void equal_texts_are_equal_configs_and_no_toString_holds_a_secret() throws IOException {
    assertThat(valid(GOOD)).isEqualTo(valid(GOOD));
    assertThat(valid(GOOD).toString()).doesNotContain("s3cret", "T0k", "K3y");
  }

  @Test
  void without_routes_and_upstream_there_is_no_relay() throws IOException {
    assertThat(valid("server: { strict: true }")).isEmpty();
    assertThat(valid("relay: { destinations: { ops: { webhook: \"" + HOOK + "\" } } }")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          source: alertmanager        | source: pager              | 6: relay.routes.web.source: wanted one of alertmanager, github, json, slack, text, got «pager»
          to: [ops]                   | to: [ops, opps]            | 8: relay.routes.web.to: there is no destination «opps»; wanted some of ops
          to: [ops]                   | when: "true"               | 5: relay.routes.web.to: wanted a list of names under destinations
          auth: { bearer: s3cret }    | thread: single             | 5: relay.routes.web.auth: wanted a section with path, bearer, basic, header or secret; or none, written out
          auth: { bearer: s3cret }    | auth: open                 | 7: relay.routes.web.auth: wanted a section with path, bearer, basic, header or secret; or none, written out, got «open»
          auth: { bearer: s3cret }    | auth: { bearer: "" }       | 7: relay.routes.web.auth.bearer: wanted tokens, one or a list of current ones, none empty
          auth: { bearer: s3cret }    | auth: { basic: user }      | 7: relay.routes.web.auth.basic: wanted user:password
          auth: { bearer: s3cret }    | auth: { path: a/b }        | 7: relay.routes.web.auth.path: wanted tokens of letters, digits, - and _ alone
          auth: { bearer: s3cret }    | auth: { secret: x }        | 7: relay.routes.web.auth.secret: source 'alertmanager' does not sign; wanted path, bearer, basic or header
          auth: { bearer: s3cret }    | auth: { header: { name: X-A } } | 7: relay.routes.web.auth.header: wanted both name and value
          auth: { bearer: s3cret }    | auth: { bearer: "${NO}" }  | 7: relay.routes.web.auth.bearer: the variable NO is not set
          auth: { bearer: s3cret }    | aut: none                  | 7: relay.routes.web.aut: unknown key
          source: alertmanager        | mention: { fatal: all }    | 6: relay.routes.web.mention.fatal: unknown key; wanted one of critical, warning, info, ok
          routes:                     | alarm: nobody              | 4: relay.alarm: there is no destination «nobody»; wanted one of ops
          key=K3y                     | key=                       | 3: relay.destinations.ops.webhook: the webhook URL needs exactly one parameter key with a value, and has 0
          """)
  void a_mistake_names_line_key_and_wish_and_no_secret(String old, String with, String wish)
      throws IOException {
    var text =
        with.startsWith("alarm")
            ? GOOD.replace("  routes:", "  " + with + "\n  routes:")
            : GOOD.replace(old, with);
    var lines = invalid(text).stream().map(Mistake::line).toList();
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).contains("campana.yaml:" + wish))
        .noneSatisfy(line -> assertThat(line).containsAnyOf("s3cret", "T0k"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          when: "trigger.nothing ==" | relay.routes.web.when
          text: "{{#if"              | relay.routes.web.text
          title: "{{>x}}"            | relay.routes.web.title
          mention: { critical: "a b" } | relay.routes.web
          thread: sometimes          | relay.routes.web.thread
          dedup: 8d                  | relay.routes.web.dedup
          episode-grace: 0           | relay.routes.web.episode-grace
          max-body: 26MiB            | relay.routes.web.max-body
          subject: all               | relay.routes.web.subject
          map: { id: alert }         | relay.routes.web
          patterns: { subject: "(" } | relay.routes.web
          """)
  void conditions_templates_and_patterns_are_judged_before_they_are_taken(String stanza, String key)
      throws IOException {
    var lines = invalid(GOOD + "      " + stanza + "\n").stream().map(Mistake::line).toList();
    assertThat(lines).anySatisfy(line -> assertThat(line).contains(key));
  }

  @ParameterizedTest
  @CsvSource({
    "true, false, 5: relay.destinations.far.allow-private: wanted true; as in"
        + " relay.destinations.ops",
    "false, true, 4: relay.destinations.ops.allow-private: wanted true; as in"
        + " relay.destinations.far",
  })
  void who_is_at_one_host_agrees_whether_it_may_be_a_private_one(
      boolean ops, boolean far, String wish) throws IOException {
    var text =
        """
        relay:
          upstream: { url: "https://chat.googleapis.com" }
          destinations:
            ops: { webhook: "%s", allow-private: %s }
            far: { webhook: "%s", allow-private: %s }
        """;
    var lan = HOOK.replace("chat.googleapis.com", "Chat.lan");
    var other = HOOK.replace("chat.googleapis.com", "chat.lan:8443");
    assertThat(invalid(text.formatted(lan, ops, other, far)))
        .singleElement()
        .satisfies(mistake ->
            assertThat(mistake.line()).contains("campana.yaml:" + wish.replace(';', ',')));
    assertThat(valid(text.formatted(lan, true, other, true))).isPresent();
    assertThat(valid(text.formatted(HOOK, false, other, true))).isPresent();
    var both = text.formatted(lan, true, other, true).replace("googleapis.com", "lan");
    assertThat(invalid(both))
        .singleElement()
        .satisfies(mistake ->
            assertThat(mistake.line()).contains(":2: relay.upstream.allow-private: wanted true"));
  }

  @Test
  void all_mistakes_are_told_at_once() throws IOException {
    var text =
        GOOD.replace("source: alertmanager", "source: x")
            .replace("to: [ops]", "to: [y]")
            .replace("bearer: s3cret", "barer: z");
    assertThat(invalid(text)).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void one_mistake_hides_no_other_of_the_same_route() throws IOException {
    var text =
        GOOD
            + """
                  when: "trigger.nothing =="
                  text: "{{#if"
                b:
                  source: slack
                  auth: { secret: s3cret }
                  to: [ops]
                  subject: alert
                  patterns: { subject: "(", firing: "[" }
                c:
                  source: json
                  auth: none
                  to: [nobody]
                  title: "{{>x}}"
                  map: { id: a, link: b }
                d:
            """;
    var told = invalid(text.replace("source: alertmanager", "source: x"));
    assertThat(told)
        .extracting(mistake -> mistake.key().replace("relay.routes.", ""))
        .containsExactlyInAnyOrder(
            "web.source",
            "web.when",
            "web.text",
            "b.auth.secret",
            "b.subject",
            "b.patterns.subject",
            "b.patterns.firing",
            "c.to",
            "c.title",
            "c.map.id",
            "c.map.link",
            "d");
  }

  private Optional<RelaySettings> valid(String text) throws IOException {
    return switch (read(text)) {
      case ConfigRead.Valid(var config) -> config.relay();
      case ConfigRead.Invalid(var mistakes) -> throw new AssertionError(mistakes.toString());
    };
  }

  private List<Mistake> invalid(String text) throws IOException {
    return switch (read(text)) {
      case ConfigRead.Valid _ -> throw new AssertionError("valid");
      case ConfigRead.Invalid(var mistakes) -> mistakes;
    };
  }

  private ConfigRead read(String text) throws IOException {
    var file = Files.writeString(folder.resolve("campana.yaml"), text);
    return ConfigReader.read(Optional.of(file), Map.of("HOOK", HOOK), Map.of());
  }
}
