package campana.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessageTest {
  @Test
  void a_text_is_sent_as_it_is_with_the_thread_beside_it() {
    assertThat(Message.text("a \"b\"").toJson(Optional.of("build"), Optional.empty()))
        .isEqualTo("{\"text\":\"a \\\"b\\\"\",\"thread\":{\"threadKey\":\"build\"}}");
  }
}
