package campana.relay.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.Samples;
import campana.relay.outbox.Body.Voice;
import campana.relay.source.Reading;
import campana.relay.source.Received;
import campana.relay.source.alertmanager.AlertmanagerSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A message is written without a tree, and reads as if it had been one.
class JsonTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final List<String> ODD =
      List.of(
          "a",
          " ",
          "\"",
          "\\",
          "/",
          "\u0000",
          "\u001F",
          "\b",
          "\f",
          "\n",
          "\r",
          "\t",
          "\u007F",
          "é",
          "\u2028",
          "🔥",
          "\uD83D",
          "\uDD25",
          "<b>",
          "&",
          "*",
          "_",
          "`",
          "<users/all>",
          "{",
          "]");

  private final Random random = new Random(4);

  private String odd() {
    var odd = new StringBuilder();
    for (int n = random.nextInt(9); n > 0; n--) {
      odd.append(ODD.get(random.nextInt(ODD.size())));
    }
    return odd.toString();
  }

  @Test
  void a_text_is_escaped_as_the_library_escapes_it() {
    for (int n = 0; n < 10_000; n++) {
      var text = odd();
      assertThat(new Json().text(text).toString())
          .isEqualTo(JsonNodeFactory.instance.stringNode(text).toString());
    }
  }

  @Test
  void what_stands_beside_another_is_parted_from_it() {
    var json = new Json().open('{').name("a").open('[').text("x").raw("true").open('{').close('}');
    json.close(']').name("b").raw("2").name("c").open('[').close(']').close('}');
    assertThat(json.toString()).isEqualTo("{\"a\":[\"x\",true,{}],\"b\":2,\"c\":[]}");
  }

  private ObjectNode object() {
    var object = JsonNodeFactory.instance.objectNode();
    for (int n = random.nextInt(7); n > 0; n--) {
      object.put("l" + n, odd());
    }
    return object;
  }

  /// An alert with labels, annotations and links of all kinds.
  private byte[] alert() {
    var root = JsonNodeFactory.instance.objectNode().put("version", "4").put("groupKey", odd());
    root.put("receiver", odd()).put("externalURL", random.nextBoolean() ? "https://a.b" : odd());
    root.set("groupLabels", object().put("alertname", odd()));
    root.set("commonAnnotations", object());
    var alerts = root.putArray("alerts");
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      var alert = alerts.addObject().put("status", random.nextInt(4) == 0 ? "resolved" : "firing");
      alert
          .put("startsAt", "2026-03-01T10:0" + n + ":00Z")
          .put("generatorURL", "http://p/" + odd());
      alert.set("labels", object().put("severity", random.nextBoolean() ? "critical" : odd()));
      alert.set("annotations", object().put("summary", odd()).put("description", odd().repeat(n)));
    }
    return root.toString().getBytes(UTF_8);
  }

  @Test
  void a_message_about_anything_is_written_as_a_tree_of_it_is() {
    var source = new AlertmanagerSource(false);
    var route = Route.of("web", source, List.of("ops"));
    var router = new Router(Map.of("ops", Samples.destination("ops", "en", "UTC")));
    int cards = 0;
    for (int n = 0; n < 1_000; n++) {
      var received =
          new Received("POST", Map.of(), Map.of(), alert(), Instant.parse("2026-03-01T11:00:00Z"));
      var trigger = ((Reading.Triggers) source.read(received)).triggers().getFirst();
      var plan = (Plan.Send) router.plan(route, trigger, received.at());
      var message = new String(plan.drafts().getFirst().body().in(Voice.LOUD), UTF_8);
      assertThat(MAPPER.readTree(message).toString()).isEqualTo(message);
      cards += message.contains("cardsV2") ? 1 : 0;
    }
    assertThat(cards).isGreaterThan(300);
  }
}
