package campana.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SnippetsTest {
  @Test
  void every_snippet_of_the_documents_makes_a_message_that_may_be_sent() {
    assertThat(
            List.of(
                Snippets.text("web-1"),
                Snippets.lineOfALog("<users/all> *boom*"),
                Snippets.stackTrace("java.lang.Error\n\tat x"),
                Snippets.links("123"),
                Snippets.list(List.of("web-1", "web-2")),
                Snippets.cut("a line\n".repeat(10_000)),
                Snippets.raw(),
                Snippets.card("main"),
                Snippets.formattedCard("db-1"),
                Snippets.columns(),
                Snippets.buttons(),
                Snippets.pictures(),
                Snippets.accessory()))
        .allMatch(Message::fits);
    assertThat(Snippets.split("a line\n".repeat(10_000))).hasSize(3).allMatch(Message::fits);
  }
}
