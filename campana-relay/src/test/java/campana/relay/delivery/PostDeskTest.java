package campana.relay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Drafts;
import campana.relay.outbox.EntryState;
import campana.relay.outbox.Threading.Missing;
import campana.testkit.ScriptedAnswer;
import campana.testkit.ScriptedChat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostDeskTest {
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
  void three_hundred_posts_at_once_of_a_webhook_never_seen_all_arrive_once_and_in_order()
      throws Exception {
    try (var rig = rig();
        var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      var posts = new ArrayList<Callable<Posted>>();
      for (var n = 0; n < 300; n++) {
        var draft = Drafts.inLine(rig.sender("CCC"), "post " + n);
        posts.add(() -> rig.delivery.wirePosts().post(draft));
      }
      for (var posted : senders.invokeAll(posts)) {
        assertThat(answer(posted)).isInstanceOf(Posted.Ok.class);
      }
      rig.delivered(300);
      var order =
          rig.opened.records().entries(EntryState.DELIVERED, Optional.empty(), 1000).stream()
              .sorted((one, other) -> Long.compare(one.id().seq(), other.id().seq()))
              .map(entry -> "{\"text\":\"" + entry.title() + "\"}")
              .toList();
      assertThat(chat.requests()).extracting(r -> r.body()).containsExactlyElementsOf(order);
    }
  }

  private static Posted answer(java.util.concurrent.Future<Posted> posted)
      throws ExecutionException, InterruptedException {
    return posted.get();
  }

  @Test
  void key_and_token_go_out_as_they_were_written() {
    try (var rig = rig()) {
      rig.delivery.wirePosts().post(Drafts.inLine(rig.sender("CCC"), "a"));
      chat.await(1, LiveRig.PATIENCE);
      var target = chat.requests().getFirst().target();
      assertThat(target).startsWith(chat.url("CCC").substring(chat.address().toString().length()));
    }
  }

  @Test
  void a_wrong_token_is_forbidden_at_once_from_its_first_refusal_on() {
    chat.otherwise(_ -> ScriptedAnswer.error(403, "PERMISSION_DENIED", "no"));
    try (var rig = rig()) {
      var posts = rig.delivery.wirePosts();
      assertThat(posts.post(Drafts.inLine(rig.sender("CCC"), "a"))).isInstanceOf(Posted.Ok.class);
      rig.becomes(
          new campana.relay.outbox.EntryId(rig.sender("CCC").lane().id(), 1), EntryState.DEAD);
      assertThat(posts.post(Drafts.inLine(rig.sender("CCC"), "b")))
          .isInstanceOf(Posted.Forbidden.class);
      assertThat(chat.requests()).hasSize(1);
    }
  }

  @Test
  void a_reply_that_must_not_open_a_thread_hears_what_the_far_side_says() {
    chat.then(
        ScriptedAnswer.error(404, "NOT_FOUND", "no such thread"),
        ScriptedAnswer.error(429, "RESOURCE_EXHAUSTED", "later").with("Retry-After", "1"));
    try (var rig = rig()) {
      var posts = rig.delivery.wirePosts();
      var draft = Drafts.wireKey(rig.sender("CCC"), "a", "build", Missing.FAIL);
      assertThat(posts.post(draft)).isEqualTo(new Posted.NoThread());
      assertThat(posts.post(draft)).isInstanceOf(Posted.TooMany.class);
      var sent = (Posted.Ok) posts.post(draft);
      assertThat(sent.messageName()).startsWith("spaces/CCC/messages/M");
      var queued = (Posted.Ok) posts.post(draft);
      assertThat(queued.messageName()).as("the key is known now").contains("cmpq");
      rig.delivered(2);
      assertThat(rig.opened.records().sums().entries().accepted()).isEqualTo(2);
    }
  }

  @Test
  void a_reply_that_was_delivered_is_known_when_its_sender_tries_again() {
    try (var rig = rig()) {
      var posts = rig.delivery.wirePosts();
      var reply = Drafts.wireKey(rig.sender("CCC"), "a", "build", Missing.FAIL);
      var draft = Drafts.once(reply, "request-1");
      assertThat(posts.post(draft)).isInstanceOf(Posted.Ok.class);
      assertThat(posts.post(draft)).isInstanceOf(Posted.Ok.class);
      assertThat(posts.post(Drafts.once(reply, "request-2"))).isInstanceOf(Posted.Ok.class);
      rig.delivered(2);
      assertThat(chat.requests()).hasSize(2);
      assertThat(rig.opened.records().sums().triggers().duplicate()).isEqualTo(1);
    }
  }
}
