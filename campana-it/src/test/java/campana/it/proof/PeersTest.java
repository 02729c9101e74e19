package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Other people's tools, unchanged: Debian's Apprise, which knows only Google's host, and Google's
/// Node.js client.
@Tag("proofs")
final class PeersTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path PEERS =
      Path.of(System.getProperty("campana.root"), "campana-it/src/test/peers");

  @Test
  void debians_apprise_posts_and_what_it_posted_is_there_after_a_restart(@TempDir Path folder)
      throws Exception {
    var certificate = folder.resolve("server.pem");
    var key = folder.resolve("server.key");
    Tools.certificate(
        folder, certificate, key, "chat.googleapis.com", "DNS:chat.googleapis.com,IP:127.0.0.1");
    String[] tls = {"--tls-cert", certificate.toString(), "--tls-key", key.toString()};
    var data = folder.resolve("data");
    String space;
    try (var plain = CampanaProcess.start(data)) {
      var made = plain.space("Apprise");
      space = made.name();
      Files.writeString(folder.resolve("url"), made.path());
      plain.stop();
    }
    var query = URI.create(Files.readString(folder.resolve("url"))).getQuery();
    var credentials =
        Arrays.stream(query.split("&"))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(p -> p[0], p -> p[1]));
    var target =
        "gchat://%s/%s/%s/deploys"
            .formatted(
                space.substring("spaces/".length()),
                credentials.get("key"),
                credentials.get("token"));
    try (var server = CampanaProcess.start(data, tls)) {
      var said =
          Tools.run(
              folder,
              Map.of(
                  "PYTHONPATH", PEERS.resolve("resolve").toString(),
                  "CAMPANA_PORT", String.valueOf(server.address().getPort()),
                  "REQUESTS_CA_BUNDLE", certificate.toString()),
              "/usr/bin/apprise",
              "-vv",
              "-b",
              "Disk full on db-1",
              target);
      assertThat(said).contains("Sent Google Chat notification.");
      server.stop();
    }
    try (var again = CampanaProcess.start(data)) {
      var messages = again.call("GET", "/v1/" + space + "/messages", "").path("messages");
      assertThat(messages.size()).isOne();
      assertThat(messages.path(0).path("text").asString()).isEqualTo("Disk full on db-1");
      var reply =
          again.post(
              again.address().resolve(Files.readString(folder.resolve("url")))
                  + "&messageReplyOption=REPLY_MESSAGE_OR_FAIL",
              "{\"text\":\"resolved\",\"thread\":{\"threadKey\":\"deploys\"}}");
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
      assertThat(JSON.readTree(reply.body()).path("thread").path("name"))
          .isEqualTo(messages.path(0).path("thread").path("name"));
    }
  }

  @Test
  void googles_node_client_posts_replies_lists_and_reads_refusals(@TempDir Path folder)
      throws Exception {
    Tools.run(
        folder,
        Map.of(),
        "npm",
        "install",
        "--no-audit",
        "--no-fund",
        "--silent",
        "@googleapis/chat@51");
    Files.copy(PEERS.resolve("google-node.js"), folder.resolve("google-node.js"));
    try (var server = CampanaProcess.start(folder.resolve("data"))) {
      var space = server.space("Node");
      var said =
          Tools.run(
              folder,
              Map.of(
                  "WEBHOOK_URL", server.address().resolve(space.path()).toString(),
                  "CAMPANA_TOKEN", server.token()),
              "node",
              "google-node.js");
      JsonNode seen = JSON.readTree(said.substring(said.indexOf('{')));
      assertThat(seen.path("first").path("name").asString())
          .startsWith(space.name() + "/messages/");
      assertThat(seen.path("second").path("thread").path("name"))
          .isEqualTo(seen.path("first").path("thread").path("name"));
      assertThat(seen.path("refused").path("status").asInt()).isEqualTo(404);
      assertThat(seen.path("texts").valueStream().map(JsonNode::asString))
          .containsExactly("from node", "reply from node");
      assertThat(seen.path("space").asString()).isEqualTo("Node");
    }
  }
}
