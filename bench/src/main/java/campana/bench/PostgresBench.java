package campana.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The same posts on PostgreSQL: one node beside the same inserts by PostgreSQL's own bench, and
/// what a message costs with one, two and four nodes.
final class PostgresBench {
  private static final int SPACES = Integer.getInteger("campana.bench.spaces", 100_000);
  private static final int ROUNDS = Integer.getInteger("campana.bench.rounds", 5);
  private static final long MILLIS = Long.getLong("campana.bench.millis", 3_000);

  /// Until then a good part of a node's CPU is its compiler's.
  private static final long WARM_MILLIS = 10 * MILLIS;

  private static final String DATABASE = "campana";
  private static final int NODES = 4;

  private PostgresBench() {}

  static void run(Path root, Path scratch) throws IOException, SQLException {
    try (var server = new PgServer(scratch.resolve("postgres"))) {
      Spaces.in(server, DATABASE, SPACES);
      var nodes = new ArrayList<Serving>();
      try {
        for (var n = 0; n < NODES; n++) {
          nodes.add(node(root, scratch, server.url(DATABASE), n));
        }
        new PostgresBench.Run(server, nodes, scratch).all();
      } finally {
        for (var node : nodes) {
          node.close();
        }
      }
    }
  }

  /// All have one key file.
  static Serving node(Path root, Path scratch, String url, int number) throws IOException {
    var data = Files.createDirectories(scratch.resolve("node-" + number));
    var key = data.resolve("secret.key");
    if (number == 0) {
      Files.deleteIfExists(key);
    } else {
      Files.copy(
          scratch.resolve("node-0/secret.key"),
          key,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    return new Serving(root, data, "--database", url);
  }

  /// @param micros CPU of all processes but the load's, for one message
  /// @param batch messages in a commit
  private record Figure(Load.Result load, double micros, double batch) {}

  private static final class Run {
    private final PgServer server;
    private final List<Serving> nodes;
    private final Requests requests;
    private final PgBench raw;

    Run(PgServer server, List<Serving> nodes, Path scratch) {
      this.server = server;
      this.nodes = nodes;
      this.requests = new Requests("localhost", Spaces.paths(SPACES));
      this.raw = new PgBench(server, DATABASE, SPACES, scratch);
    }

    void all() throws IOException {
      for (var node : nodes) {
        posts(List.of(node), 64, WARM_MILLIS);
      }
      for (var connections : new int[] {64, 512}) {
        besidePgbench(connections);
        severalNodes(connections, true);
        severalNodes(connections, false);
      }
    }

    private void besidePgbench(int connections) throws IOException {
      var one = nodes.subList(0, 1);
      posts(one, connections, MILLIS);
      var figures = new ArrayList<Figure>();
      var raws = new ArrayList<Double>();
      for (var round = 0; round < ROUNDS; round++) {
        figures.add(posts(one, connections, MILLIS));
        var batch = (int) Math.max(1, Math.round(figures.getLast().batch));
        raws.add(raw.run(batch, PgBench.WRITERS, MILLIS / 1000).perSecond());
      }
      var ratios = new double[ROUNDS];
      for (var i = 0; i < ROUNDS; i++) {
        ratios[i] = figures.get(i).load.perSecond() / raws.get(i);
      }
      Arrays.sort(ratios);
      System.out.printf(
          "%3d connections, one node: %,8.0f messages/s, %.1f in a commit  pgbench, %d clients,"
              + " as many in a transaction: %,8.0f rows/s  ratio %.2f (%.2f to %.2f)  p50 %,.0f µs"
              + " p99 %,.0f µs  refused %,d%n",
          connections,
          median(figures, figure -> figure.load.perSecond()),
          median(figures, figure -> figure.batch),
          PgBench.WRITERS,
          PostBench.median(raws.stream().mapToDouble(raw -> raw).toArray()),
          ratios[ROUNDS / 2],
          ratios[0],
          ratios[ROUNDS - 1],
          median(figures, figure -> figure.load.p50()),
          median(figures, figure -> figure.load.p99()),
          figures.stream().mapToLong(figure -> figure.load.others()).sum());
    }

    /// @param each whether each node has so many connections, as where nodes are added for more
    ///   load; else all of them together
    private void severalNodes(int connections, boolean each) throws IOException {
      var counts = new int[] {1, 2, 4};
      var figures = new ArrayList<List<Figure>>();
      for (var count : counts) {
        posts(nodes.subList(0, count), connections * (each ? count : 1), MILLIS);
        figures.add(new ArrayList<>());
      }
      for (var round = 0; round < ROUNDS; round++) {
        for (var i = 0; i < counts.length; i++) {
          var all = connections * (each ? counts[i] : 1);
          figures.get(i).add(posts(nodes.subList(0, counts[i]), all, MILLIS));
        }
      }
      var one = median(figures.getFirst(), Figure::micros);
      for (var i = 0; i < counts.length; i++) {
        var cost = median(figures.get(i), Figure::micros);
        System.out.printf(
            "%3d connections %s, nodes %d: %.0f µs CPU a message, %.2f of one node's; %,8.0f"
                + " messages/s, %.1f in a commit, p99 %,.0f µs%n",
            connections,
            each ? "to each" : "in all",
            counts[i],
            cost,
            cost / one,
            median(figures.get(i), figure -> figure.load.perSecond()),
            median(figures.get(i), Figure::batch),
            median(figures.get(i), figure -> figure.load.p99()));
      }
    }

    private Figure posts(List<Serving> who, int connections, long millis) throws IOException {
      var sockets = who.stream().map(Serving::socket).toList();
      var before = cpu(who);
      var commits = sum(who, "campana_commits");
      var units = sum(who, "campana_units");
      var load = new Load(sockets, connections, requests::plain).run(millis);
      var batch =
          (sum(who, "campana_units") - units) / Math.max(1, sum(who, "campana_commits") - commits);
      return new Figure(load, (double) (cpu(who) - before) / Math.max(1, load.answered()), batch);
    }

    private long cpu(List<Serving> who) throws IOException {
      var sum = server.cpuMicros();
      for (var node : who) {
        sum += Cpu.of(node.pid());
      }
      return sum;
    }

    private static double sum(List<Serving> who, String meter) throws IOException {
      var sum = 0.0;
      for (var node : who) {
        sum += node.meter(meter);
      }
      return sum;
    }

    private static double median(
        List<Figure> figures, java.util.function.ToDoubleFunction<Figure> what) {
      return PostBench.median(figures.stream().mapToDouble(what).toArray());
    }
  }
}
