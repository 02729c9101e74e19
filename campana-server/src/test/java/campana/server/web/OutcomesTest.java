package campana.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import campana.form.MessageForm;
import campana.http.HttpServer;
import campana.http.HttpSettings;
import campana.server.LiveServer;
import campana.server.ServerSettings;
import campana.server.Wire;
import campana.server.message.Ledger;
import campana.server.message.MessageDesk;
import campana.server.message.MessageIds;
import campana.server.message.PostRules;
import campana.server.message.Posted;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a sender is told when the disk does not do its part. The ledger is one that answers so; the
/// rest is real.
class OutcomesTest {
  private static final String HI = "{\"text\":\"hi\"}";

  @TempDir Path folder;

  private Wire.Answer answerTo(Posted outcome) {
    try (var live = new LiveServer(folder)) {
      var rooms = live.app().rooms();
      var ids = new MessageIds(new byte[MessageIds.KEY_BYTES]);
      Ledger ledger = (_, _, _) -> outcome;
      var desk =
          new MessageDesk(
              ledger, rooms.messages(), ids, () -> PostRules.DEFAULT, Clock.systemUTC());
      var rules = new Endpoints.Rules(ServerSettings.DEFAULT, MessageForm.create(false));
      var endpoints =
          new Endpoints(
              rooms,
              desk,
              () -> rules,
              new Meters(),
              Clock.systemUTC(),
              () -> true,
              Beside.NOTHING);
      try (var http = new HttpServer(HttpSettings.at("127.0.0.1", 0), endpoints::addTo)) {
        http.start();
        return new Wire(http.address()).post(live.target(), HI);
      }
    }
  }

  @Test
  void a_full_queue_is_unavailable_for_now() {
    var answer = answerTo(new Posted.Busy(Duration.ofMillis(1500)));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("UNAVAILABLE");
    assertThat(answer.message()).isEqualTo("The service is currently unavailable.");
    assertThat(answer.headers()).containsEntry("retry-after", "2");
    assertThat(answer.detail("RetryInfo").path("retryDelay").asString()).isEqualTo("1.5s");
  }

  @Test
  void an_unknown_outcome_is_answered_with_nothing_at_all() {
    assertThat(answerTo(new Posted.Unknown()).status()).isZero();
  }
}
