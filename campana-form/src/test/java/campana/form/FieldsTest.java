package campana.form;

import static campana.form.Posts.WIDGET;
import static campana.form.Posts.accepted;
import static campana.form.Posts.refusal;
import static campana.form.Posts.stored;
import static campana.form.Posts.widgets;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.wire.RpcCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which fields bind, from which values, and what is said of the others.
class FieldsTest {
  private static final String UNKNOWN = "Invalid JSON payload received. Unknown name ";

  @Test
  void an_unknown_name_is_refused_with_its_place() {
    var status = Posts.refused(Posts.FORM.read("{\"body\":\"x\"}".getBytes(UTF_8), Map.of()));
    var said = UNKNOWN + "\"body\" at 'message': Cannot find field.";
    assertThat(status.message()).isEqualTo(said);
    assertThat(status.details())
        .containsExactly(
            Map.of(
                "@type",
                "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations",
                List.of(Map.of("field", "message", "description", said))));
  }

  @Test
  void several_unknown_names_are_one_sentence_and_one_violation_each() {
    var status =
        Posts.refused(
            Posts.FORM.read("{\"text\":\"a\",\"foo\":1,\"bar\":null}".getBytes(UTF_8), Map.of()));
    assertThat(status.message())
        .isEqualTo(
            UNKNOWN
                + "\"foo\" at 'message': Cannot find field.\n"
                + UNKNOWN
                + "\"bar\" at 'message': Cannot find field.");
    assertThat((List<?>) status.details().getFirst().get("fieldViolations")).hasSize(2);
  }

  @Test
  void an_unknown_name_deep_inside_is_found_by_its_path() {
    assertThat(
            refusal(
                widgets("{\"divider\":{}},{\"image\":{\"onClick\":{\"open_link\":{\"uri\":1}}}}")))
        .isEqualTo(
            UNKNOWN
                + "\"uri\" at 'message.cards_v2[0].card.sections[0].widgets[1].image.on_click.open_link':"
                + " Cannot find field.");
  }

  @Test
  void both_styles_of_names_bind() {
    assertThat(
            stored(
                "{\"cards_v2\":[{\"card_id\":\"c\",\"card\":{\"header\":{\"title\":\"t\",\"image_url\":\"u\"}}}],"
                    + "\"fallback_text\":\"f\",\"markup_syntax\":1}"))
        .isEqualTo(
            "{\"fallbackText\":\"f\",\"cardsV2\":[{\"cardId\":\"c\",\"card\":{\"header\":"
                + "{\"title\":\"t\",\"imageUrl\":\"u\"}}}],\"markupSyntax\":\"MARKUP_SYNTAX_CHAT\"}");
    assertThat(accepted("{\"text\":\"a\",\"thread\":{\"thread_key\":\"k\"}}").threadKey())
        .isEqualTo("k");
    assertThat(accepted("{\"text\":\"a\",\"thread\":{\"threadKey\":\"k\"}}").threadKey())
        .isEqualTo("k");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"text\":5}                          | Invalid value at 'message.text' (TYPE_STRING), 5",
        "{\"text\":true}                       | Invalid value at 'message.text' (TYPE_STRING), true",
        "{\"text\":{\"a\":1}}                  | Invalid value at 'message' (text), Starting an object on a scalar field",
        "{\"text\":[\"a\"]}                    | Invalid JSON payload received. Unknown name \"text\" at 'message': Proto field is not repeating, cannot start list.",
        "{\"thread\":\"k\"}                    | Invalid value at 'message.thread' (type.googleapis.com/google.chat.v1.Thread), \"k\"",
        "{\"thread\":[]}                       | Invalid JSON payload received. Unknown name \"thread\" at 'message': Proto field is not repeating, cannot start list.",
        "{\"threadReply\":\"yes\"}             | Invalid value at 'message.thread_reply' (TYPE_BOOL), \"yes\"",
        "{\"threadReply\":1}                   | Invalid value at 'message.thread_reply' (TYPE_BOOL), 1",
        "{\"silent\":\"no\"}                   | Invalid value at 'message.silent' (TYPE_BOOL), \"no\"",
        "{\"previewText\":1}                   | Invalid value at 'message.preview_text' (TYPE_STRING), 1",
        "{\"createTime\":\"yesterday\"}        | Invalid value at 'message.create_time' (type.googleapis.com/google.protobuf.Timestamp), \"yesterday\"",
        "{\"createTime\":{\"seconds\":1}}      | Invalid value at 'message' (create_time), Starting an object on a scalar field",
        "{\"markupSyntax\":\"HTML\"}           | Invalid value at 'message.markup_syntax' (type.googleapis.com/google.chat.v1.MarkupSyntax), \"HTML\"",
        "{\"sender\":{\"type\":9}}             | Invalid value at 'message.sender.type' (type.googleapis.com/google.chat.v1.User.Type), 9",
        "{\"annotations\":[{\"length\":1.5}]}  | Invalid value at 'message.annotations[0].length' (TYPE_INT32), 1.5",
        "{\"annotations\":[{},{\"length\":2147483648}]} | Invalid value at 'message.annotations[1].length' (TYPE_INT32), 2147483648",
        "{\"annotations\":{\"length\":\"x\"}}  | Invalid value at 'message.annotations[0].length' (TYPE_INT32), \"x\"",
        "{\"annotations\":[[]]}                | Invalid JSON payload received. Unknown name \"annotations\" at 'message': Proto field is not repeating, cannot start list.",
        "{\"slashCommand\":{\"commandId\":\"9223372036854775808\"}} | Invalid value at 'message.slash_command.command_id' (TYPE_INT64), \"9223372036854775808\"",
      })
  void a_wrong_type_is_refused_with_path_type_and_value(String body, String said) {
    assertThat(refusal(body)).isEqualTo(said);
  }

  @Test
  void all_mistakes_are_told_at_once() {
    assertThat(refusal("{\"text\":5,\"foo\":1}", "messageReplyOption=BOGUS").split("\n"))
        .hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"decoratedText\":{\"text\":\"a\",\"wrapText\":\"true\"}} | {\"decoratedText\":{\"text\":\"a\",\"wrapText\":true}}",
        "{\"decoratedText\":{\"text\":\"a\",\"wrapText\":\"false\"}} | {\"decoratedText\":{\"text\":\"a\"}}",
        "{\"textParagraph\":{\"text\":\"a\",\"maxLines\":\"3\"}} | {\"textParagraph\":{\"text\":\"a\",\"maxLines\":3}}",
        "{\"textParagraph\":{\"text\":\"a\",\"maxLines\":3.0}} | {\"textParagraph\":{\"text\":\"a\",\"maxLines\":3}}",
        "{\"textParagraph\":{\"text\":\"a\",\"maxLines\":\"3e0\"}} | {\"textParagraph\":{\"text\":\"a\",\"maxLines\":3}}",
        "{\"textParagraph\":{\"text\":\"a\",\"textSyntax\":2}} | {\"textParagraph\":{\"text\":\"a\",\"textSyntax\":\"MARKDOWN\"}}",
        "{\"textParagraph\":{\"text\":\"a\",\"textSyntax\":\"2\"}} | {\"textParagraph\":{\"text\":\"a\",\"textSyntax\":\"MARKDOWN\"}}",
        "{\"textParagraph\":{\"text\":\"a\",\"textSyntax\":0,\"maxLines\":null}} | {\"textParagraph\":{\"text\":\"a\"}}",
        "{\"dateTimePicker\":{\"valueMsEpoch\":1772619300000}} | {\"dateTimePicker\":{\"valueMsEpoch\":\"1772619300000\"}}",
        "{\"dateTimePicker\":{\"valueMsEpoch\":\"9007199254740993\"}} | {\"dateTimePicker\":{\"valueMsEpoch\":\"9007199254740993\"}}",
        "{\"dateTimePicker\":{\"valueMsEpoch\":0}} | {\"dateTimePicker\":{\"valueMsEpoch\":\"0\"}}",
        "{\"grid\":{\"items\":[{\"image\":{\"cropStyle\":{\"aspectRatio\":\"1.5\"}}}]}} | {\"grid\":{\"items\":[{\"image\":{\"cropStyle\":{\"aspectRatio\":1.5}}}]}}",
        "{\"grid\":{\"borderStyle\":{\"strokeColor\":{\"red\":0.1,\"green\":1,\"blue\":0.0,\"alpha\":0}}}} | {\"grid\":{\"borderStyle\":{\"strokeColor\":{\"red\":0.1,\"green\":1,\"alpha\":0}}}}",
        "{\"grid\":{\"borderStyle\":{\"strokeColor\":{\"red\":\"NaN\"}}}} | {\"grid\":{\"borderStyle\":{\"strokeColor\":{\"red\":\"NaN\"}}}}"
      })
  void values_are_taken_in_the_ways_that_occur_and_kept_in_one(String widget, String kept) {
    assertThat(stored(widgets(widget))).isEqualTo(widgets(kept));
  }

  @Test
  void a_single_object_stands_for_a_list_of_one() {
    assertThat(stored("{\"cardsV2\":{\"card\":{\"sections\":{\"widgets\":{\"divider\":{}}}}}}"))
        .isEqualTo(widgets("{\"divider\":{}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"image\":{\"imageUrl\":\"u\"},\"divider\":{}} | data | divider",
        "{\"divider\":{},\"text_paragraph\":{\"text\":\"a\"}} | data | text_paragraph"
      })
  void two_members_of_a_oneof_clash(String widget, String oneof, String second) {
    assertThat(refusal(widgets(widget)))
        .isEqualTo(
            "Invalid value at '%s' (oneof), oneof field '%s' is already set. Cannot set '%s'"
                .formatted(WIDGET, oneof, second));
  }

  @Test
  void an_absent_member_of_a_oneof_clashes_with_nothing() {
    assertThat(stored(widgets("{\"image\":null,\"divider\":{}}")))
        .isEqualTo(widgets("{\"divider\":{}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"name\":\"spaces/Z/messages/1\"",
        "\"sender\":{\"name\":\"users/1\",\"displayName\":\"x\",\"type\":\"BOT\"}",
        "\"space\":{\"name\":\"spaces/Z\",\"type\":\"ROOM\",\"singleUserBotDm\":false}",
        "\"createTime\":\"2026-03-04T10:15:00.123456Z\"",
        "\"lastUpdateTime\":\"2026-03-04T10:15:00+01:00\"",
        "\"deleteTime\":\"2026-03-04T10:15:00Z\"",
        "\"formattedText\":\"x\",\"argumentText\":\"x\",\"threadReply\":true,\"silent\":true",
        "\"annotations\":[{\"type\":\"USER_MENTION\",\"startIndex\":0,\"length\":4}]",
        "\"slashCommand\":{\"commandId\":\"7\"}",
        "\"matchedUrl\":{\"url\":\"u\"}",
        "\"emojiReactionSummaries\":[{\"emoji\":{\"unicode\":\"🙂\"},\"reactionCount\":1}]",
        "\"deletionMetadata\":{\"deletionType\":\"CREATOR\"}",
        "\"attachedGifs\":[{\"uri\":\"u\"}]",
        "\"actionResponse\":{\"type\":\"DIALOG\",\"dialogAction\":{\"dialog\":{\"body\":{\"sections\":[{}]}}}}",
        "\"clientAssignedMessageId\":\"client-x\"",
        "\"quotedMessageMetadata\":{\"name\":\"n\",\"lastUpdateTime\":\"2026-03-04T10:15:00Z\",\"quoteType\":\"FORWARD\"}",
        "\"previewText\":\"p\"",
        "\"attachment\":[]",
        "\"privateMessageViewer\":{}",
        "\"thread\":{}"
      })
  void what_only_the_server_says_is_checked_and_dropped(String field) {
    assertThat(stored("{\"text\":\"a\"," + field + "}")).isEqualTo("{\"text\":\"a\"}");
  }

  @Test
  void a_webhook_cannot_attach_files() {
    assertThat(refusal("{\"text\":\"a\",\"attachment\":[{\"contentName\":\"f\"}]}"))
        .startsWith("message.attachment: a webhook cannot upload");
  }

  @Test
  void a_message_for_one_person_alone_is_not_shown_to_all() {
    var body = "{\"text\":\"a\",\"privateMessageViewer\":{\"name\":\"users/1\"}}";
    var status = Posts.refused(Posts.FORM.read(body.getBytes(UTF_8), Map.of()));
    assertThat(status.code()).isEqualTo(RpcCode.PERMISSION_DENIED);
    assertThat(status.message()).startsWith("message.private_message_viewer: ");
  }

  @Test
  void the_threads_name_is_passed_on_as_it_is() {
    assertThat(accepted("{\"text\":\"a\",\"thread\":{\"name\":\"abc\"}}").threadName())
        .isEqualTo("abc");
  }

  @Test
  void well_known_types_read_as_proto_json() {
    var schema =
        Schema.of(
            "message t.T\nstruct struct struct\nvalue value value\nlist list list\nbytes bytes bytes\n");
    var fits = "{\"struct\":{\"a\":[1]},\"value\":null,\"list\":[{},[1]],\"bytes\":\"aGk=\"}";
    var complaints = new Complaints();
    var bound =
        new Binder(new Where("t"), complaints)
            .bind(schema.message("t.T"), JsonText.MAPPER.readTree(fits));
    assertThat(bound).hasToString(fits);
    assertThat(complaints.none()).isTrue();
    new Binder(new Where("t"), complaints)
        .bind(
            schema.message("t.T"),
            JsonText.MAPPER.readTree("{\"struct\":1,\"list\":{},\"bytes\":\"%\",\"value\":[1]}"));
    assertThat(complaints.status().message().split("\n")).hasSize(3);
  }
}
