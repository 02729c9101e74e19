package campana.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import campana.form.Draft;
import campana.server.feed.SpaceFeed;
import campana.server.message.Message;
import campana.server.message.MessageDesk;
import campana.server.message.PostRules;
import campana.server.message.Posted;
import campana.server.quota.QuotaRate;
import campana.server.space.Space;
import campana.server.space.SpaceType;
import campana.server.space.ThreadingState;
import campana.server.webhook.Webhook;
import campana.testkit.FreshDatabase;
import campana.testkit.Kind;
import campana.wire.MessageReplyOption;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is in memory of spaces at rest goes where there is too much of it, and nothing is forgotten
/// with it.
class ShelvesTest {
  private static final int MOST = 8;
  private static final int SPACES = 40;
  private static final QuotaRate FREE = new QuotaRate(Duration.ofNanos(1_000), 1_000);

  @TempDir Path folder;
  private FreshDatabase fresh;
  private LoggedMessages messages;
  private MessageDesk desk;

  @BeforeEach
  void open() {
    fresh = FreshDatabase.of(Kind.SQLITE, folder, ChatSchema.FILE, ChatSchema.migrations());
    var clock = Clock.systemUTC();
    messages =
        LoggedMessages.opened(fresh.database(), new SecureRandom(), clock, new SpaceFeed(), MOST);
    desk =
        new MessageDesk(
            messages.ledger(), messages, messages.ids(), () -> PostRules.DEFAULT, clock);
  }

  @AfterEach
  void close() {
    messages.close();
    fresh.close();
  }

  private static String id(int number) {
    return "cmpShelf%03d".formatted(number);
  }

  /// @param key empty: none
  private boolean posted(int number, String key) {
    var space =
        new Space(
            id(number),
            "Team",
            "",
            SpaceType.SPACE,
            ThreadingState.THREADED_MESSAGES,
            FREE,
            Instant.EPOCH,
            null);
    var draft =
        new Draft(
            "up",
            "{\"text\":\"up\"}".getBytes(StandardCharsets.UTF_8),
            key,
            "",
            key.isEmpty()
                ? MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED
                : MessageReplyOption.REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD,
            "",
            "");
    var webhook = new Webhook(id(number), "w1", "Bell", "", Instant.EPOCH, null);
    return desk.post(space, webhook, draft) instanceof Posted.Created;
  }

  private List<Long> positions(int number) {
    return messages.since(id(number), 0, 10_000).stream().map(Message::position).toList();
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void what_is_filed_goes_and_the_space_goes_on_where_it_was() {
    for (var round = 1; round <= 3; round++) {
      for (var n = 0; n < SPACES; n++) {
        assertThat(posted(n, "disk")).isTrue();
      }
      messages.fileNow();
      assertThat(messages.shelves()).isLessThanOrEqualTo(MOST);
    }
    for (var n = 0; n < SPACES; n++) {
      assertThat(positions(n)).isEqualTo(upTo(3));
      assertThat(messages.thread(id(n), 1, 10)).as("one key, one thread").hasSize(3);
    }
  }

  @Test
  void too_many_are_filed_before_their_time() {
    for (var n = 0; n < SPACES; n++) {
      posted(n, "");
    }
    var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos(); // a round: 30
    while (messages.shelves() > MOST && System.nanoTime() < deadline) {
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(messages.shelves()).isLessThanOrEqualTo(MOST);
  }

  @Test
  void no_post_is_lost_or_numbered_twice_while_shelves_go() throws InterruptedException {
    var stored = new AtomicIntegerArray(SPACES);
    var over = new AtomicBoolean();
    var filing =
        Thread.ofPlatform()
            .start(() -> {
              while (!over.get()) {
                messages.fileNow();
              }
            });
    var posting =
        IntStream.range(0, 8)
            .mapToObj(_ ->
                Thread.ofPlatform()
                    .start(() -> {
                      for (var i = 0; i < 400; i++) {
                        var number = ThreadLocalRandom.current().nextInt(SPACES);
                        if (posted(number, i % 3 == 0 ? "disk" : "")) {
                          stored.incrementAndGet(number);
                        }
                      }
                    }))
            .toList();
    for (var thread : posting) {
      thread.join();
    }
    over.set(true);
    filing.join();
    for (var n = 0; n < SPACES; n++) {
      assertThat(positions(n)).as(id(n)).isEqualTo(upTo(stored.get(n)));
    }
    assertThat(messages.shelves()).isLessThan(SPACES);
  }
}
