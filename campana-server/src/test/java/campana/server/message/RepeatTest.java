package campana.server.message;

import static campana.server.message.Desk.MINE;
import static campana.server.message.Desk.SPACE;
import static campana.server.message.Desk.THEIRS;
import static campana.server.message.Desk.created;
import static campana.server.message.Desk.draft;
import static campana.server.message.Desk.keyed;
import static campana.server.message.Desk.plain;
import static campana.server.message.Desk.requested;
import static campana.wire.MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED;
import static campana.wire.MessageReplyOption.REPLY_MESSAGE_OR_FAIL;
import static org.assertj.core.api.Assertions.assertThat;

import campana.server.quota.QuotaRate;
import campana.testkit.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Kind.class)
class RepeatTest {
  @TempDir Path folder;
  private Desk desk;
  private final Kind kind;

  RepeatTest(Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    desk = new Desk(kind, folder);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void the_same_request_id_is_answered_with_the_first_message() {
    var first = created(desk.post(requested("first", "u1")));
    assertThat(desk.post(requested("another body", "u1")))
        .isInstanceOfSatisfying(
            Posted.Repeated.class,
            repeated -> {
              assertThat(repeated.first().name()).isEqualTo(first.name());
              assertThat(repeated.first().content()).isEqualTo(first.content());
            });
    assertThat(desk.stored()).isEqualTo(1);
  }

  @Test
  void another_webhook_has_request_ids_of_its_own() {
    created(desk.post(requested("mine", "u1")));
    desk.clock.advance(Duration.ofSeconds(1));
    var theirs = created(desk.desk.post(SPACE, THEIRS, requested("theirs", "u1")));
    assertThat(theirs.position()).isEqualTo(2);
  }

  @Test
  void a_repetition_costs_no_quota_and_needs_none() {
    var space = Desk.withQuota(QuotaRate.DEFAULT);
    created(desk.desk.post(space, MINE, requested("1", "u1")));
    assertThat(desk.desk.post(space, MINE, requested("1", "u1")))
        .isInstanceOf(Posted.Repeated.class);
    desk.clock.advance(Duration.ofSeconds(1));
    assertThat(desk.desk.post(space, MINE, requested("1", "u1")))
        .isInstanceOf(Posted.Repeated.class);
    created(desk.desk.post(space, MINE, plain("2")));
  }

  @Test
  void a_failed_attempt_uses_neither_id_nor_slot_up() {
    var space = Desk.withQuota(QuotaRate.DEFAULT);
    var refused = draft("x", "none", "", REPLY_MESSAGE_OR_FAIL, "u1", "client-a");
    assertThat(desk.desk.post(space, MINE, refused)).isInstanceOf(Posted.NoSuchThread.class);
    created(desk.desk.post(space, MINE, plain("takes the slot")));
    var late = draft("x", "", "", MESSAGE_REPLY_OPTION_UNSPECIFIED, "u1", "client-a");
    assertThat(desk.desk.post(space, MINE, late)).isInstanceOf(Posted.OverQuota.class);
    desk.clock.advance(Duration.ofSeconds(1));
    assertThat(created(desk.desk.post(space, MINE, late)).messageId()).isEqualTo("client-a");
  }

  @Test
  void a_message_id_is_taken_once_in_a_space_whoever_used_it() {
    var own = draft("x", "", "", MESSAGE_REPLY_OPTION_UNSPECIFIED, "u1", "client-a");
    var first = created(desk.post(own));
    assertThat(desk.post(draft("y", "", "", MESSAGE_REPLY_OPTION_UNSPECIFIED, "u2", "client-a")))
        .isInstanceOf(Posted.MessageIdTaken.class);
    desk.clock.advance(Duration.ofSeconds(1));
    assertThat(desk.desk.post(SPACE, THEIRS, own)).isInstanceOf(Posted.MessageIdTaken.class);
    assertThat(desk.post(own))
        .isInstanceOfSatisfying(
            Posted.Repeated.class,
            repeated -> assertThat(repeated.first().name()).isEqualTo(first.name()));
  }

  @Test
  void two_hundred_at_once_under_one_request_id_end_in_one_message() throws Exception {
    try (var posters = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks =
          IntStream.range(0, 200)
              .mapToObj(
                  i -> (Callable<Posted>) () -> desk.desk.post(SPACE, MINE, requested("" + i, "u")))
              .toList();
      var names = new HashSet<String>();
      var made = 0;
      for (var future : posters.invokeAll(tasks)) {
        switch (future.get()) {
          case Posted.Created(var message) -> {
            made++;
            names.add(message.name());
          }
          case Posted.Repeated(var message) -> names.add(message.name());
          case Posted other -> throw new AssertionError(other);
        }
      }
      assertThat(made).isEqualTo(1);
      assertThat(names).hasSize(1);
    }
  }

  @Test
  void a_post_that_is_refused_for_its_key_leaves_that_key_unused() {
    assertThat(desk.post(keyed("x", "k", REPLY_MESSAGE_OR_FAIL)))
        .isInstanceOf(Posted.NoSuchThread.class);
    assertThat(desk.post(keyed("x", "k", REPLY_MESSAGE_OR_FAIL)))
        .isInstanceOf(Posted.NoSuchThread.class);
    assertThat(desk.stored()).isZero();
  }
}
