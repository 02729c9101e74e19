package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import campana.testdb.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program as it is, with its data in a PostgreSQL.
final class PostgresServeTest {
  private static final Pattern POST = Pattern.compile("-X POST '([^']+)'");
  private static final int KILLS = 4;
  private static final int CLIENTS = 32;

  private final String url = TestPostgres.ofItsOwn();

  private CampanaProcess serve(Path data, String... options) {
    return CampanaProcess.start(List.of(), Map.of("CAMPANA_DATABASE", url), data, options);
  }

  @Test
  void what_was_posted_is_read_after_a_restart_also_from_another_folder(@TempDir Path folder)
      throws Exception {
    var data = folder.resolve("data");
    String webhook;
    String space;
    try (var server = serve(data)) {
      assertThat(server.output()).contains("postgresql://127.0.0.1:").doesNotContain("postgres@");
      var printed = POST.matcher(server.output());
      assertThat(printed.find()).isTrue();
      webhook = printed.group(1);
      space = webhook.replaceFirst(".*(spaces/[^/]+)/.*", "$1");
      assertThat(server.post(webhook, "{\"text\":\"before\"}").statusCode()).isEqualTo(200);
      assertThat(server.request("POST", "/v1/server:backup", backup(folder)).body())
          .contains("pg_dump");
      assertThat(server.stop()).isEqualTo(143);
    }
    assertThat(data.resolve("campana.db")).doesNotExist();
    var other = Files.createDirectory(folder.resolve("other"));
    Files.copy(data.resolve("secret.key"), other.resolve("secret.key"));
    try (var server = serve(other)) {
      assertThat(server.output()).as("no first start").doesNotContain("curl");
      assertThat(server.call("GET", "/v1/" + space + "/messages", "").toString())
          .contains("before");
      var path = webhook.substring(webhook.indexOf("/v1/"));
      var answer = server.post(server.address() + path, "{\"text\":\"after\"}");
      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  private static String backup(Path folder) {
    return "{\"path\":\"%s\"}".formatted(folder.resolve("backup.zip"));
  }

  @Test
  void a_kill_at_any_moment_loses_no_answered_post_and_doubles_none(@TempDir Path folder) {
    var random = new Random(Long.getLong("campana.seed", System.nanoTime()));
    var posters = new Posters();
    for (int kill = 1; kill <= KILLS; kill++) {
      try (var server = serve(folder.resolve("data"))) {
        posters.repeatUnanswered(server);
        posters.postUntil(
            server,
            CLIENTS,
            4,
            () -> {
              posters.awaitPromised(1 + random.nextInt(300), Duration.ofSeconds(10));
              server.kill();
            });
      }
    }
    try (var server = serve(folder.resolve("data"))) {
      posters.repeatUnanswered(server);
      posters.check(server);
    }
    assertThat(posters.promised()).isGreaterThan(KILLS);
  }

  /// The far side is away until the process is dead that took the trigger.
  @Test
  void what_one_process_has_taken_another_delivers_soon_after_its_death(@TempDir Path folder)
      throws Exception {
    try (var chat = CampanaProcess.start(folder.resolve("chat"));
        var far = new SteadyAddress()) {
      var space = chat.space("Alarms");
      var config =
          Files.writeString(
              folder.resolve("relay.yaml"),
              """
              relay:
                destinations:
                  ops: { webhook: "%s", rate: 100/s, allow-private: true }
                routes:
                  texts: { source: text, auth: none, to: [ops] }
              """
                  .formatted(far.address() + space.path()));
      var one = folder.resolve("one");
      var other = Files.createDirectory(folder.resolve("other"));
      try (var first = serve(one, "--config", config.toString())) {
        Files.copy(one.resolve("secret.key"), other.resolve("secret.key"));
        try (var second = serve(other, "--config", config.toString())) {
          var answer = first.post(first.address() + "/in/texts", "disk full");
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
          first.kill();
          far.leadsTo(chat.address());
          Awaitility.await()
              .atMost(Duration.ofSeconds(30))
              .until(() -> messages(chat, space).contains("disk full"));
          assertThat(messages(chat, space).split("\"createTime\"", -1)).as("once").hasSize(2);
          assertThat(second.call("GET", "/v1/relay/lanes", "").toString()).contains("delivered");
        }
      }
    }
  }

  private static String messages(CampanaProcess chat, CampanaProcess.NewSpace space) {
    return chat.call("GET", "/v1/" + space.name() + "/messages", "").toString();
  }
}
