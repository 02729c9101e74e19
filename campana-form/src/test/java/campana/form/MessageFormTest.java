package campana.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageFormTest {
  private final MessageForm form = MessageForm.create(false);

  @Test
  void a_text_is_accepted_byte_for_byte() {
    var text = "{\"text\":\"héllo 😀\\nline\"}";
    var read = form.read(text.getBytes(StandardCharsets.UTF_8), Map.of());
    assertThat(read).isInstanceOf(Read.Accepted.class);
    var draft = ((Read.Accepted) read).draft();
    assertThat(draft.text()).isEqualTo("héllo 😀\nline");
    assertThat(draft.content()).asString(StandardCharsets.UTF_8).isEqualTo(text);
  }

  @Test
  void query_parameters_arrive_in_the_draft() {
    var read =
        form.read(
            "{'text':'a'}".getBytes(StandardCharsets.UTF_8),
            Map.of(
                "thread_key", List.of("x", "k"),
                "messageReplyOption", List.of("1"),
                "requestId", List.of("r"),
                "messageId", List.of("client-a1")));
    var draft = ((Read.Accepted) read).draft();
    assertThat(draft.threadKey()).isEqualTo("k");
    assertThat(draft.option().number()).isEqualTo(1);
    assertThat(draft.requestId()).isEqualTo("r");
    assertThat(draft.messageId()).isEqualTo("client-a1");
  }
}
