package campana.server.message;

import static campana.server.message.Desk.MINE;
import static campana.server.message.Desk.SPACE;
import static campana.server.message.Desk.THEIRS;
import static campana.server.message.Desk.created;
import static campana.server.message.Desk.draft;
import static campana.server.message.Desk.keyed;
import static campana.server.message.Desk.plain;
import static campana.wire.MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED;
import static campana.wire.MessageReplyOption.REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD;
import static campana.wire.MessageReplyOption.REPLY_MESSAGE_OR_FAIL;
import static org.assertj.core.api.Assertions.assertThat;

import campana.server.quota.QuotaRate;
import campana.server.space.SpaceType;
import campana.server.space.ThreadingState;
import campana.testkit.Kind;
import campana.wire.MessageReplyOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "CITUS")
class MessageDeskTest {
  @TempDir Path folder;
  private Desk desk;
  private final Kind kind;

  MessageDeskTest(Kind kind) {
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
  void a_first_message_opens_a_thread_of_its_own_name() {
    var message = created(desk.post(plain("hi")));
    assertThat(message.position()).isEqualTo(1);
    assertThat(message.name()).matches("spaces/cmpSpaceOfOurs/messages/([A-Za-z0-9_-]{11})\\.\\1");
    assertThat(message.threadName())
        .isEqualTo("spaces/cmpSpaceOfOurs/threads/" + message.name().split("\\.", 2)[1]);
    assertThat(desk.messages.find(SPACE.id(), message.name().replaceAll(".*/", "")))
        .hasValueSatisfying(found -> assertThat(found.content()).isEqualTo(message.content()));
  }

  /// Threads a to b stand before: `a` opened with key `known` by this webhook, `b` with key `other`
  /// by this webhook, `c` with key `theirs` by another one.
  @ParameterizedTest(name = "key {0}, name {1}, {2}: {3}, and the key then leads to {4}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          #  key    | thread.name | option   | goes to       | key then leads to
             -      | -           | UNSPEC   | new           | -
             -      | -           | FALLBACK | new           | -
             -      | -           | OR_FAIL  | NoSuchThread  | -
             known  | -           | UNSPEC   | new           | a
             known  | -           | FALLBACK | a             | a
             known  | -           | OR_FAIL  | a             | a
             fresh  | -           | UNSPEC   | new           | new
             fresh  | -           | FALLBACK | new           | new
             fresh  | -           | OR_FAIL  | NoSuchThread  | nothing
             theirs | -           | UNSPEC   | new           | new
             theirs | -           | FALLBACK | new           | new
             theirs | -           | OR_FAIL  | NoSuchThread  | nothing
             -      | a           | UNSPEC   | new           | -
             -      | a           | FALLBACK | a             | -
             -      | a           | OR_FAIL  | a             | -
             -      | c           | FALLBACK | c             | -
             -      | c           | OR_FAIL  | c             | -
             -      | missing     | UNSPEC   | new           | -
             -      | missing     | FALLBACK | new           | -
             -      | missing     | OR_FAIL  | NoSuchThread  | -
             -      | reply       | FALLBACK | new           | -
             -      | reply       | OR_FAIL  | NoSuchThread  | -
             -      | bare        | UNSPEC   | new           | -
             -      | bare        | FALLBACK | BadThreadName | -
             -      | bare        | OR_FAIL  | BadThreadName | -
             -      | message     | UNSPEC   | new           | -
             -      | message     | FALLBACK | BadThreadName | -
             -      | message     | OR_FAIL  | BadThreadName | -
             -      | elsewhere   | FALLBACK | BadThreadName | -
             -      | wrong-case  | OR_FAIL  | BadThreadName | -
             known  | bare        | FALLBACK | BadThreadName | a
             known  | b           | UNSPEC   | new           | a
             known  | b           | FALLBACK | b             | a
             known  | b           | OR_FAIL  | b             | a
             fresh  | b           | FALLBACK | b             | nothing
             known  | missing     | UNSPEC   | new           | a
             known  | missing     | FALLBACK | a             | a
             known  | missing     | OR_FAIL  | NoSuchThread  | a
             fresh  | missing     | FALLBACK | new           | new
             KNOWN  | -           | FALLBACK | new           | new
          """)
  void a_post_finds_its_thread(
      String key, String name, String option, String goesTo, String thenLeadsTo) {
    var a = created(desk.post(keyed("a", "known", REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD)));
    var b = created(desk.post(keyed("b", "other", REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD)));
    var c = desk.desk.post(SPACE, THEIRS, keyed("c", "theirs", MESSAGE_REPLY_OPTION_UNSPECIFIED));
    var reply = created(desk.post(keyed("a2", "known", REPLY_MESSAGE_OR_FAIL)));
    var theirs = created(c);
    var before = desk.stored();

    var threadName =
        switch (name) {
          case null -> "";
          case "a" -> a.threadName();
          case "b" -> b.threadName();
          case "c" -> theirs.threadName();
          case "missing" -> threadName(4711);
          case "reply" -> threadName(reply.position());
          case "bare" -> a.threadName().replaceAll(".*/", "");
          case "message" -> a.name();
          case "elsewhere" -> a.threadName().replace(SPACE.id(), "cmpOtherSpace1");
          case "wrong-case" -> a.threadName().replace("cmp", "CMP");
          default -> throw new IllegalArgumentException(name);
        };
    var posted = desk.post(draft("x", key == null ? "" : key, threadName, option(option), "", ""));

    if (goesTo.equals("NoSuchThread") || goesTo.equals("BadThreadName")) {
      assertThat(posted.getClass().getSimpleName()).isEqualTo(goesTo);
      assertThat(desk.stored()).isEqualTo(before);
    } else if (goesTo.equals("new")) {
      assertThat(created(posted).reply()).isFalse();
      assertThat(desk.stored()).isEqualTo(before + 1);
    } else {
      var target = goesTo.equals("a") ? a : goesTo.equals("b") ? b : theirs;
      assertThat(created(posted).threadName()).isEqualTo(target.threadName());
    }
    if (thenLeadsTo != null) {
      var next = desk.post(keyed("y", key, REPLY_MESSAGE_OR_FAIL));
      switch (thenLeadsTo) {
        case "nothing" -> assertThat(next).isInstanceOf(Posted.NoSuchThread.class);
        case "new" ->
            assertThat(created(next).threadName()).isEqualTo(created(posted).threadName());
        default -> assertThat(created(next).threadName()).isEqualTo(a.threadName());
      }
    }
  }

  private static MessageReplyOption option(String word) {
    return switch (word) {
      case "UNSPEC" -> MESSAGE_REPLY_OPTION_UNSPECIFIED;
      case "FALLBACK" -> REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD;
      case "OR_FAIL" -> REPLY_MESSAGE_OR_FAIL;
      default -> throw new IllegalArgumentException(word);
    };
  }

  @Test
  void a_key_without_an_option_starts_a_thread_that_a_reply_finds() {
    var first = created(desk.post(keyed("1", "k", MESSAGE_REPLY_OPTION_UNSPECIFIED)));
    var second = created(desk.post(keyed("2", "k", MESSAGE_REPLY_OPTION_UNSPECIFIED)));
    var third = created(desk.post(keyed("3", "k", REPLY_MESSAGE_OR_FAIL)));
    assertThat(second.threadName()).isNotEqualTo(first.threadName());
    assertThat(third.threadName()).isEqualTo(first.threadName());
  }

  @Test
  void with_missing_thread_start_an_unknown_key_opens_its_thread() {
    desk.rules = new PostRules(QuotaRate.DEFAULT, true, false);
    var first = created(desk.post(keyed("1", "k", REPLY_MESSAGE_OR_FAIL)));
    var second = created(desk.post(keyed("2", "k", REPLY_MESSAGE_OR_FAIL)));
    assertThat(second.threadName()).isEqualTo(first.threadName());
    var missing = threadName(99);
    assertThat(desk.post(draft("3", "", missing, REPLY_MESSAGE_OR_FAIL, "", "")))
        .isInstanceOf(Posted.NoSuchThread.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD", "REPLY_MESSAGE_OR_FAIL"})
  void in_strict_mode_an_option_needs_a_thread(MessageReplyOption option) {
    desk.rules = new PostRules(QuotaRate.DEFAULT, false, true);
    assertThat(desk.post(draft("x", "", "", option, "", "")))
        .isInstanceOf(Posted.NoThreadGiven.class);
    assertThat(desk.stored()).isZero();
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "DIRECT_MESSAGE, THREADED_MESSAGES",
    "GROUP_CHAT, THREADED_MESSAGES",
    "SPACE, UNTHREADED_MESSAGES",
  })
  void where_there_are_no_threads_their_fields_mean_nothing(
      SpaceType type, ThreadingState threading) {
    var space = Desk.space(type, threading);
    desk.rules = new PostRules(QuotaRate.DEFAULT, false, true);
    for (var draft :
        java.util.List.of(
            keyed("1", "k", REPLY_MESSAGE_OR_FAIL),
            keyed("2", "k", REPLY_MESSAGE_OR_FAIL),
            draft("3", "", "nonsense", REPLY_MESSAGE_OR_FAIL, "", ""),
            draft("4", "", "", REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD, "", ""))) {
      desk.clock.advance(java.time.Duration.ofSeconds(1));
      assertThat(created(desk.desk.post(space, MINE, draft)).reply()).isFalse();
    }
  }

  @ParameterizedTest(name = "filed before: {0}")
  @ValueSource(booleans = {true, false})
  void an_emptied_thread_is_unknown(boolean filed) {
    var opener = created(desk.post(keyed("1", "k", REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD)));
    var reply = created(desk.post(keyed("2", "k", REPLY_MESSAGE_OR_FAIL)));
    if (filed) {
      desk.messages.fileNow();
    }
    assertThat(desk.messages.remove(opener, "Ann")).isTrue();
    assertThat(desk.messages.remove(opener, "Bob")).isFalse();
    var named = draft("3", "", opener.threadName(), REPLY_MESSAGE_OR_FAIL, "", "");
    assertThat(created(desk.post(named)).threadName()).isEqualTo(opener.threadName());
    assertThat(desk.messages.remove(desk.messages.at(SPACE.id(), 3).orElseThrow(), "Ann")).isTrue();
    assertThat(desk.messages.remove(reply, "Ann")).isTrue();

    assertThat(desk.post(named)).isInstanceOf(Posted.NoSuchThread.class);
    assertThat(desk.post(keyed("4", "k", REPLY_MESSAGE_OR_FAIL)))
        .isInstanceOf(Posted.NoSuchThread.class);
    var anew = created(desk.post(keyed("5", "k", REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD)));
    assertThat(anew.threadName()).isNotEqualTo(opener.threadName());
    assertThat(created(desk.post(keyed("6", "k", REPLY_MESSAGE_OR_FAIL))).threadName())
        .isEqualTo(anew.threadName());
  }

  @Test
  void a_removed_message_keeps_its_line_and_loses_its_content() {
    var message = created(desk.post(plain("secret")));
    desk.messages.remove(message, "Ann");
    var left = desk.messages.at(SPACE.id(), message.position()).orElseThrow();
    assertThat(left.removedBy()).isEqualTo("Ann");
    assertThat(left.content()).isEmpty();
    assertThat(left.name()).isEqualTo(message.name());
  }

  @Test
  void two_hundred_first_posts_with_one_key_end_in_one_thread() throws Exception {
    try (var posters = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks =
          IntStream.range(0, 200)
              .mapToObj(i ->
                  (Callable<Posted>)
                      () ->
                          desk.desk.post(
                              SPACE,
                              MINE,
                              keyed("" + i, "k", REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD)))
              .toList();
      var threads = new java.util.HashSet<String>();
      for (var posted : posters.invokeAll(tasks)) {
        threads.add(created(posted.get()).threadName());
      }
      assertThat(threads).hasSize(1);
    }
    assertThat(desk.stored()).isEqualTo(200);
    assertThat(desk.messages.since(SPACE.id(), 0, 1000)).filteredOn(m -> !m.reply()).hasSize(1);
  }

  @Test
  void a_key_may_be_any_text() {
    for (var key : List.of("\0", "a\0b", "\uD800", "\uD83D\uDE00")) {
      var first = created(desk.post(keyed("1", key, REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD)));
      var second = created(desk.post(keyed("2", key, REPLY_MESSAGE_OR_FAIL)));
      assertThat(second.threadName()).isEqualTo(first.threadName());
    }
  }

  private String threadName(long opener) {
    return desk.messages.ids().names(SPACE.id(), opener, opener).thread();
  }
}
