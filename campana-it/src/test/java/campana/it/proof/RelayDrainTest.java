package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import campana.testkit.ScriptedAnswer;
import campana.testkit.ScriptedChat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGTERM of the whole process: attempts under way end and are stored, what waits goes on with the
/// next start, nothing is sent twice, and the end comes within the time that docs/relay.md states.
@Tag("proofs")
final class RelayDrainTest {
  /// By signal 15.
  private static final int BY_SIGTERM = 143;

  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration AT_MOST = Duration.ofSeconds(10);

  @TempDir Path folder;
  private Path config;

  @BeforeEach
  void start() {
    config = folder.resolve("relay.yaml");
  }

  private CampanaProcess relay() {
    return CampanaProcess.start(folder.resolve("relay"), "--config", config.toString());
  }

  private void leadingTo(ScriptedChat chat) throws Exception {
    Files.writeString(
        config,
        """
        relay:
          destinations:
            ops: { webhook: "%s", rate: 100/s, allow-private: true }
          routes:
            texts: { source: text, auth: none, to: [ops] }
        """
            .formatted(chat.url("S")));
  }

  private static void trigger(CampanaProcess relay, String text) {
    var answer = relay.post(relay.address() + "/in/texts", text);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /// Ends it by SIGTERM.
  ///
  /// @return how long that took
  private static Duration stopped(CampanaProcess relay) {
    var from = System.nanoTime();
    assertThat(relay.stop()).isEqualTo(BY_SIGTERM);
    return Duration.ofNanos(System.nanoTime() - from);
  }

  private static List<String> requestIds(ScriptedChat chat) {
    return chat.requests().stream().map(request -> request.query().get("requestId")).toList();
  }

  @Test
  void an_attempt_under_way_ends_and_is_not_made_again() throws Exception {
    try (var chat = ScriptedChat.start()) {
      chat.otherwise(request -> ScriptedAnswer.sent(request, 1).after(Duration.ofSeconds(2)));
      leadingTo(chat);
      try (var relay = relay()) {
        trigger(relay, "first");
        trigger(relay, "second");
        chat.await(1, Duration.ofSeconds(20));
        assertThat(stopped(relay)).isBetween(Duration.ofMillis(500), AT_MOST);
      }
      assertThat(chat.requests()).hasSize(1);
      try (var again = relay()) {
        Told.awaitDelivery(again, Duration.ofSeconds(20));
        assertThat(requestIds(chat)).hasSize(2).doesNotHaveDuplicates();
        var status = again.call("GET", "/v1/relay/status", "");
        assertThat(status.path("sumsHold").asBoolean(false)).as("%s", status).isTrue();
        assertThat(status.path("entries").path("delivered").asInt()).isEqualTo(2);
      }
    }
  }

  @Test
  void a_far_side_that_hangs_is_left_after_the_grace_and_asked_again_with_the_same_id()
      throws Exception {
    try (var chat = ScriptedChat.start()) {
      chat.then(ScriptedAnswer.hang());
      leadingTo(chat);
      try (var relay = relay()) {
        trigger(relay, "only");
        chat.await(1, Duration.ofSeconds(20));
        assertThat(stopped(relay)).isBetween(GRACE, AT_MOST);
      }
      try (var again = relay()) {
        Told.awaitDelivery(again, Duration.ofSeconds(20));
      }
      assertThat(requestIds(chat)).hasSize(2);
      assertThat(requestIds(chat).stream().distinct()).hasSize(1);
    }
  }

  @Test
  void under_load_nothing_is_lost_and_nothing_is_sent_twice() throws Exception {
    var random = new Random(Long.getLong("campana.seed", System.nanoTime()));
    try (var chat = CampanaProcess.start(folder.resolve("chat"));
        var senders = new Senders(chat)) {
      Files.writeString(config, senders.config(chat.address(), "200/s"));
      senders.start();
      for (int stop = 0; stop < 3; stop++) {
        try (var relay = relay()) {
          senders.leadTo(relay.address());
          senders.allow(200);
          senders.awaitAccepted(20 + random.nextInt(150), Duration.ofSeconds(10));
          assertThat(stopped(relay)).isLessThan(AT_MOST);
        }
      }
      try (var relay = relay()) {
        senders.leadTo(relay.address());
        var told = senders.finish();
        Told.awaitDelivery(relay, Duration.ofSeconds(60));
        told.check(chat, relay.call("GET", "/v1/relay/status", ""));
        assertThat(told.cut()).as("orderly ends cut nobody off").isEmpty();
        var entries = relay.call("GET", "/v1/relay/entries?state=DELIVERED&pageSize=1000", "");
        assertThat(entries.path("entries"))
            .hasSizeGreaterThan(100)
            .allSatisfy(
                entry -> assertThat(entry.path("attempts").asInt()).as("%s", entry).isOne());
      }
    }
  }
}
