package campana.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import campana.cli.Live;
import campana.cli.Ran;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Commands against a server that runs.
class LiveCommandsTest {
  private static final String WIDE = "1000000/s,1000";

  @TempDir static Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init") // before all tests
  private static Live live;

  @BeforeAll
  static void start() {
    live = Live.start(folder.resolve("data"));
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  @Test
  void a_space_is_made_listed_changed_deleted_and_restored() {
    var space = live.says("space", "create", "Build alarms");
    assertThat(space).matches("spaces/cmp[A-Za-z0-9_-]{8,13}");
    assertThat(live.says("space", "list")).contains(space + "\tBuild alarms\tSPACE\t1/s");

    assertThat(live.says("space", "set", "Build alarms", "--name", "CI", "--quota", "10/s,20"))
        .isEqualTo(space);
    assertThat(live.says("space", "list")).contains(space + "\tCI\tSPACE\t10/s,20");
    live.says("space", "set", space, "--quota", "default");
    assertThat(live.says("space", "list")).contains(space + "\tCI\tSPACE\t1/s");

    var id = space.substring("spaces/".length());
    assertThat(live.campana("space", "delete", id)).isEqualTo(new Ran(0, "", ""));
    assertThat(live.says("space", "list")).doesNotContain(space);
    assertThat(live.says("space", "restore", space)).isEqualTo(space);
    assertThat(live.says("space", "list")).contains(space);
  }

  @Test
  void a_name_that_two_spaces_have_is_refused_with_both() {
    var one = live.says("space", "create", "Twin");
    var two = live.says("space", "create", "Twin");
    var ran = live.campana("space", "delete", "Twin");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains(one, two);
    assertThat(live.campana("space", "delete", "Nobody's").exitCode()).isEqualTo(15);
    assertThat(live.campana("space", "delete", "cmpAAAAAAAAAA").exitCode()).isEqualTo(15);
  }

  @Test
  void a_webhook_is_named_by_its_name_its_id_its_resource_name_or_its_url() {
    var space = live.says("space", "create", "Hooks");
    var url = live.says("webhook", "create", space, "--name", "One");
    assertThat(url).startsWith(live.serving().address() + "/v1/" + space + "/messages?key=");
    var name =
        live.says("webhook", "set", url, "--name", "Two", "--avatar-url", "https://a.org/a.png");
    assertThat(name).startsWith(space + "/webhooks/");
    assertThat(live.says("webhook", "list", "Hooks")).isEqualTo(name + "\tTwo");

    var json = json(live.says("webhook", "list", space, "--json")).path("webhooks").path(0);
    assertThat(json.path("displayName").asString()).isEqualTo("Two");
    assertThat(json.path("url").asString()).isEqualTo(url);
    assertThat(json.path("avatarUrl").asString()).isEqualTo("https://a.org/a.png");

    var rotated = live.says("webhook", "rotate", "Two");
    assertThat(rotated).startsWith(url.substring(0, url.indexOf("token="))).isNotEqualTo(url);
    assertThat(Ran.campana("send", "--url", url, "x").exitCode()).isEqualTo(17);
    live.says("webhook", "delete", name.substring(name.lastIndexOf('/') + 1));
    assertThat(Ran.campana("send", "--url", rotated, "x").exitCode()).isEqualTo(17);
  }

  @Test
  void what_is_sent_can_be_followed() {
    var space = live.says("space", "create", "Tail", "--quota", WIDE);
    var url = live.says("webhook", "create", space, "--name", "Bell");
    var first = Ran.campana("send", "--url", url, "--thread", "k", "*first*");
    var second = Ran.campana("send", "--url", url, "--thread", "k", "a\u001b[31mred\nline");
    assertThat(first.out()).matches(space + "/messages/\\S+\t" + space + "/threads/\\S+");
    assertThat(second.out().split("\t", 2)[1]).isEqualTo(first.out().split("\t", 2)[1]);

    var lines = live.says("tail", space, "--no-follow").lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).matches("\\d\\d:\\d\\d:\\d\\d  Bell: first");
    assertThat(lines.get(1)).endsWith("  Bell: a[31mred line");
    assertThat(live.says("tail", space, "--no-follow", "-n", "1", "--json")).contains("\"name\"");
  }

  @Test
  void a_rehearsal_is_begun_shown_and_ended() throws IOException, InterruptedException {
    var space = live.says("space", "create", "Drill", "--quota", WIDE);
    var url = live.says("webhook", "create", space, "--name", "Bell");
    assertThat(live.says("fault", "Drill")).isEqualTo("off");
    assertThat(live.says("fault", "Drill", "--status", "503", "--count", "2"))
        .isEqualTo("503\t100%\t2");
    assertThat(post(url)).isEqualTo(503);
    assertThat(live.says("fault", "Drill")).isEqualTo("503\t100%\t1");
    assertThat(post(url)).isEqualTo(503);
    assertThat(post(url)).isEqualTo(200);
    assertThat(live.says("fault", "Drill")).isEqualTo("off");

    assertThat(live.says("fault", space, "--status", "reset", "--rate", "20%", "--for", "1h"))
        .matches("reset\t20%\t\t20\\S+Z");
    assertThat(json(live.says("fault", space, "--json")).path("rate").asInt()).isEqualTo(20);
    assertThat(live.campana("fault", space, "--off")).isEqualTo(new Ran(0, "", ""));
    assertThat(json(live.says("fault", space, "--json")).has("status")).isFalse();
  }

  /// One plain post, without what a client of ours does about failures.
  private static int post(String url) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(url))
              .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"x\"}"));
      return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void a_rehearsal_that_cannot_be_is_refused_by_its_field() {
    var space = live.says("space", "create", "No drill");
    assertThat(live.campana("fault", space, "--count", "2").exitCode()).isEqualTo(2);
    assertThat(live.campana("fault", space, "--status", "503", "--off").exitCode()).isEqualTo(2);
    assertThat(live.campana("fault", space, "--status", "503", "--rate", "half").err())
        .contains("--rate: wanted how many of a hundred posts such as 20%, got half");
    var unknown = live.campana("fault", space, "--status", "418");
    assertThat(unknown.exitCode()).isEqualTo(13);
    assertThat(unknown.err()).contains("fault.status: wanted one of 503, 429", "got «418»");
    assertThat(live.campana("fault", space, "--status", "500", "--for", "2d").err())
        .contains("fault.duration: wanted a time from 1s to 24h");
    assertThat(live.says("fault", space)).isEqualTo("off");
  }

  @Test
  void over_quota_is_exit_code_18() {
    var space = live.says("space", "create", "Slow", "--quota", "1/m");
    var url = live.says("webhook", "create", space, "--name", "Bell");
    assertThat(Ran.campana("send", "--url", url, "x").exitCode()).isZero();
    var ran = Ran.campana("send", "--url", url, "y");
    assertThat(ran.exitCode()).isEqualTo(18);
    assertThat(ran.err()).startsWith("campana send: RESOURCE_EXHAUSTED (HTTP 429): ");
  }

  @Test
  void a_user_is_invited_and_may_read_what_they_are_members_of() {
    var link = live.says("user", "create", "ada@example.org", "--name", "Ada");
    assertThat(link).startsWith(live.serving().address() + "/sign-in/");
    var space = live.says("space", "create", "Ada's", "--member", "ada@example.org");
    assertThat(live.says("space", "members", space)).contains("\tAda");
    live.says("space", "remove-member", space, "ada@example.org");
    assertThat(live.says("space", "members", space)).doesNotContain("Ada");
    live.says("space", "add-member", space, "ada@example.org");
    assertThat(live.says("space", "members", space)).contains("\tAda");

    live.says("user", "set", "ada@example.org", "--chat-apps", "off");
    assertThat(live.says("user", "list")).contains("\tada@example.org\tAda\t\toff");
    assertThat(live.says("sign-in", "ada@example.org")).contains("/sign-in/");
    live.says("user", "delete", "ada@example.org");
    assertThat(live.says("user", "list")).doesNotContain("ada@");
  }

  @Test
  void who_manages_a_space_is_told_made_and_unmade() {
    live.says("user", "create", "grace@example.org", "--name", "Grace");
    var space = live.says("space", "create", "Roles", "--member", "grace@example.org");
    assertThat(live.says("space", "members", space)).contains("\tGrace\tmember");
    live.says("space", "add-member", space, "grace@example.org", "--manager");
    assertThat(live.says("space", "members", space)).contains("\tGrace\tmanager");
    live.says("space", "add-member", space, "grace@example.org");
    assertThat(live.says("space", "members", space)).contains("\tGrace\tmember");
  }

  @Test
  void a_space_says_what_it_is_for() {
    var space = live.says("space", "create", "Nightly", "--description", "Builds at night");
    assertThat(description(space)).isEqualTo("Builds at night");
    live.says("space", "set", space, "--description", "Builds by day");
    assertThat(description(space)).isEqualTo("Builds by day");
    live.says("space", "set", space, "--description", "");
    assertThat(description(space)).isEmpty();
  }

  private static String description(String name) {
    for (var space : json(live.says("space", "list", "--json")).path("spaces")) {
      if (space.path("name").asString().equals(name)) {
        return space.at("/spaceDetails/description").asString("");
      }
    }
    throw new AssertionError(name + " is not listed");
  }

  @Test
  void a_token_works_until_it_is_deleted_and_is_never_listed() {
    var token = live.says("token", "create", "ci");
    var with = Map.of("CAMPANA_SERVER", live.serving().address(), "CAMPANA_TOKEN", token);
    assertThat(Ran.campana(with, "", "space", "list").exitCode()).isZero();
    assertThat(live.says("token", "list", "--json")).contains("\"ci\"").doesNotContain(token);
    live.says("token", "delete", "ci");
    var ran = Ran.campana(with, "", "space", "list");
    assertThat(ran.exitCode()).isEqualTo(26);
    assertThat(ran.err()).doesNotContain(token);
  }

  @Test
  void the_policy_is_shown_and_set() {
    assertThat(live.says("policy", "get"))
        .isEqualTo("webhooks\ton\nwebhooks-in-direct-messages\ton");
    assertThat(live.says("policy", "set", "--webhooks-in-direct-messages", "off"))
        .isEqualTo("webhooks\ton\nwebhooks-in-direct-messages\toff");
    live.says("policy", "set", "--webhooks-in-direct-messages", "ON");
  }

  @Test
  void doctor_finds_nothing_here() {
    assertThat(live.campana("doctor")).isEqualTo(new Ran(0, "", "nothing found"));
  }

  @Test
  void a_backup_holds_everything_and_restores_elsewhere() throws IOException {
    var space = live.says("space", "create", "Kept", "--quota", WIDE);
    var url = live.says("webhook", "create", space, "--name", "Bell");
    assertThat(Ran.campana("send", "--url", url, "kept").exitCode()).isZero();

    var file = folder.resolve("backup.zip");
    var ran = live.campana("backup", file.toString());
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).isEqualTo(file.toString());
    assertThat(ran.err()).contains("campana.db: ", "secret.key: ");
    assertThat(live.campana("backup", file.toString()).exitCode()).isEqualTo(2);
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);

    var other = folder.resolve("restored");
    var unpacked = Ran.campana("restore", file.toString(), "--data", other.toString());
    assertThat(unpacked.exitCode()).as(unpacked.err()).isZero();
    assertThat(Ran.campana("restore", file.toString(), "--data", other.toString()).exitCode())
        .isEqualTo(2);
    var rotated = Ran.campana("key", "rotate", "--data", other.toString());
    assertThat(rotated.exitCode()).as(rotated.err()).isZero();
    try (var restored = Live.start(other)) {
      assertThat(restored.says("tail", "Kept", "--no-follow")).endsWith("Bell: kept");
      var path = url.substring(url.indexOf("/v1/"));
      assertThat(
              Ran.campana("send", "--url", restored.serving().address() + path, "more").exitCode())
          .isZero();
      assertThat(
              json(restored.says("webhook", "list", "Kept", "--json"))
                  .path("webhooks")
                  .path(0)
                  .path("url")
                  .asString())
          .as("a URL that the new key opens")
          .isEqualTo(restored.serving().address() + path);
    }
  }

  @Test
  void a_backup_without_the_key_says_so_and_needs_it() throws IOException {
    var file = folder.resolve("keyless.zip");
    var ran = live.campana("backup", "--without-key", file.toString());
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.err()).doesNotContain("secret.key");
    var other = folder.resolve("keyless");
    Ran.campana("restore", file.toString(), "--data", other.toString());
    var serve = Ran.campana("serve", "--port", "0", "--data", other.toString());
    assertThat(serve.exitCode()).isEqualTo(2);
    assertThat(serve.err()).contains("secret.key");
    Files.copy(live.data().resolve("secret.key"), other.resolve("secret.key"));
    Live.start(other).close();
  }

  @Test
  void a_reload_takes_a_valid_config_and_refuses_another_whole() throws IOException {
    var file = live.data().resolve("campana.yaml");
    try {
      Files.writeString(file, "server: { response: both, quota: { rate: 5/s } }");
      var refused = live.campana("reload");
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err()).contains("campana.yaml:1: server.response: wanted seed or echo");
      assertThat(live.campana("doctor").exitCode()).isEqualTo(1);
      assertThat(live.says("space", "list")).contains("\t1/s").doesNotContain("\t5/s");

      Files.writeString(file, "server: { quota: { rate: 5/s }, host: 0.0.0.0 }");
      var taken = live.campana("reload");
      assertThat(taken).isEqualTo(new Ran(0, "", "server.host needs a restart"));
      assertThat(live.says("space", "list")).contains("\t5/s");
    } finally {
      Files.delete(file);
      live.says("reload");
    }
  }

  private static JsonNode json(String text) {
    return new JsonMapper().readTree(text);
  }
}
