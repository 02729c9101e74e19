package campana.cli.command;

import campana.cli.api.Api;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;

/// What surrounds a command: variables, streams, the clock, and the data folder it is about.
public final class Shell {
  private final Map<String, String> environment;
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final InstantSource clock;
  private final boolean terminal;
  private final boolean watched;
  private Path data;

  /// @param terminal whether a person looks at `out`
  /// @param watched whether a person looks at `err`
  public Shell(
      Map<String, String> environment,
      InputStream in,
      PrintStream out,
      PrintStream err,
      InstantSource clock,
      boolean terminal,
      boolean watched) {
    this.environment = Map.copyOf(environment);
    this.in = in;
    this.out = out;
    this.err = err;
    this.clock = clock;
    this.terminal = terminal;
    this.watched = watched;
    this.data = Path.of(environment.getOrDefault("CAMPANA_DATA", "campana-data"));
  }

  void useData(@Nullable Path flag) {
    if (flag != null) {
      data = flag;
    }
  }

  Map<String, String> environment() {
    return environment;
  }

  InputStream in() {
    return in;
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  InstantSource clock() {
    return clock;
  }

  boolean terminal() {
    return terminal;
  }

  /// Whether progress is worth telling.
  boolean watched() {
    return watched;
  }

  /// Whether lines may be coloured: on a terminal, unless its user says no.
  Ansi ansi() {
    return terminal && environment.getOrDefault("NO_COLOR", "").isEmpty() ? Ansi.ON : Ansi.OFF;
  }

  Path data() {
    return data;
  }

  Api api() {
    return Api.find(data, environment);
  }

  /// One result, alone on a line.
  void say(String line) {
    out.println(Printable.line(line));
  }

  /// Something to know that is no result.
  void tell(String line) {
    err.println(Printable.line(line));
  }

  void json(JsonNode node) {
    out.println(node.toPrettyString());
  }

  /// A listing of the API's: as it gave it, all pages in one list, or one row for each.
  ///
  /// @param field what the API calls the list
  void listing(
      boolean json,
      String field,
      List<JsonNode> all,
      List<String> head,
      Function<JsonNode, List<String>> row) {
    if (json) {
      var whole = Api.object();
      whole.putArray(field).addAll(all);
      json(whole);
    } else {
      table(head, all.stream().map(row).toList());
    }
  }

  /// Rows as columns under a head on a terminal; else one a line, parted by tabs, for other
  /// programs.
  void table(List<String> head, List<List<String>> rows) {
    var clean = rows.stream().map(row -> row.stream().map(Printable::line).toList()).toList();
    if (!terminal) {
      clean.forEach(row -> out.println(String.join("\t", row)));
      return;
    }
    var widths =
        IntStream.range(0, head.size())
            .map(i ->
                Math.max(
                    head.get(i).length(),
                    clean.stream().mapToInt(row -> row.get(i).length()).max().orElse(0)))
            .toArray();
    out.println(ansi().string("@|bold " + columns(head, widths) + "|@"));
    clean.forEach(row -> out.println(columns(row, widths)));
  }

  private static String columns(List<String> cells, int[] widths) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> cells.get(i) + " ".repeat(widths[i] - cells.get(i).length()))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }
}
