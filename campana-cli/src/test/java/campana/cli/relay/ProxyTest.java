package campana.cli.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.cli.Live;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A tool that knows only the far side's address has its host changed, and nothing else. The far
/// side is another server of ours.
class ProxyTest {
  @TempDir Path near = Path.of("");
  @TempDir Path far = Path.of("");
  private Relaying proxy;
  private Live upstream;
  private String target;

  @BeforeEach
  void start() throws IOException {
    proxy = new Relaying(near);
    upstream = Live.start(far);
    upstream.says("space", "set", "Quickstart", "--quota", "1000/s,1000");
    var url = upstream.serving().made().orElseThrow().webhookUrl();
    target = url.substring(url.indexOf("/v1/"));
  }

  @AfterEach
  void stop() {
    proxy.close();
    upstream.close();
  }

  private void configured() throws IOException {
    proxy.config(
        """
        relay:
          upstream: { url: "%s", rate: 100/s, allow-private: true }
        """
            .formatted(upstream.serving().address()));
  }

  private Relaying.Answer post(String query, String body) {
    return proxy.post(target + query, body.getBytes(UTF_8), "Content-Type", "application/json");
  }

  @Test
  void a_post_to_a_space_of_the_far_side_is_answered_once_on_disk_and_arrives() throws IOException {
    configured();
    var answer = post("", "{\"text\":\"Build 88 failed\"}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("name").asString()).startsWith(space() + "/messages/cmpq");
    assertThat(answer.json().path("thread").path("name").asString())
        .startsWith(space() + "/threads/cmpq");
    proxy.delivered(1);
    assertThat(upstream.says("tail", "Quickstart", "--no-follow")).contains("Build 88 failed");
  }

  private String space() {
    return target.replaceFirst("/v1/(spaces/[^/]+)/.*", "$1");
  }

  @Test
  void mistakes_are_told_at_once_in_the_same_words_as_there() throws IOException {
    configured();
    var body = "{\"text\":7,\"nonsense\":1}";
    var here = post("", body);
    assertThat(here.status()).isEqualTo(400);
    try (var direct = java.net.http.HttpClient.newHttpClient()) {
      var there =
          direct.send(
              java.net.http.HttpRequest.newBuilder(
                      java.net.URI.create(upstream.serving().address() + target))
                  .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              java.net.http.HttpResponse.BodyHandlers.ofString());
      assertThat(here.body()).isEqualTo(there.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertThat(proxy.status().path("entries").path("accepted").asInt()).isZero();
  }

  @Test
  void a_burst_arrives_whole_and_in_order_and_nobody_sees_anything_but_200() throws IOException {
    configured();
    var statuses = new ArrayList<Integer>();
    for (int i = 0; i < 40; i++) {
      statuses.add(post("", "{\"text\":\"n" + i + "\"}").status());
    }
    assertThat(statuses).containsOnly(200);
    proxy.delivered(40);
    var texts =
        Relaying.messages(far, target).stream()
            .map(message -> message.path("text").asString(""))
            .toList();
    assertThat(texts)
        .containsExactlyElementsOf(IntStream.range(0, 40).mapToObj(i -> "n" + i).toList());
  }

  @Test
  void a_name_that_we_gave_leads_a_reply_into_the_real_thread() throws IOException {
    configured();
    var option = "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD";
    var first = post("", "{\"text\":\"opens\"}");
    var name = first.json().path("thread").path("name").asString();
    var reply = post(option, "{\"text\":\"replies\",\"thread\":{\"name\":\"" + name + "\"}}");
    assertThat(reply.status()).isEqualTo(200);
    proxy.delivered(2);
    var messages = Relaying.messages(far, target);
    assertThat(Relaying.thread(messages.get(1))).isEqualTo(Relaying.thread(messages.get(0)));
  }

  @Test
  void a_repeated_request_id_is_queued_once() throws IOException {
    configured();
    var first = post("&requestId=r-1", "{\"text\":\"once\"}");
    var second = post("&requestId=r-1", "{\"text\":\"once\"}");
    assertThat(second.json()).isEqualTo(first.json());
    proxy.delivered(1);
  }

  @Test
  void an_unknown_thread_with_or_fail_is_refused_as_there() throws IOException {
    configured();
    var answer =
        post(
            "&messageReplyOption=REPLY_MESSAGE_OR_FAIL",
            "{\"text\":\"x\",\"thread\":{\"threadKey\":\"never\"}}");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).contains("NOT_FOUND");
  }

  @Test
  void a_space_of_our_own_never_goes_there_not_even_when_it_is_deleted() throws IOException {
    configured();
    var own = proxy.webhook();
    var path = own.substring(own.indexOf("/v1/"));
    assertThat(proxy.post(path, "{\"text\":\"hi\"}".getBytes(UTF_8)).status()).isEqualTo(200);
    proxy.live().says("space", "delete", "Quickstart");
    var gone = proxy.post(path, "{\"text\":\"hi\"}".getBytes(UTF_8));
    assertThat(gone.status()).isBetween(400, 499);
    assertThat(proxy.status().path("entries").path("accepted").asInt()).isZero();
  }

  @Test
  void an_upstream_that_is_this_server_by_its_port_of_today_is_refused() throws IOException {
    Files.writeString(
        near.resolve("campana.yaml"),
        "relay: { upstream: { url: \"" + proxy.live().serving().address() + "\" } }");
    var ran = proxy.live().campana("reload");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("relay.upstream.url: is this server itself");
  }

  @Test
  void two_relays_that_hand_on_to_each_other_end_the_round_in_a_dead_letter_that_says_why()
      throws IOException {
    configured();
    Files.writeString(
        far.resolve("campana.yaml"),
        """
        relay:
          upstream: { url: "%s", rate: 100/s, allow-private: true }
        """
            .formatted(proxy.live().serving().address()));
    upstream.says("reload");
    var path = "/v1/spaces/NOBODYS/messages?key=k&token=t";
    assertThat(proxy.post(path, "{\"text\":\"round\"}".getBytes(UTF_8)).status()).isEqualTo(200);
    proxy.delivered(1);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !upstream.says("relay", "dead", "list").isEmpty());
    assertThat(upstream.says("relay", "dead", "list")).contains("400: ", "in a circle", "round");
    assertThat(proxy.status().path("entries").path("accepted").asInt()).isEqualTo(1);
  }

  @Test
  void without_an_upstream_it_is_refused_as_ever() throws IOException {
    var before = post("", "{\"text\":\"x\"}");
    assertThat(before.status()).isEqualTo(400);
    assertThat(before.body()).contains("API key not valid");
    proxy.config("relay:\n  upstream: { url: \"https://chat.example.org\", spaces: [OTHER] }\n");
    assertThat(post("", "{\"text\":\"x\"}").body()).isEqualTo(before.body());
  }
}
