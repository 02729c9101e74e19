package campana.server.message;

import static campana.server.message.Desk.SPACE;
import static campana.server.message.Desk.created;
import static campana.server.message.Desk.draft;
import static campana.server.message.Desk.keyed;
import static campana.server.message.Desk.plain;
import static campana.server.message.Desk.requested;
import static campana.wire.MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED;
import static campana.wire.MessageReplyOption.REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD;
import static campana.wire.MessageReplyOption.REPLY_MESSAGE_OR_FAIL;
import static org.assertj.core.api.Assertions.assertThat;

import campana.server.quota.QuotaRate;
import campana.testkit.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "CITUS")
class RestartTest {
  @TempDir Path folder;
  @TempDir Path copy;
  private final Kind kind;

  RestartTest(Kind kind) {
    this.kind = kind;
  }

  /// How the server ended before it started again.
  enum End {
    /// Stopped in order: everything is filed.
    STOPPED,
    /// Killed before anything was filed: the log's end is read again.
    KILLED_BEFORE_FILING,
    /// Killed with some of it filed.
    KILLED_AFTER_FILING_SOME
  }

  private Desk afterwards(Desk before, End end) {
    return switch (end) {
      case STOPPED -> before.restarted();
      case KILLED_BEFORE_FILING, KILLED_AFTER_FILING_SOME -> {
        var after = before.killed(copy);
        before.close();
        yield after;
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void threads_request_ids_message_ids_and_positions_survive(End end) {
    var before = new Desk(kind, folder);
    var opener = created(before.post(keyed("1", "k", REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD)));
    var requested = created(before.post(requested("2", "r")));
    if (end == End.KILLED_AFTER_FILING_SOME) {
      before.messages.fileNow();
    }
    var own =
        created(
            before.post(draft("3", "", "", MESSAGE_REPLY_OPTION_UNSPECIFIED, "", "client-mine")));
    var reply = created(before.post(keyed("4", "k", REPLY_MESSAGE_OR_FAIL)));

    try (var after = afterwards(before, end)) {
      assertThat(after.messages.since(SPACE.id(), 0, 100))
          .extracting(Message::name)
          .containsExactly(opener.name(), requested.name(), own.name(), reply.name());
      assertThat(after.messages.since(SPACE.id(), 0, 100))
          .extracting(Message::option)
          .containsExactly(
              REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD,
              MESSAGE_REPLY_OPTION_UNSPECIFIED,
              MESSAGE_REPLY_OPTION_UNSPECIFIED,
              REPLY_MESSAGE_OR_FAIL);
      assertThat(after.post(requested("other", "r")))
          .isInstanceOfSatisfying(
              Posted.Repeated.class,
              repeated -> {
                assertThat(repeated.first().name()).isEqualTo(requested.name());
                assertThat(repeated.first().content()).isEqualTo(requested.content());
              });
      assertThat(
              after.post(draft("x", "", "", MESSAGE_REPLY_OPTION_UNSPECIFIED, "", "client-mine")))
          .isInstanceOf(Posted.MessageIdTaken.class);
      assertThat(after.messages.find(SPACE.id(), "client-mine"))
          .hasValueSatisfying(found -> assertThat(found.name()).isEqualTo(own.name()));
      var next = created(after.post(keyed("5", "k", REPLY_MESSAGE_OR_FAIL)));
      assertThat(next.threadName()).isEqualTo(opener.threadName());
      assertThat(next.position()).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_quota_goes_on_where_it_was(End end) {
    var space = Desk.withQuota(QuotaRate.DEFAULT);
    var before = new Desk(kind, folder);
    created(before.desk.post(space, Desk.MINE, plain("1")));
    if (end == End.KILLED_AFTER_FILING_SOME) {
      before.messages.fileNow();
    }
    before.clock.advance(Duration.ofMillis(400));
    try (var after = afterwards(before, end)) {
      assertThat(after.desk.post(space, Desk.MINE, plain("2")))
          .isEqualTo(new Posted.OverQuota(Duration.ofMillis(600)));
      after.clock.advance(Duration.ofMillis(600));
      assertThat(created(after.desk.post(space, Desk.MINE, plain("3"))).position()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void reading_ahead_changes_neither_position_nor_quota(End end) {
    var space = Desk.withQuota(QuotaRate.DEFAULT);
    var before = new Desk(kind, folder);
    created(before.desk.post(space, Desk.MINE, plain("1")));
    if (end == End.KILLED_AFTER_FILING_SOME) {
      before.messages.fileNow();
    }
    try (var after = afterwards(before, end)) {
      after.messages.remember(List.of(SPACE.id(), "cmpNeverPosted"));
      assertThat(after.desk.post(space, Desk.MINE, plain("2")))
          .isInstanceOf(Posted.OverQuota.class);
      after.clock.advance(Duration.ofSeconds(1));
      assertThat(created(after.desk.post(space, Desk.MINE, plain("3"))).position()).isEqualTo(2);
      after.messages.remember(List.of(SPACE.id()));
      after.clock.advance(Duration.ofSeconds(1));
      assertThat(created(after.desk.post(space, Desk.MINE, plain("4"))).position()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_thread_that_was_emptied_stays_unknown(End end) {
    var before = new Desk(kind, folder);
    var opener = created(before.post(keyed("1", "k", REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD)));
    if (end == End.KILLED_AFTER_FILING_SOME) {
      before.messages.fileNow();
    }
    before.messages.remove(opener, "Ann");
    try (var after = afterwards(before, end)) {
      assertThat(after.post(keyed("2", "k", REPLY_MESSAGE_OR_FAIL)))
          .isInstanceOf(Posted.NoSuchThread.class);
      assertThat(after.messages.at(SPACE.id(), 1))
          .hasValueSatisfying(gone -> assertThat(gone.removedBy()).isEqualTo("Ann"));
    }
  }

  /// Messages 1 to 6 are filed, 7 to 12 stand at the log's end: every reading crosses that border.
  @Test
  void readings_do_not_show_where_filing_stopped() {
    try (var desk = new Desk(kind, folder)) {
      for (var i = 1; i <= 12; i++) {
        created(
            desk.post(keyed("" + i, i % 3 == 0 ? "k" : "", REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD)));
        if (i == 6) {
          desk.messages.fileNow();
        }
      }
      var id = SPACE.id();
      var messages = desk.messages;
      assertThat(positions(messages.latest(id, Long.MAX_VALUE, 8)))
          .containsExactly(12L, 11L, 10L, 9L, 8L, 7L, 6L, 5L);
      assertThat(positions(messages.latest(id, 9, 4))).containsExactly(8L, 7L, 6L, 5L);
      assertThat(positions(messages.latest(id, 4, 9))).containsExactly(3L, 2L, 1L);
      assertThat(positions(messages.since(id, 4, 4))).containsExactly(5L, 6L, 7L, 8L);
      assertThat(positions(messages.since(id, 12, 4))).isEmpty();
      assertThat(positions(messages.thread(id, 3, 100))).containsExactly(3L, 6L, 9L, 12L);
      assertThat(positions(messages.thread(id, 3, 3))).containsExactly(3L, 6L, 9L);
      var newestFirst = new MessageFilter(null, null, 0, true, false);
      assertThat(positions(messages.list(id, newestFirst, 0, 3))).containsExactly(12L, 11L, 10L);
      assertThat(positions(messages.list(id, newestFirst, 8, 3))).containsExactly(7L, 6L, 5L);
      var eighth = messages.at(id, 8).orElseThrow().createTime();
      var fifth = messages.at(id, 5).orElseThrow().createTime();
      assertThat(
              positions(messages.list(id, new MessageFilter(fifth, eighth, 0, false, false), 0, 9)))
          .containsExactly(6L, 7L);
      assertThat(messages.summaries(id, List.of(3L, 4L)))
          .satisfiesExactly(
              keyed -> {
                assertThat(keyed.replies()).isEqualTo(3);
                assertThat(keyed.lastPosition()).isEqualTo(12);
              },
              alone -> {
                assertThat(alone.replies()).isZero();
                assertThat(alone.lastPosition()).isEqualTo(4);
              });
      messages.remove(messages.at(id, 2).orElseThrow(), "Ann");
      messages.remove(messages.at(id, 8).orElseThrow(), "Ann");
      assertThat(positions(messages.list(id, MessageFilter.ALL, 0, 100)))
          .containsExactlyElementsOf(Arrays.asList(1L, 3L, 4L, 5L, 6L, 7L, 9L, 10L, 11L, 12L));
      assertThat(messages.lastPosition(id)).isEqualTo(12);
      assertThat(messages.threadPosition(id, desk.messages.ids().id(id, 3))).hasValue(3);
      assertThat(messages.threadPosition(id, desk.messages.ids().id(id, 6))).isEmpty();
    }
  }

  @Test
  void a_thread_is_read_from_either_end_wherever_its_replies_stand() {
    try (var desk = new Desk(kind, folder)) {
      for (var i = 1; i <= 5; i++) {
        created(desk.post(keyed("" + i, "k", REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD)));
        if (i == 4) {
          desk.messages.fileNow();
        }
      }
      var newestFirst = new MessageFilter(null, null, 1, true, false);
      for (var all : List.of(5L, 4L)) { // with a reply at the log's end, and without
        assertThat(positions(desk.messages.list(SPACE.id(), newestFirst, all + 1, 9)))
            .containsExactlyElementsOf(List.of(5L, 4L, 3L, 2L, 1L).subList(5 - all.intValue(), 5));
        assertThat(positions(desk.messages.list(SPACE.id(), newestFirst, all + 1, 2)))
            .containsExactly(all, all - 1);
      }
      assertThat(positions(desk.messages.thread(SPACE.id(), 1, 9)))
          .containsExactly(1L, 2L, 3L, 4L, 5L);
    }
  }

  private static List<Long> positions(List<Message> messages) {
    return messages.stream().map(Message::position).toList();
  }
}
