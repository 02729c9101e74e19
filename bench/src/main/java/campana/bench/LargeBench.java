package campana.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// A million spaces with ten million messages, on both databases: what a post costs beside a small
/// database with the same thousand spaces in use, what it costs with all in use beside a bare
/// index, and how long opening a space takes.
final class LargeBench {
  private static final int SPACES = Integer.getInteger("campana.bench.spaces", 1_000_000);
  private static final int ROUNDS = Integer.getInteger("campana.bench.rounds", 5);
  private static final long MILLIS = Long.getLong("campana.bench.millis", 3_000);
  private static final long WARM_MILLIS = 5 * MILLIS;
  private static final int CONNECTIONS = Integer.getInteger("campana.bench.connections", 64);

  private LargeBench() {}

  static void run(Path root, Path scratch) throws IOException, SQLException {
    var parts = chosen("campana.bench.parts", "cost,all,open");
    for (var name : chosen("campana.bench.databases", "sqlite,postgres")) {
      var postgres = name.equals("postgres");
      if (parts.contains("cost")) {
        cost(root, scratch, postgres);
      }
      if (parts.contains("all")) {
        all(root, scratch, postgres);
      }
      if (parts.contains("open")) {
        try (var large = Filled.of(root, scratch, postgres, SPACES, true)) {
          new OpenBench(large, SPACES).run(name);
        }
      }
    }
  }

  private static Set<String> chosen(String property, String usual) {
    return new java.util.LinkedHashSet<>(
        Arrays.asList(System.getProperty(property, usual).split(",", -1)));
  }

  /// Posts to one server, and what each of them cost.
  private static final class Side {
    final Filled filled;
    private final Requests requests;
    final List<Load.Result> loads = new ArrayList<>();
    final List<Double> micros = new ArrayList<>();
    final List<Double> batches = new ArrayList<>();
    private long sent;
    private long before;

    Side(Filled filled, int spaces) {
      this.filled = filled;
      var host = "localhost:" + filled.serving.address.getPort();
      this.requests = new Requests(host, Crowd.paths(spaces));
    }

    Load.Result posts(long millis) throws IOException {
      var from = sent;
      var load = new Load(filled.socket(), CONNECTIONS, n -> requests.plain(from + n)).run(millis);
      sent += load.answered() + load.others() + CONNECTIONS;
      return load;
    }

    /// Ends the round before: what a message leaves to be done later is on its account.
    void endRound() throws IOException {
      if (!loads.isEmpty()) {
        micros.add((double) (filled.cpuMicros() - before) / loads.getLast().answered());
      }
    }

    void beginRound() throws IOException {
      before = filled.cpuMicros();
      var commits = filled.serving.meter("campana_commits");
      var units = filled.serving.meter("campana_units");
      loads.add(posts(MILLIS));
      batches.add(
          (filled.serving.meter("campana_units") - units)
              / Math.max(1, filled.serving.meter("campana_commits") - commits));
    }

    double cost() {
      return median(micros);
    }

    String text() {
      return "%.1f µs CPU a message (%.1f to %.1f), %,.0f messages/s, %.1f in a commit, p50 %,.0f µs, p99 %,.0f µs, refused %,d"
          .formatted(
              cost(),
              micros.stream().mapToDouble(m -> m).min().orElse(0),
              micros.stream().mapToDouble(m -> m).max().orElse(0),
              load(Load.Result::perSecond),
              median(batches),
              load(Load.Result::p50),
              load(Load.Result::p99),
              loads.stream().mapToLong(Load.Result::others).sum());
    }

    private double load(ToDoubleFunction<Load.Result> what) {
      return PostBench.median(loads.stream().mapToDouble(what).toArray());
    }
  }

  /// The same thousand spaces in use on both, in turns.
  private static void cost(Path root, Path scratch, boolean postgres)
      throws IOException, SQLException {
    try (var small = Filled.of(root, scratch, postgres, Crowd.ALIKE, false);
        var large = Filled.of(root, scratch, postgres, SPACES, false)) {
      started(large, postgres);
      var sides = List.of(new Side(small, Crowd.ALIKE), new Side(large, Crowd.ALIKE));
      for (var side : sides) {
        side.posts(WARM_MILLIS);
      }
      small.calm();
      large.calm();
      for (var round = 0; round <= ROUNDS; round++) {
        for (var side : sides) {
          side.endRound();
          if (round < ROUNDS) {
            side.beginRound();
          }
        }
      }
      var ratios = new double[ROUNDS];
      for (var i = 0; i < ROUNDS; i++) {
        ratios[i] = sides.getLast().micros.get(i) / sides.getFirst().micros.get(i);
      }
      Arrays.sort(ratios);
      System.out.printf(
          "%s, %,d spaces in use of %,d: %s%n",
          name(postgres), Crowd.ALIKE, Crowd.ALIKE, sides.getFirst().text());
      System.out.printf(
          "%s, %,d spaces in use of %,d: %s%n  ratio of the costs %.2f (%.2f to %.2f)%n",
          name(postgres),
          Crowd.ALIKE,
          SPACES,
          sides.getLast().text(),
          ratios[ROUNDS / 2],
          ratios[0],
          ratios[ROUNDS - 1]);
    }
  }

  private static void started(Filled filled, boolean postgres) throws IOException {
    var memory = filled.serving.residentMiB();
    var busy = filled.calm();
    System.out.printf(
        "%s: ready with %,d spaces after %.1f s, %,d MiB then; at rest %d s later with %,d MiB%n",
        name(postgres), SPACES, filled.startSeconds, memory, busy, filled.serving.residentMiB());
  }

  /// Posts all over the spaces, in turns with inserts of as many random keys into a bare index of
  /// that size.
  private static void all(Path root, Path scratch, boolean postgres)
      throws IOException, SQLException {
    try (var large = Filled.of(root, scratch, postgres, SPACES, false);
        var raw = raw(large, scratch)) {
      large.calm();
      var side = new Side(large, SPACES);
      var first = side.posts(2 * WARM_MILLIS);
      System.out.printf(
          "%s, all spaces in use, the first posts: %,.0f messages/s, p99 %,d µs%n",
          name(postgres), first.perSecond(), first.p99());
      var rows = new ArrayList<Double>();
      var ratios = new ArrayList<Double>();
      for (var round = 0; round <= ROUNDS; round++) {
        side.endRound();
        if (round < ROUNDS) {
          side.beginRound();
          rows.add(
              raw.perSecond(
                  side.loads.getLast().answered(),
                  (int) Math.max(1, Math.round(side.batches.getLast()))));
          ratios.add(side.loads.getLast().perSecond() / rows.getLast());
        }
      }
      System.out.printf(
          "%s, all of %,d spaces in use: %s%n  the raw index, as many rows in a transaction:"
              + " %,.0f rows/s; ratio %.2f%n",
          name(postgres), SPACES, side.text(), median(rows), median(ratios));
    }
  }

  private static String name(boolean postgres) {
    return postgres ? "PostgreSQL" : "SQLite";
  }

  private static RawIndex raw(Filled large, Path scratch) throws SQLException, IOException {
    var server = large.database();
    if (server == null) {
      return RawIndex.sqlite(scratch.resolve("raw-index.db"), SPACES, Crowd.MESSAGES);
    }
    var pgbench = new PgBench(server, Filling.DATABASE, SPACES, scratch);
    return (_, batch) -> pgbench.run(batch, PgBench.WRITERS, MILLIS / 1000).perSecond();
  }

  private static double median(List<Double> values) {
    return PostBench.median(values.stream().mapToDouble(v -> v).toArray());
  }
}
