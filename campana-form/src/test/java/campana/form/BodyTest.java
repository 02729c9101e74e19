package campana.form;

import static campana.form.Posts.accepted;
import static campana.form.Posts.refusal;
import static campana.form.Posts.stored;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is JSON to Google's reader, and what it says to the rest.
class BodyTest {
  @Test
  void a_text_is_kept_byte_for_byte() {
    var body = "{\"text\":\"héllo 😀\\nline\\r\\n \\u0000\"}";
    assertThat(accepted(body).text()).isEqualTo("héllo 😀\nline\r\n \0");
    assertThat(stored(body)).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFF{\"text\":\"a\"}",
        " \t\r\n{\"text\":\"a\"}\n\n",
        "{'text':'a'}",
        "{text:\"a\"}",
        "{\"text\":\"a\",}",
        "{\"text\":\"b\",\"text\":\"a\"}",
        "{\"te\\u0078t\":\"\\a\"}",
        "{\"text\":\"a\",\"thread\":null,\"cardsV2\":[],\"annotations\":[null]}"
      })
  void what_google_reads_is_read(String body) {
    assertThat(stored(body)).isEqualTo("{\"text\":\"a\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Test message content       | Unexpected token.\\nTest message content\\n^",
        "{model:gemini-3.5-flash,message:hello} | Unexpected token.\\n{model:gemini-3.5-flash,mes\\n       ^",
        "{                          | Unexpected end of string. Expected an object key or }.\\n\\n^",
        "{\"text\"                  | Unexpected end of string. Expected : between key:value pair.\\n\\n^",
        "{\"theme\" : \"Children\"  | Unexpected end of string. Expected , or } after key:value pair.\\n\\n^",
        "{\"theme\"  \"Children\"}  | Expected : between key:value pair.\\n{\"theme\"  \"Children\"}\\n          ^",
        "{\"theme\" : \"Children\"}EXTRA | Parsing terminated before end of input.\\ntheme\" : \"Children\"}EXTRA\\n                    ^",
        "{\"text\":                 | Unexpected end of string. Expected a value.\\n\\n^",
        "{\"text\":@home}           | Expected a value.\\n@home}\\n^",
        "{\"text\":NaN }            | Unexpected token.\\n{\"text\":NaN }\\n        ^",
        "{\"text\":x}               | Unexpected token.\\nx}\\n^",
        "{\"text\":\"a              | Closing quote expected in string.\\n\\n^",
        "{\"text\":\"a\\            | Closing quote expected in string.\\n\\n^",
        "{\"text\":\"a\"]           | Expected , or } after key:value pair.\\n{\"text\":\"a\"]\\n           ^",
        "{\"a\":[true,null}         | Expected , or ] after array value.\\n{\"a\":[true,null}\\n               ^",
        "{\"a\":[1 #                | Expected , or ] after array value.\\n#\\n^",
        "{\"a\":[                   | Unexpected end of string. Expected a value or ] within an array.\\n\\n^",
        "{,}                        | Expected an object key or }.\\n{,}\\n ^",
        "{[1]: true}                | Expected an object key or }.\\n{[1]: true}\\n ^",
        "{\"a\":01}                 | Octal/hex numbers are not valid JSON values.\\n{\"a\":01}\\n     ^",
        "{\"a\":1.}                 | Unable to parse number.\\n{\"a\":1.}\\n     ^",
        "{\"a\":-}                  | Unable to parse number.\\n{\"a\":-}\\n     ^",
        "{\"a\":1e+}                | Unable to parse number.\\n{\"a\":1e+}\\n     ^",
        "{\"text\":\"\\u12         | Illegal hex string.\\n{\"text\":\"\\u12\\n         ^",
        "{\"text\":\"\\u12zz\"}     | Invalid escape sequence.\\n{\"text\":\"\\u12zz\"}\\n         ^",
        "{\"text\":\"\\ud83d.....\"} | Missing low surrogate.\\n{\"text\":\"\\ud83d.....\"}\\n         ^",
        "{\"text\":\"\\ud83d\\u0041\"} | Invalid low surrogate.\\n{\"text\":\"\\ud83d\\u0041\"}\\n         ^",
        "{\"text\":\"\\ude00\"}     | Invalid unicode code point.\\n{\"text\":\"\\ude00\"}\\n         ^",
        "{\"cañón\":1,\"größe\":2 3} | Expected , or } after key:value pair.\\nón\":1,\"größe\":2 3}\\n                ^"
      })
  void what_is_no_json_is_refused_in_googles_words(String body, String said) {
    var text = said.replace("\\n", "\n");
    assertThat(refusal(body)).isEqualTo("Invalid JSON payload received. " + text);
    assertThat(Posts.refused(Posts.FORM.read(body.getBytes(UTF_8), Map.of())).details()).isEmpty();
  }

  @Test
  void an_escaped_pair_of_surrogates_is_one_character() {
    assertThat(accepted("{\"text\":\"\\ud83d\\ude00\"}").text()).isEqualTo("😀");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ff", "c0af", "e08080", "eda080", "f0808080", "f4908080", "f5808080", "c3", "80"})
  void bytes_that_are_not_utf8_are_refused(String hex) {
    var bytes = HexFormat.of().parseHex(hex);
    var body = ("{\"text\":\"" + new String(bytes, ISO_8859_1) + "\"}").getBytes(ISO_8859_1);
    assertThat(refusal(body))
        .startsWith(
            "Invalid JSON payload received. Encountered non UTF-8 code points.\n{\"text\":\"")
        .endsWith("\n         ^");
  }

  @Test
  void a_body_of_stray_bytes_is_refused_from_its_first_byte_on() {
    var strays = new byte[40];
    Arrays.fill(strays, (byte) 0x80);
    assertThat(refusal(strays)).endsWith("\n^");
  }

  @Test
  void other_encodings_are_not_guessed() {
    var json = "{\"text\":\"a\"}";
    assertThat(refusal(json.getBytes(UTF_16LE))).startsWith("Invalid JSON payload received.");
    assertThat(refusal(json.getBytes(UTF_16BE))).startsWith("Invalid JSON payload received.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]     | Invalid JSON payload received. Unknown name \"message\": Proto field is not repeating, cannot start list.",
        "\"x\"  | Invalid value at 'message' (type.googleapis.com/google.chat.v1.Message), \"x\"",
        "5      | Invalid value at 'message' (type.googleapis.com/google.chat.v1.Message), 5",
        "true   | Invalid value at 'message' (type.googleapis.com/google.chat.v1.Message), true"
      })
  void a_body_that_is_no_object_is_refused(String body, String said) {
    assertThat(refusal(body)).isEqualTo(said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  \n",
        "\uFEFF",
        "null",
        "{}",
        "{\"text\":\"\"}",
        "{\"text\":\" \\n\\t \"}",
        "{\"text\":\"\\u00a0\\u2007\\u202f\\u3000\\u2028\"}",
        "{\"text\":\"\\u200b\\ufeff\\u2060\\u200d\\u00ad\\u200e\"}",
        "{\"text\":\" \u00a0\u200b\uFEFF\\n\"}",
        "{\"text\":\"\\u2800\\u3164\\u115f\\ufe0f\\udb40\\udd00\\u0007\"}",
        "{\"fallbackText\":\"a\"}",
        "{\"cardsV2\":[]}",
        "{\"thread\":{\"threadKey\":\"k\"}}",
        "{\"accessoryWidgets\":[{\"buttonList\":{\"buttons\":[]}}]}"
      })
  void a_message_that_shows_nothing_is_empty(String body) {
    assertThat(refusal(body)).isEqualTo("Message cannot be empty.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u200b.", "\u00a0-\u00a0", "\ufe0f\u2764\ufe0f", "\u06dd", "\u0301"})
  void white_space_around_what_shows_is_kept(String text) {
    var read = Posts.FORM.read(("{\"text\":\"" + text + "\"}").getBytes(UTF_8), Map.of());
    assertThat(Posts.accepted(read).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "[", "{\"card\":["})
  void ten_thousand_levels_are_refused_and_cost_no_stack(String level) {
    assertThat(refusal(level.repeat(10_000)))
        .startsWith(
            "Invalid JSON payload received. Message too deep. Max recursion depth reached for key '");
  }

  @Test
  void a_hundred_levels_are_not_too_deep_and_one_more_is() {
    var deep = "[".repeat(99) + "]".repeat(99);
    assertThat(refusal("{\"x\":" + deep + "}")).contains("Unknown name \"x\"");
    assertThat(refusal("{\"x\":[" + deep + "]}")).contains("Message too deep");
  }

  @Test
  void a_million_unknown_names_get_an_answer_of_a_few_kilobytes() {
    var body = new StringBuilder("{");
    for (int i = 0; i < 60_000; i++) {
      body.append("\"x").append(i).append("\":1,");
    }
    assertThat(refusal(body + "}").length()).isLessThan(20_000);
    assertThat(refusal("{\"" + "n".repeat(40_000) + "\":1}").length()).isLessThan(1_000);
    assertThat(refusal("{\"text\":" + "9".repeat(900) + "}").length()).isLessThan(1_000);
    assertThat(refusal("{\"text\":" + "9".repeat(90_000) + "}").length()).isLessThan(1_000);
  }

  @Test
  void a_number_of_thousands_of_digits_is_refused_with_its_field() {
    for (int digits : List.of(1_001, 5_000, 31_000)) {
      assertThat(refusal("{\"text\":" + "9".repeat(digits) + "}"))
          .startsWith("Invalid value at 'message.text' (TYPE_STRING), ")
          .hasSizeLessThan(1_000);
    }
  }

  @Test
  void a_megabyte_of_empty_objects_is_not_made_a_tree() {
    assertThat(refusal("{\"cardsV2\":[" + "{},".repeat(340_000) + "]}"))
        .isEqualTo("Invalid JSON payload received. It is too large to be a message.");
  }
}
