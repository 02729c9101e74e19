package campana.relay.delivery;

import static campana.relay.outbox.Drafts.apart;
import static campana.relay.outbox.Drafts.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import campana.relay.outbox.Caps;
import campana.relay.outbox.Draft;
import campana.relay.outbox.Drafts;
import campana.relay.outbox.EntryState;
import campana.relay.outbox.Trust;
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

/// What a far side can do to us and [FaultsOverHttpTest] cannot play, and what we do to it.
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
  void a_connection_that_is_reset_before_the_body_was_read_is_tried_again() {
    chat.then(
        ScriptedAnswer.resetBeforeBody(),
        ScriptedAnswer.error(503, "UNAVAILABLE", "not now " + ScriptedChat.TOKEN));
    try (var rig = rig()) {
      var id = rig.queue(keyed(rig.ops.credential(), "a", "thread"));
      rig.becomes(id, EntryState.DELIVERED);
      assertThat(rig.entry(id).attempts())
          .extracting(a -> a.answer().status())
          .containsExactly(0, 503, 200);
      assertThat(rig.entry(id).attempts().toString()).doesNotContain(ScriptedChat.TOKEN);
      assertThat(new String(rig.opened.bytes(), StandardCharsets.ISO_8859_1))
          .contains("not now")
          .doesNotContain(ScriptedChat.TOKEN)
          .doesNotContain(ScriptedChat.KEY);
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
  void an_address_that_may_not_be_asked_is_not_asked_and_its_queue_is_kept() {
    var opened =
        SqliteOpened.at(
            folder.resolve("data"), Caps.DEFAULT, Duration.ofMinutes(5), Clock.systemUTC());
    try (var rig = new LiveRig(chat::url, opened, false, LiveRig.SHORT)) {
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
    try (var rig = new LiveRig(chat::url, killed, true, LiveRig.SHORT)) {
      rig.delivered(1);
      assertThat(chat.requests().stream().map(r -> r.query().get("requestId")).distinct())
          .hasSize(1);
    }
  }
}
