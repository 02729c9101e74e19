package campana.relay.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import campana.relay.outbox.Caps;
import campana.relay.outbox.Credential;
import campana.relay.outbox.Drafts;
import campana.relay.store.SqliteOpened;
import campana.testkit.ScriptedAnswer;
import campana.testkit.ScriptedChat;
import campana.wire.WebhookUrl;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many lanes at once. How fast is for the bench to say; here it is that each message comes once,
/// in its lane's order.
class ManyLanesTest {
  private static final int LANES = 200;

  @TempDir Path folder;

  private LiveRig rig(ScriptedChat chat) {
    chat.otherwise(_ -> ScriptedAnswer.of(200, "{}"));
    var opened =
        SqliteOpened.at(
            folder.resolve("data"), Caps.DEFAULT, Duration.ofMinutes(5), Clock.systemUTC());
    return new LiveRig(chat::url, opened, true, LiveRig.PATIENCE);
  }

  @Test
  void two_hundred_lanes_with_a_backlog_are_emptied_each_in_its_order() throws Exception {
    try (var chat = ScriptedChat.start();
        var rig = rig(chat);
        var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      var posts = new ArrayList<Callable<Object>>();
      for (var lane = 0; lane < LANES; lane++) {
        var credential = Credential.of(WebhookUrl.parse(chat.url("L" + lane)), "");
        posts.add(() ->
            IntStream.range(0, 5)
                .mapToObj(n -> rig.delivery.wirePosts().post(Drafts.inLine(credential, "a" + n)))
                .toList());
      }
      senders.invokeAll(posts);
      await()
          .atMost(LiveRig.PATIENCE.multipliedBy(4))
          .until(() -> rig.opened.records().sums().entries().delivered() == 5 * LANES);
      assertThat(chat.requests()).hasSize(5 * LANES);
      for (var lane = 0; lane < LANES; lane++) {
        var space = "L" + lane;
        List<String> bodies =
            chat.requests().stream()
                .filter(r -> r.space().equals(space))
                .map(r -> r.body().replaceAll("[^0-9]", ""))
                .toList();
        assertThat(bodies).containsExactly("0", "1", "2", "3", "4");
      }
    }
  }
}
