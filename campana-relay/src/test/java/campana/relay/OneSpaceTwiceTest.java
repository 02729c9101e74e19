package campana.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.outbox.Answer;
import campana.relay.outbox.Attempt;
import campana.relay.outbox.Caps;
import campana.relay.outbox.Destination;
import campana.relay.outbox.Enqueued;
import campana.relay.outbox.Enqueued.Duplicate;
import campana.relay.outbox.Enqueued.Full;
import campana.relay.outbox.Enqueued.Queued;
import campana.relay.outbox.EntryId;
import campana.relay.outbox.Next;
import campana.relay.outbox.Order;
import campana.relay.outbox.Receipt;
import campana.relay.outbox.Step;
import campana.relay.outbox.Step.Doubts;
import campana.relay.outbox.Sums;
import campana.relay.route.Plan;
import campana.relay.route.Route;
import campana.relay.route.Router;
import campana.relay.source.Reading;
import campana.relay.source.Received;
import campana.relay.source.Source;
import campana.relay.source.alertmanager.AlertmanagerSource;
import campana.relay.store.SqliteOpened;
import campana.testkit.ManualClock;
import campana.wire.WebhookUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A route with two destinations in one space, by two webhooks or by the same one in two languages:
/// each of them is told everything, once.
class OneSpaceTwiceTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Source SOURCE = new AlertmanagerSource(false);
  private static final List<String> BOTH = List.of("ops", "sala");

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private Router router = router("t1", "t2");
  private SqliteOpened opened;

  @BeforeEach
  void open() {
    opened = open(Caps.DEFAULT);
  }

  @AfterEach
  void close() {
    assertThat(opened.records().sums().hold()).isTrue();
    opened.close();
  }

  private SqliteOpened open(Caps caps) {
    return SqliteOpened.at(folder.resolve("data"), caps, Duration.ofMinutes(5), clock);
  }

  private static Router router(String token, String other) {
    return new Router(
        Map.of("ops", destination("ops", token, "en"), "sala", destination("sala", other, "it")));
  }

  private static Destination destination(String name, String token, String language) {
    return new Destination(
        name,
        WebhookUrl.parse("https://chat.example.org/v1/spaces/S/messages?key=k&token=" + token),
        Destination.INTERVAL,
        Duration.ofHours(24),
        "",
        false,
        false,
        language,
        ZoneId.of("UTC"));
  }

  private static ObjectNode notice(String status) throws IOException {
    var file = Samples.FOLDER.resolve("alertmanager").resolve("firing.json");
    var notice = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
    notice.remove("notification_reason");
    notice.put("status", status);
    notice.withArray("alerts").forEach(alert -> ((ObjectNode) alert).put("status", status));
    return notice;
  }

  private Enqueued send(String status, List<String> to) throws IOException {
    var bytes = JSON.writeValueAsBytes(notice(status));
    var read = SOURCE.read(new Received("POST", Map.of(), Map.of(), bytes, clock.instant()));
    var trigger = ((Reading.Triggers) read).triggers().getFirst();
    var plan = router.plan(Route.of("web", SOURCE, to), trigger, clock.instant());
    return opened.outbox().enqueue("web", ((Plan.Send) plan).drafts());
  }

  private List<EntryId> queued(String status) throws IOException {
    var answer = send(status, BOTH);
    assertThat(answer).isInstanceOf(Queued.class);
    return ((Queued) answer).receipts().stream().map(Receipt::id).toList();
  }

  private JsonNode message(EntryId id) {
    return JSON.readTree(new String(opened.records().entry(id).orElseThrow().body(), UTF_8));
  }

  /// Ends the next one's wait by a step.
  ///
  /// @return the key of the thread that it would go into
  private String next(EntryId expected, Step step) {
    var lane = destination("ops", "t1", "en").credential().lane();
    var turn =
        ((Next.Try) opened.backlog().next(lane, clock.instant(), new Order(0, false))).turn();
    assertThat(turn.id()).isEqualTo(expected);
    var attempt = new Attempt(Answer.none("so it is"), clock.instant(), clock.instant());
    opened.backlog().settle(lane, turn.id(), attempt, step);
    return JSON.readTree(new String(turn.body(), UTF_8))
        .path("thread")
        .path("threadKey")
        .asString("");
  }

  private String deliver(EntryId id) {
    return next(id, new Step.Finish("spaces/S/messages/M", "spaces/S/threads/T", Doubts.COUNT));
  }

  @ParameterizedTest(name = "by webhook {0} and webhook {1}")
  @CsvSource({"t1, t2", "t1, t1"})
  void both_are_told_what_fires_in_full_its_repeat_in_short_and_its_end_in_their_threads(
      String token, String other) throws IOException {
    router = router(token, other);
    var fires = queued("firing");
    assertThat(fires).hasSize(2);
    for (var id : fires) {
      assertThat(message(id).has("cardsV2")).as("%s", id).isTrue();
    }
    clock.advance(Duration.ofHours(4));
    var stands = queued("firing");
    assertThat(stands).hasSize(2);
    for (var id : stands) {
      assertThat(message(id).has("cardsV2")).as("%s", id).isFalse();
    }
    clock.advance(Duration.ofMinutes(1));
    var ends = queued("resolved");
    assertThat(ends).hasSize(2);
    var english = deliver(fires.get(0));
    var italian = deliver(fires.get(1));
    assertThat(english).startsWith("c1-");
    assertThat(deliver(stands.get(0))).isEqualTo(english);
    assertThat(deliver(stands.get(1))).isEqualTo(italian);
    assertThat(deliver(ends.get(0))).isEqualTo(english);
    assertThat(deliver(ends.get(1))).isEqualTo(italian);
    assertThat(opened.records().sums().triggers()).isEqualTo(new Sums.Triggers(3, 0, 0, 0, 3));
    assertThat(opened.records().sums().entries().delivered()).isEqualTo(6);
  }

  @Test
  void a_repetition_is_known_as_a_whole_and_of_one_that_died_alone_it_is_told_again()
      throws IOException {
    var fires = queued("firing");
    assertThat(send("firing", BOTH)).isInstanceOf(Duplicate.class);
    deliver(fires.get(0));
    next(fires.get(1), new Step.Bury("400"));
    assertThat(queued("firing")).hasSize(1);
    assertThat(send("firing", BOTH)).isInstanceOf(Duplicate.class);
    assertThat(opened.records().sums().triggers()).isEqualTo(new Sums.Triggers(4, 2, 0, 0, 2));
  }

  @Test
  void whoever_is_named_later_is_told_what_the_first_one_was_told_before() throws IOException {
    send("firing", List.of("ops"));
    assertThat(queued("firing")).as("sala has not heard of it").hasSize(1);
    assertThat(queued("resolved")).hasSize(2);
  }

  @Test
  void a_repetition_needs_no_room() throws IOException {
    opened.close();
    opened = open(new Caps(2, 2, 20, 1024, 3, 0.05));
    queued("firing");
    assertThat(send("firing", BOTH)).isInstanceOf(Duplicate.class);
    assertThat(send("resolved", BOTH)).isInstanceOf(Full.class);
  }
}
