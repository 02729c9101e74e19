package campana.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import campana.form.Draft;
import campana.server.feed.SpaceFeed;
import campana.server.message.Message;
import campana.server.message.MessageDesk;
import campana.server.message.PostRules;
import campana.server.message.Posted;
import campana.server.space.Space;
import campana.server.space.SpaceType;
import campana.server.space.ThreadingState;
import campana.server.webhook.Webhook;
import campana.store.Buckets;
import campana.store.Migrations;
import campana.testkit.FreshDatabase;
import campana.testkit.ManualClock;
import campana.wire.MessageReplyOption;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder from before messages led to one another: an index said where each position stands, and
/// of what came last some was not filed.
class TrailMigrationTest {
  private static final List<String> SPACES = List.of("AAAAone", "AAAAtwo");
  private static final int EACH = 700;
  private static final int FILED = 1200; // of 1400
  private static final int TAKEN = 99; // by retention

  @TempDir Path folder;

  private void before() {
    var steps =
        Migrations.of(
            ChatSchema.class,
            "campana/server/store/chat",
            "V1__spaces_and_people.sql",
            "V2__messages.sql",
            "V3__space_description.sql",
            "V4__listings.sql");
    try (var fresh = FreshDatabase.at(folder, ChatSchema.FILE, steps)) {
      fresh
          .database()
          .write(tx -> {
            for (var entry = TAKEN + 1; entry <= 2 * EACH; entry++) {
              var space = SPACES.get(entry % 2);
              var position = (entry + 1) / 2;
              tx.update(
                  """
                  insert into message (entry, bucket, space_id, position, thread, webhook_id,
                      create_time, quota_state, content) values (?, ?, ?, ?, ?, 'w', ?, 7, x'7b7d')\
                  """,
                  entry,
                  Buckets.of(space),
                  space,
                  position,
                  position,
                  1_000_000L + entry);
              if (entry <= FILED) {
                tx.update(
                    """
                    insert into message_at (bucket, space_id, position, entry)
                    values (?, ?, ?, ?)\
                    """,
                    Buckets.of(space),
                    space,
                    position,
                    entry);
              }
            }
            tx.update("insert into setting (name, value) values ('messages.filed', ?)", "" + FILED);
            return tx.update(
                """
                insert into space_head (bucket, space_id, position, quota_state)
                values (?, 'AAAAgone', 12, 5)\
                """,
                Buckets.of("AAAAgone"));
          });
    }
  }

  @Test
  void every_message_is_found_as_before_and_positions_go_on() {
    before();
    var clock = new ManualClock();
    try (var fresh = FreshDatabase.at(folder, ChatSchema.FILE, ChatSchema.migrations());
        var messages =
            SqlMessages.open(fresh.database(), new SecureRandom(), clock, new SpaceFeed())) {
      for (var space : SPACES) {
        var first = SPACES.indexOf(space) == 0 ? TAKEN / 2 + 1 : TAKEN / 2 + 2;
        assertThat(messages.since(space, 0, 2 * EACH))
            .extracting(Message::position)
            .containsExactlyElementsOf(LongStream.rangeClosed(first, EACH).boxed().toList());
        for (var position = first; position <= EACH; position++) {
          var at = position;
          assertThat(messages.at(space, position))
              .hasValueSatisfying(found -> assertThat(found.position()).isEqualTo(at));
        }
        assertThat(messages.at(space, first - 1)).isEmpty();
        assertThat(messages.lastPosition(space)).isEqualTo(EACH);
        assertThat(posted(messages, clock, space)).isEqualTo(EACH + 1);
        assertThat(messages.at(space, 100)).isPresent();
      }
      assertThat(posted(messages, clock, "AAAAgone")).isEqualTo(13);
    }
  }

  private static long posted(SqlMessages messages, ManualClock clock, String id) {
    var space =
        new Space(
            id,
            "Ops",
            "",
            SpaceType.SPACE,
            ThreadingState.THREADED_MESSAGES,
            null,
            ManualClock.NOON,
            null);
    var desk =
        new MessageDesk(
            messages.ledger(), messages, messages.ids(), () -> PostRules.DEFAULT, clock);
    var draft =
        new Draft(
            "x",
            "{\"text\":\"x\"}".getBytes(StandardCharsets.UTF_8),
            "",
            "",
            MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED,
            "",
            "");
    var posted = desk.post(space, new Webhook(id, "w", "W", "", ManualClock.NOON, null), draft);
    assertThat(posted).isInstanceOf(Posted.Created.class);
    return ((Posted.Created) posted).message().position();
  }
}
