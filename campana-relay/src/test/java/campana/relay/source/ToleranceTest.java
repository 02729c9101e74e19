package campana.relay.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.form.MessageForm;
import campana.form.Read;
import campana.relay.Samples;
import campana.relay.Samples.Sample;
import campana.relay.route.Plan;
import campana.relay.route.Route;
import campana.relay.route.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Whatever a tool sends, and whoever writes to the tool: no exception, bounded output.
class ToleranceTest {
  private static final int BYTES = 32_000;
  private static final MessageForm FORM = MessageForm.create(false);
  private static final Router ROUTER =
      new Router(Map.of("ops", Samples.destination("ops", "it", "Europe/Rome")));
  private static final String MEGABYTE = "x*<&é\uD83D".repeat(150_000);

  static List<Sample> jsonSamples() {
    return Samples.all().stream().filter(s -> s.name().endsWith(".json")).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jsonSamples")
  void a_field_may_be_null_empty_huge_or_of_another_type(Sample sample) {
    var root = JsonMapper.shared().readTree(sample.received().body());
    for (var bad :
        List.of(
            "null",
            "[]",
            "{}",
            "\"\"",
            "-1e99",
            "true",
            "[null]",
            "\"\\ud83d\\ud83d\"",
            "\"\\u200b\"")) {
      for (var change : changed(root, JsonMapper.shared().readTree(bad))) {
        demandBounded(sample, change.getBytes(UTF_8));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jsonSamples")
  void every_text_may_be_a_megabyte(Sample sample) {
    var root = JsonMapper.shared().readTree(sample.received().body());
    var changes = changed(root, JsonMapper.shared().getNodeFactory().stringNode(MEGABYTE));
    // a few of each: all of them would take minutes
    var random = new Random(7);
    for (int i = 0; i < Math.min(6, changes.size()); i++) {
      demandBounded(sample, changes.get(random.nextInt(changes.size())).getBytes(UTF_8));
    }
  }

  @Test
  void ten_thousand_alerts_are_one_message_that_counts_them() {
    var alerts =
        IntStream.range(0, 10_000)
            .mapToObj(i ->
                "{\"status\":\"firing\",\"labels\":{\"alertname\":\"A\",\"instance\":\"i"
                    + i
                    + "\"},\"fingerprint\":\"f"
                    + i
                    + "\"}")
            .collect(Collectors.joining(","));
    var body = "{\"version\":\"4\",\"groupKey\":\"g\",\"alerts\":[" + alerts + "]}";
    for (var name : List.of("alertmanager/firing.json", "alertmanager/alone-two.json")) {
      var triggers = demandBounded(Samples.of(name), body.getBytes(UTF_8));
      assertThat(triggers).hasSize(1);
      assertThat(triggers.getFirst().count()).isEqualTo(10_000);
      assertThat(triggers.getFirst().items()).hasSize(Trigger.ITEMS);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("campana.relay.Samples#all")
  void bytes_that_are_cut_or_turned_are_read_or_refused(Sample sample) {
    var body = sample.received().body();
    var random = new Random(42);
    for (int i = 0; i < 30; i++) {
      var broken = body.clone();
      for (int n = 0; n < 1 + i % 5; n++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      demandBounded(sample, broken);
      demandBounded(sample, java.util.Arrays.copyOf(body, random.nextInt(body.length)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("campana.relay.Samples#all")
  void nonsense_is_refused_with_words(Sample sample) {
    for (var nonsense :
        List.of(
            "",
            " ",
            "\u200b\n\u200b",
            "{\"text\":\"\u200b\"}",
            "{",
            "[",
            "\"",
            "null",
            "{\"a\":".repeat(5_000))) {
      var reading = sample.reader().read(sample.received(nonsense.getBytes(UTF_8)));
      if (reading instanceof Reading.Unreadable(var field, var why)) {
        assertThat(why).isNotBlank().doesNotContain("`", "REDACTED", "(start");
      }
      demandBounded(sample, nonsense.getBytes(UTF_8));
    }
  }

  private static List<Trigger> demandBounded(Sample sample, byte[] body) {
    if (!(sample.reader().read(sample.received(body)) instanceof Reading.Triggers(var triggers))) {
      return List.of();
    }
    var route = Route.of("web", sample.reader(), List.of("ops"));
    for (var trigger : triggers) {
      assertThat(trigger.title().length()).isLessThanOrEqualTo(201);
      assertThat(trigger.subjectId().length()).isLessThanOrEqualTo(1_000);
      var plan = (Plan.Send) ROUTER.plan(route, trigger, Samples.NOON);
      var json = plan.drafts().getFirst().body().quiet();
      assertThat(json.length).isBetween(2, BYTES);
      assertThat(FORM.read(json, Map.of()))
          .as("%s", trigger)
          .isInstanceOf(Read.Accepted.class); // or it would be a dead letter
    }
    return triggers;
  }

  /// The document once for each of its values, with that value replaced.
  private static List<String> changed(JsonNode root, JsonNode by) {
    var all = new ArrayList<String>();
    change(root, root, by, all);
    return all;
  }

  private static void change(JsonNode root, JsonNode node, JsonNode by, List<String> all) {
    if (node instanceof ObjectNode object) {
      for (var name : List.copyOf(object.propertyNames())) {
        var old = object.get(name);
        object.set(name, by);
        all.add(root.toString());
        object.set(name, old);
        change(root, old, by, all);
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        var old = array.get(i);
        array.set(i, by);
        all.add(root.toString());
        array.set(i, old);
        change(root, old, by, all);
      }
    }
  }
}
