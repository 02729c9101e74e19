package campana.bench;

import campana.server.store.ChatSchema;
import campana.server.store.SqlSettings;
import campana.store.Buckets;
import campana.store.Database;
import campana.store.PostgresAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/// Many spaces with a webhook each, put straight into the tables: over HTTP they would take
/// minutes. All have one token, and a quota that nobody reaches.
final class Spaces {
  private static final String KEY = "AIzaBenchBenchBenchBenchBenchBenchBench";
  private static final String TOKEN = "bench";
  private static final long CREATED = 1_700_000_000_000L;
  private static final int PART = 10_000;

  private static final String SPACE =
      "space (bucket, space_id, display_name, space_type, threading, quota_interval, quota_burst,"
          + " create_time)";
  private static final String WEBHOOK =
      "webhook (bucket, space_id, webhook_id, display_name, avatar_url, token_hash, token_sealed,"
          + " create_time)";

  private Spaces() {}

  static String id(int number) {
    return "cmpBench%08d".formatted(number);
  }

  /// What is posted to, in the order of their numbers.
  static List<String> paths(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "/v1/spaces/" + id(i) + "/messages?key=" + KEY + "&token=" + TOKEN)
        .toList();
  }

  /// Makes the chat schema in a database of its own, with so many spaces.
  static void in(PgServer server, String name, int count) throws IOException, SQLException {
    server.first("create database " + name);
    var settings = Database.Settings.of(_ -> {}, System.out::println);
    var address = PostgresAddress.parse(server.url(name));
    try (var database = Database.open(address, "chat", ChatSchema.migrations(), settings)) {
      new SqlSettings(database).getOrPut("api-key", KEY);
    }
    try (var connection = server.connect(name)) {
      var copy = connection.unwrap(PGConnection.class).getCopyAPI();
      for (var table : List.of(SPACE, WEBHOOK)) {
        var in = copy.copyIn("copy chat." + table + " from stdin");
        for (var from = 0; from < count; from += PART) {
          var rows = new ByteArrayOutputStream();
          for (var i = from; i < Math.min(count, from + PART); i++) {
            rows.write((String.join("\t", row(table, i)) + "\n").getBytes(StandardCharsets.UTF_8));
          }
          in.writeToCopy(rows.toByteArray(), 0, rows.size());
        }
        in.endCopy();
      }
    }
    server.first(name, "insert into chat.space_head select bucket, space_id, 0, 0 from chat.space");
    server.first(name, "vacuum analyze");
  }

  private static String[] row(String table, int number) {
    var id = id(number);
    var bucket = Integer.toString(Buckets.of(id));
    var created = Long.toString(CREATED);
    return table.equals(SPACE)
        ? new String[] {
          bucket, id, "Team " + number, "SPACE", "THREADED_MESSAGES", "1", "1000", created
        }
        : new String[] {bucket, id, "w" + number, "Bell", "", Crowd.hash(TOKEN), "", created};
  }
}
