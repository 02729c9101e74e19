package campana.client;

import static campana.wire.MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED;
import static campana.wire.MessageReplyOption.REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD;
import static campana.wire.MessageReplyOption.REPLY_MESSAGE_OR_FAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import campana.testkit.ScriptedChat;
import campana.testkit.ScriptedRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the options put on the wire. */
class SendOptionsTest {
  private static final String FALLBACK = REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD.name();

  private final ScriptedChat chat = ScriptedChat.start();

  @AfterEach
  void end() {
    chat.close();
  }

  private ScriptedRequest sent(String url, SendOptions options) {
    try (var client = WebhookClient.builder(url).pace(Duration.ZERO).build()) {
      assertThat(client.send("hi", options).sent()).isTrue();
    }
    return chat.requests().getLast();
  }

  private ScriptedRequest sent(SendOptions options) {
    return sent(chat.url("AAAA"), options);
  }

  /** The query without what each request has. */
  private static Map<String, String> query(ScriptedRequest request) {
    var query = new HashMap<>(request.query());
    assertThat(query.remove("key")).isEqualTo(ScriptedChat.KEY);
    assertThat(query.remove("token")).isEqualTo(ScriptedChat.TOKEN);
    assertThat(query.remove("requestId")).isNotEmpty();
    return query;
  }

  @Test
  void without_options_the_url_is_taken_as_it_is() {
    var url = chat.url("AAAA").replace("?", "?threadKey=a%20b&messageReplyOption=1&");
    var request = sent(url, SendOptions.none());
    assertThat(chat.address() + request.target()).startsWith(url + "&requestId=");
    assertThat(request.body()).isEqualTo("{\"text\":\"hi\"}");
  }

  @Test
  void a_key_or_a_name_means_reply_or_a_new_thread() {
    var request = sent(SendOptions.inThread("disk &+ é"));
    assertThat(request.body())
        .isEqualTo("{\"text\":\"hi\",\"thread\":{\"threadKey\":\"disk &+ é\"}}");
    assertThat(query(request)).containsExactly(Map.entry("messageReplyOption", FALLBACK));
    request = sent(SendOptions.none().threadName("spaces/AAAA/threads/T"));
    assertThat(request.body())
        .isEqualTo("{\"text\":\"hi\",\"thread\":{\"name\":\"spaces/AAAA/threads/T\"}}");
    assertThat(query(request)).containsExactly(Map.entry("messageReplyOption", FALLBACK));
  }

  @Test
  void an_option_of_ones_own_wins_also_over_the_urls() {
    var option = SendOptions.inThread("k").replyOption(REPLY_MESSAGE_OR_FAIL);
    assertThat(query(sent(option)))
        .containsExactly(Map.entry("messageReplyOption", "REPLY_MESSAGE_OR_FAIL"));
    var url = chat.url("AAAA") + "&messageReplyOption=" + FALLBACK + "&threadKey=old";
    assertThat(query(sent(url, option)))
        .containsOnly(
            Map.entry("messageReplyOption", "REPLY_MESSAGE_OR_FAIL"), Map.entry("threadKey", "k"));
  }

  @Test
  void an_option_of_ones_own_wins_over_the_urls_in_either_style_of_names() {
    var url = chat.url("AAAA") + "&message_reply_option=REPLY_MESSAGE_OR_FAIL&thread_key=old";
    assertThat(query(sent(url, SendOptions.inThread("k").newThread())))
        .containsOnly(
            Map.entry("messageReplyOption", MESSAGE_REPLY_OPTION_UNSPECIFIED.name()),
            Map.entry("threadKey", "k"));
  }

  @Test
  void a_new_thread_is_asked_for_explicitly() {
    assertThat(query(sent(SendOptions.inThread("k").newThread()))).isEmpty();
    var url = chat.url("AAAA") + "&messageReplyOption=" + FALLBACK;
    assertThat(query(sent(url, SendOptions.none().newThread())))
        .containsExactly(Map.entry("messageReplyOption", MESSAGE_REPLY_OPTION_UNSPECIFIED.name()));
  }

  @Test
  void ids_go_into_the_query() {
    var request = sent(SendOptions.none().messageId("client-a1").requestId("r/1 ü"));
    assertThat(request.query())
        .containsEntry("messageId", "client-a1")
        .containsEntry("requestId", "r/1 ü");
  }

  @Test
  void each_call_gets_a_request_id_of_its_own() {
    var first = sent(SendOptions.none()).query().get("requestId");
    assertThat(sent(SendOptions.none()).query()).doesNotContainEntry("requestId", first);
  }

  @Test
  void wrong_ones_are_named_with_the_wish() {
    var none = SendOptions.none();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> none.thread(""))
        .withMessage("thread key: wanted 1 to 4000 characters, got 0");
    assertThat(none.thread("😀".repeat(4_000)).threadKey()).isPresent();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> none.thread("😀".repeat(4_001)))
        .withMessage("thread key: wanted 1 to 4000 characters, got 4001");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> none.threadName("abc"))
        .withMessageContaining("spaces/SPACE/threads/THREAD");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> none.messageId("A1"))
        .withMessage("messageId: wanted client- and 1 to 56 of a-z, 0-9 and -, got A1");
    assertThatIllegalArgumentException().isThrownBy(() -> none.messageId("client-"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> none.messageId("client-" + "a".repeat(57)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> none.requestId("r".repeat(256)))
        .withMessage("requestId: wanted 1 to 255 characters, got 256");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> none.deadline(Duration.ZERO))
        .withMessageStartingWith("deadline: wanted more than zero");
  }

  @Test
  void settings_are_named_with_the_wish() {
    var builder = WebhookClient.builder(chat.url("AAAA"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.attempts(0))
        .withMessage("attempts: wanted 1 or more, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.queue(0))
        .withMessage("queue: wanted 1 or more, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.pace(Duration.ofMillis(-1)))
        .withMessage("pace: wanted zero or more, got PT-0.001S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.timeout(Duration.ofDays(367)))
        .withMessageStartingWith("timeout: wanted more than zero and at most 366 days");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebhookClient.of("https://chat.example.org/?key=leaked-key"))
        .withMessageContaining("the webhook URL needs the path")
        .withMessageNotContaining("leaked");
  }

  @Test
  void they_print_what_is_set() {
    assertThat(SendOptions.none()).hasToString("options[]");
    assertThat(SendOptions.inThread("k").messageId("client-1").urgent())
        .hasToString("options[thread=k, messageId=client-1, priority=HIGH]");
  }
}
