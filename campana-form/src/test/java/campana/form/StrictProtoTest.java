package campana.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.chat.v1.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is stored is proto JSON: Google's own strict parser takes it, and prints the same again.
class StrictProtoTest {
  @ParameterizedTest
  @MethodSource("campana.form.SendersTest#cases")
  void what_a_tool_sent_is_stored_as_google_would_write_it(SendersTest.Case sent)
      throws IOException {
    if (sent.status() == 200) {
      check(Posts.accepted(Posts.FORM.read(sent.bytes(), Posts.query(sent.query()))));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"dateTimePicker\":{\"valueMsEpoch\":1.7e12,\"type\":\"1\"}}",
        "{\"grid\":{\"columnCount\":\"2\",\"borderStyle\":{\"type\":2,\"strokeColor\":{\"red\":\"0.25\",\"alpha\":0}}}}",
        "{\"grid\":{\"items\":{\"image\":{\"cropStyle\":{\"type\":4,\"aspect_ratio\":\"1.25\"}}}}}",
        "{\"decorated_text\":{\"text\":\"a\",\"wrap_text\":\"true\",\"switch_control\":{\"control_type\":1}}}",
        "{\"selectionInput\":{\"multi_select_max_selected_items\":0,\"items\":{\"start_icon_uri\":\"\"}}}",
        "{\"textParagraph\":{\"text\":\"\\u0000 \\ud83d\\ude00 \\u2028 \\\\ \\\"\",\"maxLines\":-1}}"
      })
  void every_lenient_value_is_stored_as_google_would_write_it(String widget) throws IOException {
    check(Posts.accepted(Posts.widgets(widget)));
  }

  private static void check(Draft draft) throws IOException {
    var tree = (ObjectNode) JsonText.MAPPER.readTree(draft.content());
    tree.remove("markupSyntax"); // the overlay's
    var message = Message.newBuilder();
    JsonFormat.parser().merge(tree.toString(), message);
    var printed = JsonFormat.printer().omittingInsignificantWhitespace().print(message);
    var again = JsonText.MAPPER.readTree(printed.getBytes(UTF_8));
    assertThat(tree.equals(StrictProtoTest::compare, again)).as("%s as %s", tree, again).isTrue();
  }

  /// 0 and 0.0 are one number.
  private static int compare(JsonNode one, JsonNode other) {
    return one.isNumber() && other.isNumber()
        ? Double.compare(one.doubleValue(), other.doubleValue())
        : one.equals(other) ? 0 : 1;
  }
}
