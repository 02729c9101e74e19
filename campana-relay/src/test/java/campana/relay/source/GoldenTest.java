package campana.relay.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.relay.Samples;
import campana.relay.Samples.Sample;
import campana.relay.outbox.Body;
import campana.relay.route.Plan;
import campana.relay.route.Route;
import campana.relay.route.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Each sample beside what it becomes: the trigger, and the message in English. Where they differ,
/// the new form lies in `target/golden`, to be read and, if it is right, to be copied.
class GoldenTest {
  private static final Path NEW = Path.of("target/golden");
  private static final Router ROUTER =
      new Router(Map.of("ops", Samples.destination("ops", "en", "UTC")));

  static List<Sample> samples() {
    return Samples.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void a_sample_becomes_the_trigger_and_the_message_beside_it(Sample sample) throws IOException {
    var form = form(sample);
    var golden = sample.golden();
    var known = Files.exists(golden) ? Files.readString(golden) : "";
    if (!known.equals(form)) {
      var there = NEW.resolve(Samples.FOLDER.relativize(golden).toString());
      Files.createDirectories(there.getParent());
      Files.writeString(there, form);
    }
    assertThat(form).as("the new form lies in %s", NEW).isEqualTo(known);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void the_same_bytes_are_the_same_event(Sample sample) {
    var first = sample.triggers().stream().map(Trigger::identity).toList();
    var again = sample.triggers().stream().map(Trigger::identity).toList();
    assertThat(again).isEqualTo(first);
    assertThat(first).doesNotHaveDuplicates().noneMatch(i -> i.dedupId().isEmpty());
  }

  private static String form(Sample sample) {
    return switch (sample.reader().read(sample.received())) {
      case Reading.Nothing(var why) -> "nothing: " + why + "\n";
      case Reading.Unreadable(var field, var why) -> "unreadable: '" + field + "' " + why + "\n";
      case Reading.Unsupported(var type) -> "unsupported: " + type + "\n";
      case Reading.Triggers(var triggers) -> {
        var out = new StringBuilder();
        for (var trigger : triggers) {
          trigger(out, trigger);
          message(out, sample, trigger);
        }
        yield out.toString();
      }
    };
  }

  private static void trigger(StringBuilder out, Trigger t) {
    line(out, "event", t.event());
    line(out, "identity", t.identity().dedupId() + " for " + t.identity().window());
    line(out, "subject", t.subjectId());
    line(out, "state", t.state() + ", " + t.severity() + (t.repeat() ? ", repeat" : ""));
    line(out, "title", t.title());
    line(out, "actor", t.actor());
    line(out, "tally", t.tally().toString());
    line(out, "since", t.since() + " at " + t.occurredAt());
    t.facts().forEach(f -> line(out, "fact", f.label() + " = " + f.value()));
    t.links().forEach(l -> line(out, "link", l.label() + " = " + l.url()));
    t.items().forEach(i -> line(out, "item", i.toString()));
    t.labels().forEach((name, value) -> line(out, "label", name + " = " + value));
    line(out, "body", t.body().form() + "\n" + seen(t.body().text().indent(4)));
  }

  private static void message(StringBuilder out, Sample sample, Trigger trigger) {
    var route = Route.of("web", sample.reader(), List.of("ops"));
    if (ROUTER.plan(route, trigger, Samples.NOON) instanceof Plan.Send(var drafts)) {
      var draft = drafts.getFirst();
      line(out, "list", draft.title());
      line(out, "threading", draft.threading().getClass().getSimpleName());
      out.append(pretty(draft.body())).append("\n\n");
    }
  }

  private static String pretty(Body body) {
    var json = new String(body.quiet(), UTF_8);
    return seen(JsonMapper.shared().readTree(json).toPrettyString().replace("\r", ""));
  }

  /// What stands in the text and is not seen.
  private static String seen(String text) {
    return text.replace("\u200B", "⟨zs⟩").replace("\u2060", "⟨wj⟩");
  }

  private static void line(StringBuilder out, String name, String value) {
    if (!value.isEmpty()) {
      out.append(name).append(": ").append(seen(value).stripTrailing()).append('\n');
    }
  }
}
