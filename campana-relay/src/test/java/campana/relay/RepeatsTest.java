package campana.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Caps;
import campana.relay.outbox.Enqueued;
import campana.relay.outbox.EntryId;
import campana.relay.route.Plan;
import campana.relay.route.Route;
import campana.relay.route.Router;
import campana.relay.source.Reading;
import campana.relay.source.Received;
import campana.relay.source.alertmanager.AlertmanagerSource;
import campana.relay.store.SqliteOpened;
import campana.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An Alertmanager that gives no reason for a notice sends the same group again and again: from its
/// bytes to what would be sent.
class RepeatsTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Router ROUTER =
      new Router(Map.of("ops", Samples.destination("ops", "en", "UTC")));

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private SqliteOpened opened;

  @BeforeEach
  void open() {
    opened = SqliteOpened.at(folder.resolve("data"), Caps.DEFAULT, Duration.ofMinutes(5), clock);
  }

  @AfterEach
  void close() {
    assertThat(opened.records().sums().hold()).isTrue();
    opened.close();
  }

  private static ObjectNode sample(String name) throws IOException {
    var file = Samples.FOLDER.resolve("alertmanager").resolve(name);
    var notice = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
    notice.remove("notification_reason");
    return notice;
  }

  /// What a notice becomes, four hours after the one before.
  private List<JsonNode> told(JsonNode notice, boolean perAlert) {
    clock.advance(Duration.ofHours(4));
    var source = new AlertmanagerSource(perAlert);
    var bytes = JSON.writeValueAsBytes(notice);
    var read = source.read(new Received("POST", Map.of(), Map.of(), bytes, clock.instant()));
    var messages = new ArrayList<JsonNode>();
    for (var trigger : ((Reading.Triggers) read).triggers()) {
      var plan = ROUTER.plan(Route.of("web", source, List.of("ops")), trigger, clock.instant());
      var queued = opened.outbox().enqueue("web", ((Plan.Send) plan).drafts());
      var id = ((Enqueued.Queued) queued).receipts().getFirst().id();
      messages.add(message(id));
    }
    return messages;
  }

  private JsonNode message(EntryId id) {
    return JSON.readTree(new String(opened.records().entry(id).orElseThrow().body(), UTF_8));
  }

  @Test
  void what_was_told_before_is_one_line_in_its_thread() throws IOException {
    var firing = sample("firing.json");
    assertThat(told(firing, false).getFirst().has("cardsV2")).isTrue();
    var again = told(firing, false).getFirst();
    assertThat(again.has("cardsV2")).isFalse();
    assertThat(again.path("text").asString().lines().findFirst().orElseThrow())
        .startsWith("🔴 *HighLatency* · still firing · since ");
    assertThat(told(firing, false).getFirst().has("cardsV2")).isFalse();
  }

  @Test
  void one_alert_more_is_a_card_and_after_one_is_resolved_the_rest_is_a_repeat()
      throws IOException {
    var two = sample("mixed.json"); // fires and is resolved
    told(two, false);
    var rest = two.deepCopy();
    rest.withArray("alerts").removeIf(alert -> alert.path("status").asString().equals("resolved"));
    var repeat = told(rest, false).getFirst();
    assertThat(repeat.has("cardsV2")).isFalse();
    assertThat(repeat.path("text").asString()).contains("still firing");
    var more = rest.deepCopy();
    var added = (ObjectNode) more.withArray("alerts").get(0).deepCopy();
    added.put("fingerprint", "00000000deadbeef");
    more.withArray("alerts").add(added);
    assertThat(told(more, false).getFirst().has("cardsV2")).isTrue();
  }

  @Test
  void of_a_group_told_by_alert_only_the_new_one_is_a_card() throws IOException {
    var notice = sample("alone-two.json");
    notice.withArray("alerts").removeIf(a -> a.path("status").asString().equals("resolved"));
    var one = notice.deepCopy();
    while (one.withArray("alerts").size() > 1) {
      one.withArray("alerts").remove(1);
    }
    var two = one.deepCopy();
    var added = (ObjectNode) two.withArray("alerts").get(0).deepCopy();
    added.put("fingerprint", "00000000deadbeef");
    two.withArray("alerts").add(added);
    told(one, true);
    assertThat(told(two, true).stream().filter(m -> m.has("cardsV2"))).hasSize(1);
  }
}
