package campana.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import campana.server.LiveServer;
import campana.server.Wire;
import campana.server.space.SpaceType;
import campana.server.space.ThreadingState;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// docs/protocol.md, «Vectors» 30 to 52: threads, request ids, message ids.
class ThreadVectorsTest extends OneServer {
  private static final String FALLBACK = "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD";
  private static final String OR_FAIL = "&messageReplyOption=REPLY_MESSAGE_OR_FAIL";

  String second;

  @BeforeEach
  void another() {
    second = server.target(server.webhook(space));
  }

  private static String keyed(String key) {
    return "{\"text\":\"a\",\"thread\":{\"threadKey\":\"" + key + "\"}}";
  }

  private static String named(String name) {
    return "{\"text\":\"a\",\"thread\":{\"name\":\"" + name + "\"}}";
  }

  /// A thread that key `k` of the first webhook leads to.
  private String threadOfK() {
    return ok(wire.post(target + FALLBACK, keyed("k")));
  }

  private static String ok(Wire.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.thread();
  }

  @Test
  void v30_without_an_option_each_post_opens_a_thread_and_the_first_one_keeps_the_key() {
    var first = ok(wire.post(target, keyed("k")));
    var again = ok(wire.post(target, keyed("k")));
    assertThat(again).isNotEqualTo(first);
    assertThat(ok(wire.post(target + OR_FAIL, keyed("k")))).isEqualTo(first);
  }

  @Test
  void v31_with_fallback_the_second_post_replies_in_the_thread_of_the_first() {
    assertThat(ok(wire.post(target + FALLBACK, keyed("k")))).isEqualTo(threadOfK());
  }

  @Test
  void v32_the_key_may_stand_in_the_query() {
    var thread = threadOfK();
    assertThat(ok(wire.post(target + FALLBACK + "&threadKey=k", "{\"text\":\"a\"}")))
        .isEqualTo(thread);
    assertThat(ok(wire.post(target + FALLBACK + "&thread_key=k", "{\"text\":\"a\"}")))
        .isEqualTo(thread);
  }

  @Test
  void v33_the_key_may_be_named_in_snake_case() {
    var thread = threadOfK();
    var body = "{\"text\":\"a\",\"thread\":{\"thread_key\":\"k\"}}";
    assertThat(ok(wire.post(target + FALLBACK, body))).isEqualTo(thread);
  }

  @Test
  void v34_another_webhook_s_key_is_another_key() {
    var thread = threadOfK();
    assertThat(ok(wire.post(second + FALLBACK, keyed("k")))).isNotEqualTo(thread);
  }

  @Test
  void v35_or_fail_with_an_unknown_key_stores_nothing() {
    var answer = wire.post(target + OR_FAIL, keyed("new"));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isEqualTo("NOT_FOUND");
    assertThat(answer.message()).isEqualTo("Requested entity was not found.");
    assertThat(server.stored(space)).isZero();
  }

  @Test
  void v36_or_fail_with_a_known_key_replies() {
    var thread = threadOfK();
    assertThat(ok(wire.post(target + OR_FAIL, keyed("k")))).isEqualTo(thread);
  }

  @Test
  void v37_or_fail_with_a_name_replies_in_anybody_s_thread() {
    var thread = threadOfK();
    assertThat(ok(wire.post(second + OR_FAIL, named(thread)))).isEqualTo(thread);
  }

  @Test
  void v38_or_fail_with_the_name_of_a_thread_that_is_not_there_stores_nothing() {
    var answer =
        wire.post(target + OR_FAIL, named("spaces/" + space.id() + "/threads/AbCdEfGhIjk"));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(server.stored(space)).isZero();
  }

  @Test
  void v39_fallback_with_the_name_of_a_thread_that_is_not_there_opens_one() {
    ok(wire.post(target + FALLBACK, named("spaces/" + space.id() + "/threads/AbCdEfGhIjk")));
    assertThat(server.stored(space)).isOne();
  }

  @ParameterizedTest(name = "v40 {0}")
  @ValueSource(strings = {"abc", "spaces/cmpOtherOne/threads/AbCdEfGhIjk", "SPACE/messages/X.X"})
  void v40_a_name_that_is_none_of_this_space_s_is_refused(String name) {
    for (var option : List.of(FALLBACK, OR_FAIL)) {
      var answer = wire.post(target + option, named(name.replace("SPACE", space.name())));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.message())
          .isEqualTo("The request contains an invalid thread resource name");
      assertThat(answer.field()).isEqualTo("message.thread.name");
    }
    ok(wire.post(target, named(name)));
    assertThat(server.stored(space)).as("without an option the name is ignored").isOne();
  }

  @Test
  void v41_the_name_wins_over_the_key() {
    var a = ok(wire.post(target + FALLBACK, keyed("a")));
    ok(wire.post(target + FALLBACK, keyed("b")));
    var both = "{\"text\":\"x\",\"thread\":{\"name\":\"" + a + "\",\"threadKey\":\"b\"}}";
    assertThat(ok(wire.post(target + FALLBACK, both))).isEqualTo(a);
  }

  @Test
  void v42_the_body_s_key_wins_over_the_query_s() {
    var a = ok(wire.post(target + FALLBACK, keyed("a")));
    assertThat(ok(wire.post(target + FALLBACK + "&threadKey=b", keyed("a")))).isEqualTo(a);
    assertThat(wire.post(target + OR_FAIL, keyed("b")).status()).isEqualTo(404);
  }

  @Test
  void v43_a_key_has_4000_characters_at_most() {
    ok(wire.post(target + FALLBACK, keyed("😀".repeat(4000))));
    assertThat(wire.post(target + FALLBACK, keyed("k".repeat(4001))).status()).isEqualTo(400);
    var inQuery = "&threadKey=" + "k".repeat(4001);
    var answer = wire.post(target + FALLBACK + inQuery, "{\"text\":\"a\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field()).isNotEmpty();
  }

  @Test
  void v44_an_unknown_option_is_refused_and_a_number_is_one() {
    var answer = wire.post(target + "&messageReplyOption=BOGUS", "{\"text\":\"a\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("INVALID_ARGUMENT");
    assertThat(answer.message()).contains("message_reply_option").contains("BOGUS");
    var thread = threadOfK();
    assertThat(ok(wire.post(target + "&messageReplyOption=1", keyed("k")))).isEqualTo(thread);
    assertThat(wire.post(target + "&messageReplyOption=2", keyed("x")).status()).isEqualTo(404);
  }

  @Test
  void v45_fallback_without_a_thread_opens_one() {
    var first = ok(wire.post(target + FALLBACK, "{\"text\":\"a\"}"));
    assertThat(ok(wire.post(target + FALLBACK, "{\"text\":\"a\",\"thread\":{}}")))
        .isNotEqualTo(first);
  }

  @ParameterizedTest(name = "v46 {0} {1}")
  @CsvSource({
    "DIRECT_MESSAGE, THREADED_MESSAGES",
    "GROUP_CHAT, THREADED_MESSAGES",
    "SPACE, UNTHREADED_MESSAGES"
  })
  void v46_where_there_are_no_threads_key_name_and_option_are_ignored(
      SpaceType type, ThreadingState threading) {
    var ada = server.person("ada." + type + threading + "@example.org");
    var flat = server.space(type, threading, LiveServer.FAST, List.of(ada));
    var url = server.target(server.webhook(flat));
    var first = ok(wire.post(url + OR_FAIL, keyed("k")));
    assertThat(ok(wire.post(url + OR_FAIL, keyed("k")))).isNotEqualTo(first);
    ok(wire.post(url + FALLBACK, named("abc")));
    assertThat(wire.post(url + "&messageReplyOption=BOGUS", keyed("k")).status()).isEqualTo(400);
  }

  @Test
  void v47_v48_the_same_request_id_is_answered_with_the_first_message() {
    var url = target + "&requestId=u1";
    var first = wire.post(url, "{\"text\":\"first\"}");
    var second = wire.post(url, "{\"text\":\"first\"}");
    var other = wire.post(url, "{\"text\":\"another body\"}");
    assertThat(List.of(first.status(), second.status(), other.status())).containsOnly(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(other.name()).isEqualTo(first.name());
    assertThat(server.stored(space)).isOne();
  }

  @Test
  void v49_another_webhook_s_request_id_is_another_one() {
    var first = wire.post(target + "&requestId=u1", "{\"text\":\"a\"}");
    var other = wire.post(second + "&requestId=u1", "{\"text\":\"b\"}");
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.name()).isNotEqualTo(first.name());
    assertThat(server.stored(space)).isEqualTo(2);
  }

  @Test
  void a_refused_post_does_not_use_its_request_id_up() {
    var url = target + "&requestId=u2";
    assertThat(wire.post(url, "{}").status()).isEqualTo(400);
    assertThat(wire.post(url + OR_FAIL, keyed("no")).status()).isEqualTo(404);
    assertThat(wire.post(url, "{\"text\":\"a\"}").status()).isEqualTo(200);
    assertThat(server.stored(space)).isOne();
  }

  @Test
  void v50_v51_a_message_id_is_answered_and_can_be_had_once() {
    var answer = wire.post(target + "&messageId=client-a1", "{\"text\":\"a\"}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("clientAssignedMessageId").asString()).isEqualTo("client-a1");
    assertThat(answer.json().properties()).hasSize(3);
    var again = wire.post(second + "&messageId=client-a1", "{\"text\":\"a\"}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("ALREADY_EXISTS");
    assertThat(again.message()).isEqualTo("Requested entity already exists");
    assertThat(server.stored(space)).isOne();
  }

  @ParameterizedTest(name = "v52 {0}")
  @ValueSource(
      strings = {
        "A1",
        "client-A",
        "client-",
        "client-a_b",
        "client-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void v52_a_message_id_in_another_form_is_refused(String id) {
    var answer = wire.post(target + "&messageId=" + id, "{\"text\":\"a\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("INVALID_ARGUMENT");
    assertThat(answer.field()).isNotEmpty();
  }

  @Test
  void two_hundred_first_posts_with_one_key_end_in_one_thread() throws Exception {
    var threads = new HashSet<String>();
    try (var posters = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> post = () -> ok(wire.post(target + FALLBACK, keyed("storm")));
      for (var future : posters.invokeAll(java.util.Collections.nCopies(200, post))) {
        threads.add(future.get());
      }
    }
    assertThat(threads).hasSize(1);
    assertThat(server.stored(space)).isEqualTo(200);
  }

  @Test
  void the_same_request_at_the_same_time_from_fifty_is_one_message() throws Exception {
    var names = new HashSet<String>();
    var url = target + "&requestId=storm";
    try (var posters = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> post = () -> wire.post(url, "{\"text\":\"a\"}").name();
      for (var future : posters.invokeAll(java.util.Collections.nCopies(50, post))) {
        names.add(future.get());
      }
    }
    assertThat(names).hasSize(1);
    assertThat(server.stored(space)).isOne();
  }
}
