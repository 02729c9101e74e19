package campana.relay.delivery;

import static campana.relay.outbox.Drafts.apart;
import static campana.relay.outbox.Drafts.keyed;
import static campana.relay.outbox.Drafts.urgent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import campana.relay.outbox.Caps;
import campana.relay.outbox.Draft;
import campana.relay.outbox.Drafts;
import campana.relay.outbox.EntryState;
import campana.relay.outbox.Trust;
import campana.relay.source.State;
import campana.relay.store.SqliteOpened;
import campana.testkit.ScriptedAnswer;
import campana.testkit.ScriptedChat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a far side can do to us, over real sockets.
class FaultsTest {
  @TempDir Path folder;
  private final ScriptedChat chat = ScriptedChat.start();

  @AfterEach
  void end() {
    chat.close();
  }

  private LiveRig rig() {
    return new LiveRig(folder.resolve("data"), chat);
  }

  @Test
  void whatever_fails_is_repeated_under_one_requestId_until_it_is_taken() {
    chat.then(
        ScriptedAnswer.reset(),
        ScriptedAnswer.resetBeforeBody(),
        ScriptedAnswer.html(502),
        ScriptedAnswer.error(503, "UNAVAILABLE", "not now " + ScriptedChat.TOKEN),
        ScriptedAnswer.hang(),
        ScriptedAnswer.error(429, "RESOURCE_EXHAUSTED", "slow down").with("Retry-After", "1"),
        ScriptedAnswer.of(408, ""));
    try (var rig = rig()) {
      var id = rig.queue(keyed(rig.ops.credential(), "a", "thread"));
      rig.becomes(id, EntryState.DELIVERED);
      assertThat(chat.requests())
          .extracting(r -> r.query().get("requestId"))
          .containsOnly(rig.entry(id).entry().requestId());
      assertThat(chat.requests())
          .extracting(r -> r.body())
          .containsOnly("{\"thread\":{\"threadKey\":\"thread\"},\"text\":\"a\"}");
      assertThat(rig.entry(id).attempts())
          .extracting(a -> a.answer().status())
          .containsExactly(0, 0, 502, 503, 0, 429, 408, 200);
      assertThat(rig.entry(id).entry().messageName()).startsWith("spaces/AAA/messages/M");
      assertThat(rig.entry(id).attempts().toString()).doesNotContain(ScriptedChat.TOKEN);
      assertThat(new String(rig.opened.bytes(), StandardCharsets.ISO_8859_1))
          .contains("not now")
          .doesNotContain(ScriptedChat.TOKEN)
          .doesNotContain(ScriptedChat.KEY);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 413, 418, 409})
  void what_will_never_pass_is_a_dead_letter_after_one_attempt(int status) {
    try (var other = ScriptedChat.start();
        var rig = rig()) {
      chat.then(ScriptedAnswer.of(status, "").with("Location", other.url("AAA")));
      var id = rig.queue(apart(rig.ops.credential(), "a"));
      rig.becomes(id, EntryState.DEAD);
      assertThat(chat.requests()).hasSize(1);
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void a_parameter_that_no_address_may_have_is_a_dead_letter_and_told_without_the_address() {
    try (var rig = rig()) {
      var plain = apart(rig.ops.credential(), "a");
      var id =
          rig.queue(
              new Draft(
                  plain.credential(),
                  plain.route(),
                  plain.title(),
                  plain.priority(),
                  plain.body(),
                  plain.threading(),
                  "threadKey={a b}",
                  "",
                  plain.dedup(),
                  plain.keepTrying()));
      rig.becomes(id, EntryState.DEAD);
      assertThat(rig.entry(id).entry().reason())
          .contains("no address may have")
          .doesNotContain(ScriptedChat.KEY);
    }
  }

  @Test
  void a_409_after_an_unanswered_attempt_is_a_delivery() {
    chat.then(ScriptedAnswer.reset(), ScriptedAnswer.of(409, ""));
    try (var rig = rig()) {
      rig.becomes(rig.queue(apart(rig.ops.credential(), "a")), EntryState.DELIVERED);
    }
  }

  @Test
  void half_an_answer_of_success_is_success() {
    chat.then(ScriptedAnswer.of(200, "{\"name\":\"spaces/AAA/messages/M1.M1\"}").half());
    try (var rig = rig()) {
      rig.becomes(rig.queue(apart(rig.ops.credential(), "a")), EntryState.DELIVERED);
      assertThat(chat.requests()).hasSize(1);
    }
  }

  @Test
  void a_deleted_webhook_is_told_to_the_fallback_with_its_critical_triggers() {
    chat.otherwise(request ->
        request.space().equals("AAA")
            ? ScriptedAnswer.error(403, "PERMISSION_DENIED", "gone")
            : ScriptedAnswer.sent(request, 1));
    try (var rig = rig()) {
      rig.queue(apart(rig.ops.credential(), "harmless"));
      var held =
          rig.queue(urgent(Drafts.incident(rig.ops.credential(), "disk full", "d", State.FIRING)));
      await()
          .atMost(LiveRig.PATIENCE)
          .until(() -> chat.requests().stream().filter(r -> r.space().equals("BBB")).count() == 2);
      assertThat(chat.requests().stream().filter(r -> r.space().equals("BBB")).map(r -> r.body()))
          .anySatisfy(body -> assertThat(body).contains("*ops* non è raggiungibile", "gone"))
          .anySatisfy(body -> assertThat(body).contains("[ops] disk full"))
          .allSatisfy(body -> assertThat(body).contains("campana-untold-"));
      rig.delivered(2);
      assertThat(rig.entry(held).entry().state()).isEqualTo(EntryState.WAITING);
    }
  }

  @Test
  void an_address_that_may_not_be_asked_is_not_asked_and_its_queue_is_kept() {
    var opened =
        SqliteOpened.at(
            folder.resolve("data"), Caps.DEFAULT, Duration.ofMinutes(5), Clock.systemUTC());
    try (var rig = new LiveRig(chat, opened, false, LiveRig.SHORT)) {
      var id = rig.queue(apart(rig.ops.credential(), "a"));
      await()
          .atMost(LiveRig.PATIENCE)
          .until(() ->
              rig.opened.records().lanes().getFirst().credentials().getFirst().trust()
                  == Trust.HELD);
      assertThat(rig.entry(id).entry().state()).isEqualTo(EntryState.WAITING);
      assertThat(rig.entry(id).entry().reason()).contains("allow-private");
      assertThat(chat.requests()).isEmpty();
    }
  }

  @Test
  void a_close_lets_what_is_under_way_end_and_begins_nothing_new() {
    chat.then(ScriptedAnswer.of(200, "{}").after(Duration.ofMillis(400)));
    var rig = rig();
    var first = rig.queue(Drafts.inLine(rig.ops.credential(), "a"));
    var second = rig.queue(Drafts.inLine(rig.ops.credential(), "b"));
    chat.await(1, LiveRig.PATIENCE);
    rig.delivery.close();
    assertThat(rig.entry(first).entry().state()).isEqualTo(EntryState.DELIVERED);
    assertThat(rig.entry(second).entry().state()).isEqualTo(EntryState.WAITING);
    assertThat(chat.requests()).hasSize(1);
    rig.close();
  }

  @Test
  void what_a_kill_cuts_off_is_sent_again_under_its_requestId() {
    chat.then(ScriptedAnswer.of(200, "{}").after(Duration.ofSeconds(5)));
    SqliteOpened killed;
    try (var rig = rig()) {
      rig.queue(apart(rig.ops.credential(), "a"));
      chat.await(1, LiveRig.PATIENCE);
      killed = rig.opened.killed();
    }
    try (var rig = new LiveRig(chat, killed, true, LiveRig.SHORT)) {
      rig.delivered(1);
      assertThat(chat.requests().stream().map(r -> r.query().get("requestId")).distinct())
          .hasSize(1);
    }
  }
}
