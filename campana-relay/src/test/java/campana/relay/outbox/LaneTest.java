package campana.relay.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaneTest {
  @Test
  void an_id_can_be_typed_as_it_is_printed() {
    assertThat(IntStream.range(0, 1000))
        .allSatisfy(i ->
            assertThat(Lane.of(Drafts.url("SPACE" + i, "t")).id())
                .matches("[A-Za-z0-9_][A-Za-z0-9_-]{11}"));
  }
}
