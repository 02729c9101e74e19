package campana.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import campana.form.Draft;
import campana.server.feed.SpaceFeed;
import campana.server.message.MessageDesk;
import campana.server.message.PostRules;
import campana.server.message.Posted;
import campana.server.people.People;
import campana.server.people.Person;
import campana.server.quota.QuotaRate;
import campana.server.space.NewSpace;
import campana.server.space.Space;
import campana.server.space.Spaces;
import campana.server.webhook.Webhook;
import campana.testkit.FreshDatabase;
import campana.testkit.Kind;
import campana.testkit.ManualClock;
import campana.wire.MessageReplyOption;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Kind.class)
class SpacePurgeTest {
  private static final List<String> TABLES =
      List.of("space", "member", "webhook", "message", "thread_key", "request", "space_head");

  /// What leads to messages where they are in a log.
  private static final List<String> INDEXES = List.of("reply_at", "message_alias");

  @TempDir Path folder;
  private final Kind kind;
  private final ManualClock clock = new ManualClock();
  private final List<String> gone = new ArrayList<>();
  private FreshDatabase fresh;
  private SqlMessages messages;
  private MessageDesk desk;
  private Spaces spaces;
  private Person owner;
  private int number;

  SpacePurgeTest(Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    var chance = new SecureRandom();
    fresh = FreshDatabase.of(kind, folder, ChatSchema.FILE, ChatSchema.migrations());
    messages = SqlMessages.open(fresh.database(), chance, clock, new SpaceFeed());
    desk =
        new MessageDesk(
            messages.ledger(), messages, messages.ids(), () -> PostRules.DEFAULT, clock);
    spaces = new Spaces(new SqlSpaces(fresh.database()), clock, chance);
    owner =
        new People(new SqlPeople(fresh.database()), clock, chance)
            .create("", "Owner", true)
            .done()
            .orElseThrow();
  }

  @AfterEach
  void close() {
    messages.close();
    fresh.close();
  }

  /// A space with a webhook, a key, two request ids and `replies` answers.
  private Space filled(int replies) {
    var space = spaces.create(NewSpace.named("Ops"), owner).done().orElseThrow();
    spaces.setQuota(space.id(), new QuotaRate(Duration.ofNanos(1000), 1000));
    space = spaces.find(space.id()).orElseThrow();
    var webhook = new Webhook(space.id(), "w1", "Bell", "", clock.instant(), null);
    new SqlWebhooks(fresh.database()).insert(webhook, new byte[32], "sealed");
    for (var i = 0; i <= replies; i++) {
      clock.advance(Duration.ofMillis(1));
      number++;
      var draft =
          new Draft(
              "x",
              "{\"text\":\"x\"}".getBytes(StandardCharsets.UTF_8),
              "k",
              "",
              MessageReplyOption.REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD,
              i < 2 ? "r" + number : "",
              i == 0 ? "client-a" : "");
      assertThat(desk.post(space, webhook, draft)).isInstanceOf(Posted.Created.class);
    }
    messages.fileNow();
    return space;
  }

  private int rows(String table, Space space) {
    return fresh
        .database()
        .read(tx ->
            tx.query("select 1 from " + table + " where space_id = ?", _ -> 1, space.id()).size());
  }

  private void sweep() {
    try (var retention = messages.retention(() -> Duration.ofDays(400), gone::add)) {
      retention.runOnce();
    }
  }

  @Test
  void a_space_goes_with_all_it_had_once_it_cannot_be_restored_any_more() {
    var deleted = filled(1200);
    var stays = filled(3);
    spaces.delete(deleted.id(), owner);
    clock.advance(Spaces.GRACE.minusMinutes(1));
    sweep();
    assertThat(rows("message", deleted)).isEqualTo(1201);
    clock.advance(Duration.ofMinutes(2));
    sweep();
    var tables = new ArrayList<>(TABLES);
    tables.addAll(kind == Kind.SQLITE ? INDEXES : List.of());
    assertThat(tables).allSatisfy(table -> assertThat(rows(table, deleted)).as(table).isZero());
    assertThat(gone).containsExactly(deleted.id());
    assertThat(spaces.find(deleted.id())).isEmpty();
    assertThat(messages.lastPosition(deleted.id())).isZero();
    assertThat(rows("message", stays)).isEqualTo(4);
    assertThat(rows("webhook", stays)).isOne();
    assertThat(rows("audit", deleted)).as("who deleted it is still known").isOne();
    sweep();
    assertThat(gone).hasSize(1);
  }

  @Test
  void a_restored_space_stays() {
    var space = filled(1);
    spaces.delete(space.id(), owner);
    spaces.restore(space.id(), owner);
    clock.advance(Spaces.GRACE.multipliedBy(2));
    sweep();
    assertThat(rows("message", space)).isEqualTo(2);
    assertThat(gone).isEmpty();
  }
}
