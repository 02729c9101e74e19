package campana.server.draw;

import static org.assertj.core.api.Assertions.assertThat;

import campana.client.card.Card;
import campana.client.card.DecoratedText;
import campana.client.card.Icon;
import campana.client.card.KnownIcon;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientIconsTest {
  @ParameterizedTest
  @EnumSource(KnownIcon.class)
  void every_icon_that_the_client_knows_is_drawn(KnownIcon icon) {
    var card =
        Card.untitled().section(s -> s.add(DecoratedText.of("a").startIcon(Icon.known(icon))));
    var content = "{\"cardsV2\":[{\"card\":" + card.toJson() + "}]}";
    assertThat(Drawings.DRAWING.html(Drawings.bytes(content))).contains("<path d=\"");
  }
}
