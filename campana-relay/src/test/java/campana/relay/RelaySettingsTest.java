package campana.relay;

import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Caps;
import campana.relay.outbox.Destination;
import campana.relay.outbox.Upstream;
import campana.wire.WebhookUrl;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelaySettingsTest {
  private static final Duration DAY = Duration.ofDays(1);

  private static Destination at(String host, boolean allowPrivate) {
    var url = WebhookUrl.parse("https://" + host + "/v1/spaces/S/messages?key=k&token=t");
    return new Destination(host, url, DAY, DAY, "", allowPrivate, false, "en", ZoneId.of("UTC"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "chat.lan, true",
    "CHAT.lan, true",
    "up.lan, true",
    "chat.example.org, false",
    "gone.lan, false",
  })
  void whether_a_host_may_be_private_is_what_those_at_it_say(String host, boolean may) {
    var settings =
        new RelaySettings(
            Caps.DEFAULT,
            "",
            DAY,
            Optional.of(new Upstream("http://up.lan:8080", List.of("*"), DAY, DAY, true, false)),
            Map.of("ops", at("Chat.lan:8443", true), "far", at("chat.example.org", false)),
            RelaySettings.Retention.DEFAULT);
    assertThat(settings.allowsPrivate(host)).isEqualTo(may);
  }
}
