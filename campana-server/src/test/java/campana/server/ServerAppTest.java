package campana.server;

import static org.assertj.core.api.Assertions.assertThat;

import campana.http.HttpSettings;
import campana.server.message.Message;
import campana.server.people.Person;
import campana.server.policy.Policy;
import campana.server.store.ChatSchema;
import campana.store.Vault;
import campana.testkit.FreshDatabase;
import campana.testkit.ManualClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerAppTest {
  private static final String HI = "{\"text\":\"hi\"}";

  @TempDir Path folder;

  private static ServerSettings settings(boolean echo, boolean startMissing, boolean strict) {
    var usual = ServerSettings.DEFAULT;
    return new ServerSettings(
        "",
        LiveServer.FAST,
        echo,
        startMissing,
        strict,
        true,
        Policy.DEFAULT,
        false,
        usual.retention());
  }

  @Test
  void the_first_start_makes_an_owner_a_space_and_a_webhook_and_the_second_does_not() {
    var database = FreshDatabase.at(folder, ChatSchema.FILE, ChatSchema.migrations());
    var vault = Vault.open(folder.resolve(Vault.KEY_FILE), true, new SecureRandom());
    var http = HttpSettings.at("127.0.0.1", 0);
    try (var app =
        new ServerApp(
            ServerSettings.DEFAULT,
            database.database(),
            vault,
            folder,
            http,
            new ManualClock(),
            Operations.NONE)) {
      app.start();
      var made = FirstStart.in(app).orElseThrow();
      assertThat(made.owner().owner()).isTrue();
      assertThat(made.signInUrl()).startsWith(app.address() + "/sign-in/");
      var target = made.webhookUrl().substring(app.address().length());
      assertThat(new Wire(app.address()).post(target, HI).status()).isEqualTo(200);
      assertThat(app.rooms().spaces().list())
          .singleElement()
          .satisfies(space -> assertThat(space.displayName()).isEqualTo("Quickstart"));
      assertThat(made.toString()).doesNotContain("token=", "/sign-in/");
      assertThat(FirstStart.in(app)).isEmpty();
    }
    database.close();
  }

  /// Whose disk is as full as the test says.
  private static final class Disk implements Operations {
    private double used = 0.849;

    @Override
    public double diskUsed() {
      return used;
    }

    @Override
    public Change<List<String>> backup(Path file, boolean withoutKey) {
      return NONE.backup(file, withoutKey);
    }

    @Override
    public Change<List<String>> reload() {
      return NONE.reload();
    }

    @Override
    public List<Finding> doctor() {
      return NONE.doctor();
    }
  }

  private static String page(ServerApp app, Person person, String path) throws Exception {
    var session = app.rooms().signIn().redeem(app.rooms().signIn().link(person)).orElseThrow();
    var address = URI.create(app.address());
    try (var http = HttpClient.newHttpClient()) {
      var cookie = "campana_session_" + address.getPort() + "=" + session;
      var request = HttpRequest.newBuilder(address.resolve(path)).header("Cookie", cookie).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  @Test
  void a_disk_that_is_nearly_full_is_told_to_owners_on_each_page_and_in_the_figures()
      throws Exception {
    var database = FreshDatabase.at(folder, ChatSchema.FILE, ChatSchema.migrations());
    var vault = Vault.open(folder.resolve(Vault.KEY_FILE), true, new SecureRandom());
    var http = HttpSettings.at("127.0.0.1", 0);
    var usual = ServerSettings.DEFAULT;
    var disk = new Disk();
    try (var app =
        new ServerApp(usual, database.database(), vault, folder, http, new ManualClock(), disk)) {
      app.start();
      var owner = FirstStart.in(app).orElseThrow().owner();
      var reader = app.rooms().people().create("r@example.org", "Rea", false).done().orElseThrow();
      assertThat(page(app, owner, "/")).contains("<main").doesNotContain("% full");

      disk.used = 0.85;

      assertThat(page(app, owner, "/")).contains("The disk with the data is 85 % full");
      assertThat(page(app, owner, "/organisation")).contains("85 % full");
      assertThat(page(app, reader, "/")).contains("<main").doesNotContain("% full");
      assertThat(page(app, owner, "/metrics")).contains("campana_disk_used_ratio 0.85");
    }
    database.close();
  }

  @Test
  void after_a_restart_urls_threads_request_ids_and_the_owner_token_hold() {
    String target;
    String token;
    Wire.Answer first;
    var option = "&messageReplyOption=REPLY_MESSAGE_OR_FAIL";
    var body = "{\"text\":\"a\",\"thread\":{\"threadKey\":\"k\"}}";
    try (var server = new LiveServer(folder)) {
      target = server.target();
      token = server.app().ownerToken();
      first = server.wire().post(target + "&requestId=r", body);
    }
    try (var server = new LiveServer(folder)) {
      assertThat(server.app().ownerToken()).isEqualTo(token);
      assertThat(server.wire().post(target + "&requestId=r", body).body()).isEqualTo(first.body());
      assertThat(server.wire().post(target + option, body).thread()).isEqualTo(first.thread());
    }
  }

  @Test
  void no_webhook_token_and_no_owner_token_stands_readable_on_disk() throws Exception {
    String url;
    String token;
    try (var server = new LiveServer(folder)) {
      url = server.target();
      token = server.app().ownerToken();
      server.wire().post(url, HI);
    }
    var secret = url.substring(url.indexOf("token=") + 6);
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(secret, token);
      }
    }
  }

  @Test
  void with_echo_the_answer_repeats_what_was_asked_and_never_tells_sender_or_time() {
    try (var server = new LiveServer(folder, settings(true, false, false), new ManualClock())) {
      var body = "{\"text\":\"a\",\"thread\":{\"threadKey\":\"k\"},\"sender\":{\"name\":\"x\"}}";
      var answer = server.wire().post(server.target() + "&messageId=client-e", body);
      var json = answer.json();
      assertThat(json.path("text").asString()).isEqualTo("a");
      assertThat(json.at("/thread/threadKey").asString()).isEqualTo("k");
      assertThat(json.at("/space/name").asString()).startsWith("spaces/cmp");
      assertThat(json.path("clientAssignedMessageId").asString()).isEqualTo("client-e");
      assertThat(json.has("sender")).isFalse();
      assertThat(json.has("createTime")).isFalse();
      assertThat(answer.thread()).isNotEmpty();
    }
  }

  @Test
  void a_reload_holds_with_the_next_request() {
    try (var server = new LiveServer(folder, settings(false, false, false), new ManualClock())) {
      var target = server.target();
      var orFail = target + "&messageReplyOption=REPLY_MESSAGE_OR_FAIL";
      var fallback = target + "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD";
      var keyed = "{\"text\":\"a\",\"thread\":{\"threadKey\":\"new\"}}";
      assertThat(server.wire().post(orFail, keyed).status()).isEqualTo(404);
      assertThat(server.wire().post(fallback, HI).status()).isEqualTo(200);
      server.app().reload(settings(false, true, true));
      assertThat(server.wire().post(orFail, keyed).status()).isEqualTo(200);
      var refused = server.wire().post(fallback, HI);
      assertThat(refused.status()).as("strict").isEqualTo(400);
      assertThat(refused.field()).isEqualTo("message.thread");
      assertThat(server.wire().post(target + "&colour=red", HI).status()).isEqualTo(400);
    }
  }

  @Test
  void the_url_of_the_settings_stands_in_every_url_that_is_shown() {
    var usual = ServerSettings.DEFAULT;
    var settings =
        new ServerSettings(
            "https://chat.example.org",
            usual.quota(),
            false,
            false,
            false,
            true,
            Policy.DEFAULT,
            false,
            usual.retention());
    try (var server = new LiveServer(folder, settings, new ManualClock())) {
      var url = server.app().rooms().webhooks().url(server.webhook(server.space()));
      assertThat(url).startsWith("https://chat.example.org/v1/spaces/cmp");
    }
  }

  @Test
  void a_message_on_the_way_out_shows_its_removal() {
    try (var server = new LiveServer(folder)) {
      var space = server.space();
      var name = server.wire().post(server.target(server.webhook(space)), HI).name();
      var deleted = server.wire().call("DELETE", "/v1/" + name, server.app().ownerToken(), "");
      assertThat(deleted.status()).isEqualTo(200);
      var messages = server.app().rooms().messages();
      var id = name.substring(name.lastIndexOf('/') + 1);
      assertThat(messages.find(space.id(), id)).map(Message::removedBy).hasValue("Owner");
    }
  }
}
