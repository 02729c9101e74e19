package campana.relay.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import campana.wire.WebhookUrl;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private static final String URL = "https://chat.example.org/v1/spaces/AAA/messages?key=k&token=t";
  private static final Lane LANE = Lane.of(WebhookUrl.parse(URL));

  @Test
  void a_provisional_name_looks_like_a_real_one_and_is_recognised() {
    var receipt = new Receipt(new EntryId(LANE.id(), 40), "AAA", new EntryId(LANE.id(), 36));
    assertThat(receipt.threadName()).isEqualTo("spaces/AAA/threads/cmpq00000010");
    assertThat(receipt.messageName()).isEqualTo("spaces/AAA/messages/cmpq00000010.cmpq00000014");
    assertThat(Names.opener(LANE, receipt.threadName())).contains(new EntryId(LANE.id(), 36));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spaces/AAA/threads/Ab1Cd2Ef3Gh",
        "spaces/BBB/threads/cmpq00000010",
        "spaces/AAA/threads/cmpq00000000",
        "spaces/AAA/threads/cmpq-0000010",
        "cmpq00000010",
      })
  void other_names_are_not_ours(String name) {
    assertThat(Names.opener(LANE, name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://CHAT.example.org:443/v1/spaces/AAA/messages/?token=x&key=y, true",
    "http://chat.example.org/v1/spaces/AAA/messages?key=k&token=t, false",
    "https://chat.example.org:8443/v1/spaces/AAA/messages?key=k&token=t, false",
    "https://chat.example.org/v1/spaces/aaa/messages?key=k&token=t, false",
  })
  void a_lane_is_the_space_at_its_origin_however_it_is_written(String url, boolean same) {
    assertThat(Lane.of(WebhookUrl.parse(url)).equals(LANE)).isEqualTo(same);
  }

  @Test
  void a_credential_is_key_and_token_and_its_secrets_stay_out_of_texts() {
    var one = Credential.of(WebhookUrl.parse(URL), "ops");
    var other =
        Credential.of(
            WebhookUrl.parse("https://chat.example.org/v1/spaces/AAA/messages?token=t&key=k"), "");
    assertThat(one.id()).isEqualTo(other.id()).hasSize(22);
    assertThat(one.toString()).doesNotContain("key=k").doesNotContain("token=t");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{}               | {\"thread\":{\"threadKey\":\"a\\\"b\"}}",
        "{ \"text\":\"x\"}| {\"thread\":{\"threadKey\":\"a\\\"b\"}, \"text\":\"x\"}",
      })
  void a_thread_is_put_into_a_message_without_reading_it(String body, String whole) {
    var spliced = Splice.threadKey(body.getBytes(StandardCharsets.UTF_8), "a\"b");
    assertThat(new String(spliced, StandardCharsets.UTF_8)).isEqualTo(whole);
  }
}
