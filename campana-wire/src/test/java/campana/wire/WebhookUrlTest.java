package campana.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {
  private static final String KEY = "AIzaSy-secretKey_1";
  private static final String TOKEN = "tok-Secret_2%3D";
  private static final String URL =
      "https://chat.example.org/v1/spaces/cmpAAAA_-12/messages?key=" + KEY + "&token=" + TOKEN;

  @ParameterizedTest
  @ValueSource(
      strings = {
        URL,
        "http://127.0.0.1:8080/v1/spaces/cmpAAAA_-12/messages?token=t&key=k",
        "https://[::1]:8443/v1/spaces/cmpAAAA_-12/messages/?key=k&token=t&&threadKey=",
        "https://chat.example.org/behind/a/proxy/v1/spaces/cmpAAAA_-12/messages?key=k&token=t"
      })
  void an_address_is_kept_as_it_was_written(String url) {
    assertThat(WebhookUrl.parse(" " + url + "\n").space()).isEqualTo("cmpAAAA_-12");
    assertThat(WebhookUrl.parse(url).revealed()).isEqualTo(url.replace("&&", "&"));
    assertThat(WebhookUrl.parse(url).toUri()).hasToString(url.replace("&&", "&"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "https://h/v1/spaces/S/messages?key=k                      | exactly one parameter token",
        "https://h/v1/spaces/S/messages?key=k&token=               | exactly one parameter token",
        "https://h/v1/spaces/S/messages?key=k&token=SEC&token=SEC  | and has 2",
        "https://h/v1/spaces/S/messages                            | exactly one parameter key",
        "https://h/v1/spaces/S/messages?key=k&amp;token=SEC        | &amp; in place of &",
        "https://h/v1/S/messages?key=k&token=SEC                   | /v1/spaces/SPACE/messages",
        "https://h/v1/spaces/a%2Fb/messages?key=k&token=SEC        | /v1/spaces/SPACE/messages",
        "ftp://h/v1/spaces/S/messages?key=k&token=SEC              | begin with https://",
        "h/v1/spaces/S/messages?key=k&token=SEC                    | begin with https://",
        "https:/v1/spaces/S/messages?key=k&token=SEC               | needs a host",
        "https://u:p@h/v1/spaces/S/messages?key=k&token=SEC        | no user before it",
        "https://h/v1/spaces/S/messages?key=k&token=SEC#x          | must not have a #",
        "https://h/v1/spaces/S/messages?key=k&token=S EC           | character at place",
        "https://h:99999/v1/spaces/S/messages?key=k&token=SEC      | port of at most 65535",
        "                                                          | begin with https://"
      },
      emptyValue = "")
  void what_is_no_webhook_url_is_refused_without_repeating_it(String url, String wish) {
    assertThatThrownBy(() -> WebhookUrl.parse(url == null ? "" : url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(wish)
        .hasMessageNotContaining("SEC");
  }

  @Test
  void a_parameter_is_added_behind_the_others_and_the_secrets_stay_as_they_are() {
    assertThat(WebhookUrl.parse(URL).with("threadKey", "a b&c+é").revealed())
        .isEqualTo(URL + "&threadKey=a%20b%26c%2B%C3%A9");
  }

  @Test
  void a_parameter_that_is_there_is_replaced_at_its_place_and_never_twice() {
    var url = WebhookUrl.parse(URL.replace("?", "?threadKey=1&") + "&%74hreadKey=2&x");
    assertThat(url.with("threadKey", "3").revealed())
        .isEqualTo(URL.replace("?", "?threadKey=3&") + "&x");
  }

  @Test
  void a_parameter_is_the_same_in_either_style_of_names() {
    var url = WebhookUrl.parse(URL + "&message_reply_option=1&x&messageReplyOption=2");
    assertThat(url.has("messageReplyOption")).isTrue();
    assertThat(url.with("messageReplyOption", "3").revealed())
        .isEqualTo(URL + "&messageReplyOption=3&x");
  }

  @Test
  void key_and_token_cannot_be_replaced() {
    assertThatThrownBy(() -> WebhookUrl.parse(URL).with("token", "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void it_prints_without_its_secrets() {
    var url = WebhookUrl.parse(URL.replace("key=", "%6Bey=")).with("threadKey", "k");
    assertThat(url)
        .hasToString(
            "https://chat.example.org/v1/spaces/cmpAAAA_-12/messages?key=…&token=…&threadKey=k");
    assertThat(url.host()).isEqualTo("chat.example.org");
  }

  @Test
  void other_credentials_in_it_are_hidden_as_well() {
    var url = WebhookUrl.parse(URL + "&access_token=SEC1&oauth_token=SEC2&Key=SEC3&TOKEN=SEC4");
    assertThat(url.toString()).doesNotContain("SEC").contains("&access_token=…&");
    assertThat(url.revealed()).contains("&access_token=SEC1&");
  }

  @Test
  void two_of_the_same_address_are_equal() {
    assertThat(WebhookUrl.parse(URL))
        .isEqualTo(WebhookUrl.parse(URL))
        .hasSameHashCodeAs(WebhookUrl.parse(URL))
        .isNotEqualTo(WebhookUrl.parse(URL).with("a", "b"));
  }

  @Test
  void origins_are_written_one_way() {
    assertThat(WebhookUrl.parse(URL.replace("https://chat.", "HTTPS://Chat.")).origin())
        .isEqualTo("https://chat.example.org");
    assertThat(WebhookUrl.parse(URL.replace(".org/", ".org:443/")).origin())
        .isEqualTo("https://chat.example.org");
    assertThat(WebhookUrl.parse(URL.replace("https:", "http:")).origin())
        .isEqualTo("http://chat.example.org");
    assertThat(WebhookUrl.parse(URL.replace(".org/", ".org:8443/")).origin())
        .isEqualTo("https://chat.example.org:8443");
  }

  @Test
  void it_knows_which_parameters_it_has() {
    var url = WebhookUrl.parse(URL + "&%74hreadKey=");
    assertThat(url.has("threadKey")).isTrue();
    assertThat(url.has("messageReplyOption")).isFalse();
  }
}
