package campana.server.message;

import static campana.server.message.Desk.SPACE;
import static campana.server.message.Desk.created;
import static campana.server.message.Desk.keyed;
import static campana.server.message.Desk.plain;
import static campana.server.message.Desk.requested;
import static campana.wire.MessageReplyOption.REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD;
import static campana.wire.MessageReplyOption.REPLY_MESSAGE_OR_FAIL;
import static org.assertj.core.api.Assertions.assertThat;

import campana.testkit.Kind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Kind.class)
class RetentionTest {
  private static final Duration KEEP = Duration.ofDays(3);

  @TempDir Path folder;
  private final Kind kind;

  RetentionTest(Kind kind) {
    this.kind = kind;
  }

  private static int sweep(Desk desk) {
    desk.messages.fileNow();
    try (var retention = desk.messages.retention(() -> KEEP, _ -> {})) {
      return retention.runOnce();
    }
  }

  @Test
  void old_messages_go_young_ones_stay_and_positions_never_start_again() {
    var desk = new Desk(kind, folder);
    for (var i = 0; i < 1200; i++) {
      created(desk.post(plain("old")));
    }
    assertThat(sweep(desk)).isZero();
    desk.clock.advance(Duration.ofDays(4));
    assertThat(sweep(desk)).isEqualTo(1200);
    assertThat(desk.messages.since(SPACE.id(), 0, 10)).isEmpty();
    assertThat(desk.stored()).isEqualTo(1200);
    try (var after = desk.restarted()) {
      assertThat(after.stored()).isEqualTo(1200);
      assertThat(created(after.post(plain("new"))).position()).isEqualTo(1201);
      assertThat(sweep(after)).isZero();
    }
  }

  @Test
  void a_thread_lives_on_by_its_replies_and_then_its_key_is_free() {
    try (var desk = new Desk(kind, folder)) {
      var opener = created(desk.post(keyed("1", "k", REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD)));
      desk.clock.advance(Duration.ofDays(2));
      created(desk.post(keyed("2", "k", REPLY_MESSAGE_OR_FAIL)));
      desk.clock.advance(Duration.ofDays(2));
      assertThat(sweep(desk)).isEqualTo(1);
      var third = created(desk.post(keyed("3", "k", REPLY_MESSAGE_OR_FAIL)));
      assertThat(third.threadName()).isEqualTo(opener.threadName());
      desk.clock.advance(Duration.ofDays(5));
      assertThat(sweep(desk)).isEqualTo(2);
      assertThat(desk.post(keyed("4", "k", REPLY_MESSAGE_OR_FAIL)))
          .isInstanceOf(Posted.NoSuchThread.class);
    }
  }

  @Test
  void a_request_id_is_known_for_a_week_though_its_message_is_gone() {
    try (var desk = new Desk(kind, folder)) {
      var first = created(desk.post(requested("1", "u1")));
      desk.clock.advance(Duration.ofDays(7));
      assertThat(sweep(desk)).isEqualTo(1);
      assertThat(desk.post(requested("again", "u1")))
          .isInstanceOfSatisfying(
              Posted.Repeated.class,
              repeated -> assertThat(repeated.first().name()).isEqualTo(first.name()));
      desk.clock.advance(Duration.ofDays(2));
      sweep(desk);
      created(desk.post(requested("anew", "u1")));
    }
  }

  @Test
  void what_is_old_goes_though_a_clock_that_was_ahead_put_young_messages_before_it() {
    try (var desk = new Desk(kind, folder)) {
      desk.clock.advance(Duration.ofDays(30));
      for (var i = 0; i < 600; i++) {
        created(desk.post(plain("from the future")));
      }
      desk.clock.advance(Duration.ofDays(-30));
      for (var i = 0; i < 700; i++) {
        created(desk.post(plain("old")));
      }
      desk.clock.advance(Duration.ofDays(4));
      created(desk.post(plain("young")));
      assertThat(sweep(desk)).isEqualTo(700);
      assertThat(desk.messages.latest(SPACE.id(), Long.MAX_VALUE, 2).get(1).position())
          .isEqualTo(600);
      assertThat(sweep(desk)).isZero();
      desk.clock.advance(Duration.ofDays(30));
      assertThat(sweep(desk)).isEqualTo(601);
    }
  }
}
