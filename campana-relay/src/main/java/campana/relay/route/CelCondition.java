package campana.relay.route;

import campana.relay.source.Trigger;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A condition in CEL. The library is loaded with the first one: whoever has none does not pay for
/// it.
///
/// A label that a trigger does not have reads as the empty text where it is named after
/// `trigger.labels`; CEL alone would call that an error.
final class CelCondition implements Condition {
  private static final Logger log = LoggerFactory.getLogger(CelCondition.class);
  private static final int LONGEST = 4_000;

  /// So often a comprehension goes round: labels are few, so that is never reached in earnest.
  private static final int ROUNDS = 10_000;

  private static final Map<String, CelType> VARIABLES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("source", SimpleType.STRING),
              Map.entry("event", SimpleType.STRING),
              Map.entry("subject", SimpleType.STRING),
              Map.entry("state", SimpleType.STRING),
              Map.entry("severity", SimpleType.STRING),
              Map.entry("title", SimpleType.STRING),
              Map.entry("body", SimpleType.STRING),
              Map.entry("actor", SimpleType.STRING),
              Map.entry("labels", MapType.create(SimpleType.STRING, SimpleType.STRING)),
              Map.entry("facts", MapType.create(SimpleType.STRING, SimpleType.STRING)),
              Map.entry("count", SimpleType.INT),
              Map.entry("firing", SimpleType.INT),
              Map.entry("resolved", SimpleType.INT),
              Map.entry("repeat", SimpleType.BOOL)));

  private static final Pattern NAMED =
      Pattern.compile(
          "(has\\(\\s*)?trigger\\.labels(?:\\.([A-Za-z_]\\w*)|\\[\\s*(?:'([^']*)'|\"([^\"]*)\")\\s*])");
  private static final Pattern FIELD = Pattern.compile("trigger\\s*\\.\\s*([A-Za-z_]\\w*)");
  private static final Map<String, Set<String>> VALUES =
      Map.of(
          "severity", Set.of("CRITICAL", "WARNING", "INFO", "OK"),
          "state", Set.of("FIRING", "RESOLVED", "UPDATE", "INFO"));
  private static final Pattern COMPARED =
      Pattern.compile("trigger\\.(severity|state)\\s*[!=]=\\s*(?:'([^']*)'|\"([^\"]*)\")");

  private final String cel;
  private final CelRuntime.Program program;
  private final Set<String> named;

  private CelCondition(String cel, CelRuntime.Program program, Set<String> named) {
    this.cel = cel;
    this.program = program;
    this.named = Set.copyOf(named);
  }

  /// The library, built once and only when it is needed.
  private static final class Library {
    static final CelCompiler COMPILER = compiler();
    static final CelRuntime RUNTIME =
        CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(options()).build();

    private static dev.cel.common.CelOptions options() {
      return dev.cel.common.CelOptions.current()
          .maxExpressionCodePointSize(LONGEST)
          .comprehensionMaxIterations(ROUNDS)
          .build();
    }

    private static CelCompiler compiler() {
      var builder =
          CelCompilerFactory.standardCelCompilerBuilder()
              .setOptions(options())
              .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
              .setResultType(SimpleType.BOOL);
      VARIABLES.forEach((name, type) -> builder.addVar("trigger." + name, type));
      return builder.build();
    }
  }

  static CelCondition compile(String cel) {
    var checked = Library.COMPILER.compile(cel);
    if (checked.hasError()) {
      throw new IllegalArgumentException(
          checked.getErrors().stream()
              .map(issue -> told(cel, issue))
              .distinct()
              .collect(Collectors.joining("; ")));
    }
    values(cel);
    try {
      return new CelCondition(cel, Library.RUNTIME.createProgram(checked.getAst()), named(cel));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException("not a condition: " + e.getMessage(), e);
    }
  }

  /// CEL's own words, but for the commonest mistake: a field that no trigger has.
  private static String told(String cel, CelIssue issue) {
    int line = issue.getSourceLocation().getLine();
    int column = issue.getSourceLocation().getColumn();
    var where = "line " + line + ", column " + (column + 1) + ": ";
    if (!issue.getMessage().startsWith("undeclared reference to 'trigger'")) {
      return where + issue.getMessage();
    }
    var lines = cel.lines().toList();
    var field = FIELD.matcher(line <= lines.size() ? lines.get(line - 1) : "");
    var name = field.find(Math.min(column, field.regionEnd())) ? field.group(1) : "";
    return where
        + (name.isEmpty() ? "trigger alone is no value" : "there is no trigger." + name)
        + "; wanted: one of "
        + VARIABLES.keySet().stream().map(v -> "trigger." + v).collect(Collectors.joining(", "));
  }

  /// A severity that is none would never be equal, and nobody would notice.
  private static void values(String cel) {
    var compared = COMPARED.matcher(cel);
    while (compared.find()) {
      var value = compared.group(2) == null ? compared.group(3) : compared.group(2);
      var wanted = VALUES.getOrDefault(compared.group(1), Set.of());
      if (!wanted.contains(value)) {
        var before = cel.substring(0, compared.start()).lines().toList();
        int line = Math.max(1, before.size());
        int column = before.isEmpty() ? 1 : before.getLast().length() + 1;
        throw new IllegalArgumentException(
            "line "
                + line
                + ", column "
                + column
                + ": trigger."
                + compared.group(1)
                + " is never '"
                + value
                + "'; wanted: one of "
                + wanted.stream().sorted().collect(Collectors.joining(", ")));
      }
    }
  }

  private static Set<String> named(String cel) {
    var named = new HashSet<String>();
    var labels = NAMED.matcher(cel);
    while (labels.find()) {
      if (labels.group(1) == null) {
        for (int group = 2; group <= 4; group++) {
          if (labels.group(group) != null) {
            named.add(labels.group(group));
          }
        }
      }
    }
    return named;
  }

  @Override
  public boolean holds(Trigger trigger) {
    try {
      return !Boolean.FALSE.equals(program.eval(values(trigger)));
    } catch (CelEvaluationException e) {
      log.warn("condition cannot be decided, so it holds: {} ({})", cel, e.getMessage());
      return true;
    }
  }

  private Map<String, ?> values(Trigger trigger) {
    var labels = new HashMap<String, String>();
    named.forEach(name -> labels.put(name, ""));
    labels.putAll(trigger.labels());
    var facts = new HashMap<String, String>();
    List.copyOf(trigger.facts()).forEach(f -> facts.put(f.label(), f.value()));
    return Map.ofEntries(
        Map.entry("trigger.source", trigger.source()),
        Map.entry("trigger.event", trigger.event()),
        Map.entry("trigger.subject", trigger.subjectId()),
        Map.entry("trigger.state", trigger.state().name()),
        Map.entry("trigger.severity", trigger.severity().name()),
        Map.entry("trigger.title", trigger.title()),
        Map.entry("trigger.body", trigger.body().text()),
        Map.entry("trigger.actor", trigger.actor()),
        Map.entry("trigger.labels", labels),
        Map.entry("trigger.facts", facts),
        Map.entry("trigger.count", (long) trigger.count()),
        Map.entry("trigger.firing", (long) trigger.tally().firing()),
        Map.entry("trigger.resolved", (long) trigger.tally().resolved()),
        Map.entry("trigger.repeat", trigger.repeat()));
  }
}
