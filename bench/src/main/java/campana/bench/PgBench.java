package campana.bench;

import campana.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What PostgreSQL's own bench makes of the same inserts: rows of a copy of the table of messages,
/// many in a statement, each statement in a transaction of its own that is synced.
final class PgBench {
  /// As many as the chat server has on this machine.
  static final int WRITERS = Database.Settings.of(_ -> {}, _ -> {}).writers();

  private static final String TABLE = "chat.message_raw";
  private static final int MOST = 60; // rows in a statement, as it takes 256 variables
  private static final long FIRST = 1_000_000_000_000_000L; // as many digits as an id has

  private final PgServer server;
  private final String database;
  private final int spaces;
  private final Path script;

  /// @param spaces over how many the rows are spread
  PgBench(PgServer server, String database, int spaces, Path scratch) {
    this.server = server;
    this.database = database;
    this.spaces = spaces;
    this.script = scratch.resolve("inserts.pgbench");
    create(server, database);
  }

  private static void create(PgServer server, String database) {
    server.first(
        database, "create table if not exists " + TABLE + " (like chat.message including all)");
  }

  /// Gives the table so many rows of each space before any run.
  static void fill(PgServer server, String database, int spaces, int each) {
    create(server, database);
    server.first(database, "alter table " + TABLE + " drop constraint message_raw_pkey");
    server.first(
        database,
        "insert into "
            + TABLE
            + " (bucket, space_id, position, thread, webhook_id, create_time, content)"
            + " select (%1$d + n) %% 256, (%1$d + n)::text, p, p, 'w1234567', 1700000000000,"
                .formatted(FIRST)
            + " '{\"text\":\"Disk 92 % full on db-000000123456\"}' from (select n, 1000000 +"
            + " (random() * 4e18)::bigint as p from generate_series(1, "
            + each
            + "), generate_series(0, "
            + (spaces - 1)
            + ") as n) as made");
    server.first(
        database, "alter table " + TABLE + " add primary key (bucket, space_id, position)");
  }

  /// @param perSecond rows
  record Result(double perSecond) {}

  /// @param rows in a transaction
  /// @param clients as many as the program has writers
  Result run(int rows, int clients, long seconds) throws IOException {
    var variables =
        IntStream.range(0, rows)
            .mapToObj(i ->
                """
                \\set s%1$d %2$d + random(0, %3$d)
                \\set b%1$d :s%1$d %% 256
                \\set p%1$d random(1000000, 4000000000000000000)
                """
                    .formatted(i, FIRST, spaces - 1))
            .collect(Collectors.joining());
    var text = new StringBuilder(variables).append("begin;\n");
    for (var from = 0; from < rows; from += MOST) {
      text.append(insert(from, Math.min(rows, from + MOST)));
    }
    Files.writeString(script, text.append("commit;\n"));
    var process =
        new ProcessBuilder(
                "pgbench",
                "-n",
                "-M",
                "prepared",
                "-c",
                Integer.toString(clients),
                "-T",
                Long.toString(seconds),
                "-f",
                script.toString(),
                server.url(database))
            .redirectErrorStream(true)
            .start();
    var said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    return said.lines()
        .filter(line -> line.startsWith("tps = "))
        .map(line -> Double.parseDouble(line.substring("tps = ".length()).split(" ", 2)[0]))
        .map(tps -> new Result(tps * rows))
        .findFirst()
        .orElseThrow(() -> new IOException("pgbench: " + said.toLowerCase(Locale.ROOT)));
  }

  private static String insert(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i ->
            "(:b%1$d, :s%1$d, :p%1$d, :p%1$d, 'w1234567', 1700000000000, '%2$s')"
                .formatted(i, "{\"text\":\"Disk 92 % full on db-000000123456\"}"))
        .collect(
            Collectors.joining(
                ",",
                "insert into "
                    + TABLE
                    + " (bucket, space_id, position, thread, webhook_id, create_time, content)"
                    + " values ",
                ";\n"));
  }
}
