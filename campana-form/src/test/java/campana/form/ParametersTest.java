package campana.form;

import static campana.form.Posts.accepted;
import static campana.form.Posts.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.wire.MessageReplyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
  private static final String HI = "{\"text\":\"hi\"}";

  @Test
  void nothing_in_the_query_means_nothing_is_asked_for() {
    var draft = accepted(HI);
    assertThat(draft.threadKey() + draft.threadName() + draft.requestId() + draft.messageId())
        .isEmpty();
    assertThat(draft.option()).isEqualTo(MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "threadKey=k%20%C3%A9+1&requestId=r&messageId=client-a1&messageReplyOption=REPLY_MESSAGE_OR_FAIL",
        "thread_key=k+%C3%A9+1&request_id=r&message_id=client-a1&message_reply_option=2",
        "threadKey=x&requestId=x&messageId=x&messageReplyOption=x&messageReplyOption=2"
            + "&requestId=r&messageId=client-a1&threadKey=k%20%C3%A9%201"
      })
  void both_styles_bind_and_the_last_of_several_counts(String query) {
    var draft = accepted(HI, query);
    assertThat(draft.threadKey()).isEqualTo("k é 1");
    assertThat(draft.requestId()).isEqualTo("r");
    assertThat(draft.messageId()).isEqualTo("client-a1");
    assertThat(draft.option()).isEqualTo(MessageReplyOption.REPLY_MESSAGE_OR_FAIL);
  }

  @ParameterizedTest
  @CsvSource({
    "'', MESSAGE_REPLY_OPTION_UNSPECIFIED",
    "0, MESSAGE_REPLY_OPTION_UNSPECIFIED",
    "MESSAGE_REPLY_OPTION_UNSPECIFIED, MESSAGE_REPLY_OPTION_UNSPECIFIED",
    "1, REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD",
    "REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD, REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD",
    "2, REPLY_MESSAGE_OR_FAIL",
  })
  void a_reply_option_goes_by_name_or_number(String value, MessageReplyOption option) {
    assertThat(accepted(HI, "messageReplyOption=" + value).option()).isEqualTo(option);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BOGUS", "3", "reply_message_or_fail", "01"})
  void an_unknown_reply_option_is_refused_in_googles_words(String value) {
    assertThat(refusal(HI, "messageReplyOption=" + value))
        .isEqualTo(
            "Invalid value at 'message_reply_option'"
                + " (type.googleapis.com/google.chat.v1.CreateMessageRequest.MessageReplyOption), \""
                + value
                + "\"");
  }

  @Test
  void the_bodys_key_goes_before_the_querys() {
    var query = "threadKey=query";
    assertThat(accepted("{\"text\":\"a\",\"thread\":{\"threadKey\":\"body\"}}", query).threadKey())
        .isEqualTo("body");
    assertThat(accepted("{\"text\":\"a\",\"thread\":{\"threadKey\":\"\"}}", query).threadKey())
        .isEqualTo("query");
  }

  @Test
  void a_thread_key_of_4000_characters_passes_and_one_more_does_not() {
    for (var one : new String[] {"k", "é", "😀"}) {
      var longest = one.repeat(4_000);
      var inBody = "{\"text\":\"a\",\"thread\":{\"threadKey\":\"%s\"}}";
      assertThat(accepted(HI, "threadKey=" + longest).threadKey()).isEqualTo(longest);
      assertThat(accepted(inBody.formatted(longest)).threadKey()).isEqualTo(longest);
      assertThat(refusal(HI, "threadKey=" + longest + "k"))
          .isEqualTo("Invalid value at 'thread_key': a thread key has at most 4000 characters.");
      assertThat(refusal(inBody.formatted(longest + "k")))
          .isEqualTo(
              "Invalid value at 'message.thread.thread_key': a thread key has at most 4000 characters.");
    }
  }

  @Test
  void a_request_id_of_255_characters_passes_and_one_more_does_not() {
    assertThat(accepted(HI, "requestId=" + "é".repeat(255)).requestId()).hasSize(255);
    assertThat(refusal(HI, "requestId=" + "é".repeat(256)))
        .startsWith("Invalid value at 'request_id'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A1",
        "client-A",
        "client-",
        "client",
        "client-a.b",
        "client-ä",
        "Client-a",
        " client-a"
      })
  void a_message_id_of_another_form_is_refused(String id) {
    assertThat(refusal(HI, "messageId=" + id))
        .startsWith(
            "Invalid value at 'message_id' (TYPE_STRING), \"" + id + "\". A message id begins");
  }

  @Test
  void a_message_id_has_at_most_63_characters() {
    var longest = "client-" + "a-9".repeat(18) + "zz";
    assertThat(longest).hasSize(63);
    assertThat(accepted(HI, "messageId=" + longest).messageId()).isEqualTo(longest);
    assertThat(refusal(HI, "messageId=" + longest + "z"))
        .startsWith("Invalid value at 'message_id'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "createMessageNotificationOptions.notificationType=NOTIFICATION_TYPE_NONE",
        "create_message_notification_options.notification_type=0",
        "createMessageNotificationOptions.notificationType=NOTIFICATION_TYPE_SILENT",
        "key=k&token=t&alt=json&$alt=json;enum-encoding%3Dint&prettyPrint=false&fields=name&$.xgafv=2",
        "nobody=knows&this=one"
      })
  void what_means_nothing_here_does_no_harm(String query) {
    assertThat(accepted(HI, query).text()).isEqualTo("hi");
  }

  @Test
  void an_unknown_notification_type_is_refused() {
    assertThat(refusal(HI, "createMessageNotificationOptions.notificationType=LOUD"))
        .isEqualTo(
            "Invalid value at 'create_message_notification_options.notification_type'"
                + " (type.googleapis.com/google.chat.v1.CreateMessageNotificationOptions.NotificationType),"
                + " \"LOUD\"");
  }

  @Test
  void strictness_refuses_unknown_parameters_and_wishes_that_are_not_obeyed() {
    assertThat(strictly("key=k&token=t&nobody=knows"))
        .isEqualTo(
            "Invalid JSON payload received. Unknown name \"nobody\": Cannot bind query parameter."
                + " Field 'nobody' could not be found in request message.");
    assertThat(strictly("createMessageNotificationOptions.notificationType=3"))
        .contains("a webhook cannot choose how people are notified");
    assertThat(Posts.STRICT.read(HI.getBytes(UTF_8), Posts.query("key=k&token=t&alt=json")))
        .isInstanceOf(Read.Accepted.class);
  }

  private static String strictly(String query) {
    return Posts.refused(Posts.STRICT.read(HI.getBytes(UTF_8), Posts.query(query))).message();
  }

  @Test
  void malformed_json_is_told_before_a_wrong_query() {
    assertThat(
            Posts.refused(Posts.FORM.read(new byte[] {'{'}, Posts.query("messageId=x"))).message())
        .startsWith("Invalid JSON payload received. Unexpected end");
    assertThat(Posts.FORM.read(new byte[0], Map.of())).isInstanceOf(Read.Refused.class);
  }
}
