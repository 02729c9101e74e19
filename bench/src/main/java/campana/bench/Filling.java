package campana.bench;

import campana.server.store.ChatSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// Puts a crowd straight into the tables. Its promises begin when it is done: meanwhile nothing is
/// synced.
final class Filling {
  static final String DATABASE = "campana";
  private static final int PART = 10_000;
  private static final String OUR_KEY =
      "update setting set value = '" + Crowd.KEY + "' where name = 'api-key'";

  private Filling() {}

  /// @param folder a data folder that the program has begun
  static void sqlite(Path folder, Crowd crowd) throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(ChatSchema.FILE));
        var statement = connection.createStatement()) {
      statement.execute("pragma journal_mode = off");
      statement.execute("pragma synchronous = off");
      statement.execute("pragma cache_size = -1048576");
      connection.setAutoCommit(false);
      statement.execute(OUR_KEY);
      for (var table : crowd.tables(true)) {
        var holes = table.columns().replaceAll("[a-z_]+", "?");
        var insert =
            "insert into " + table.name() + " (" + table.columns() + ") values (" + holes + ")";
        try (var rows = connection.prepareStatement(insert)) {
          for (var i = 0L; i < table.rows(); i++) {
            var row = table.row().apply(i);
            for (var c = 0; c < row.length; c++) {
              rows.setObject(c + 1, row[c]);
            }
            rows.addBatch();
            if ((i + 1) % PART == 0) {
              rows.executeBatch();
            }
          }
          rows.executeBatch();
        }
        connection.commit();
      }
    }
  }

  /// A database that the program has begun. The index of messages is built when they are there.
  static void postgres(PgServer server, Crowd crowd) throws SQLException, IOException {
    server.first(DATABASE, "set search_path to chat; " + OUR_KEY);
    server.first(DATABASE, "alter table chat.message drop constraint message_pkey");
    try (var connection = server.connect(DATABASE)) {
      var copy = connection.unwrap(PGConnection.class).getCopyAPI();
      for (var table : crowd.tables(false)) {
        var in = copy.copyIn("copy chat." + table.name() + " (" + table.columns() + ") from stdin");
        var part = new ByteArrayOutputStream();
        for (var i = 0L; i < table.rows(); i++) {
          part.writeBytes(line(table.row().apply(i)));
          if ((i + 1) % PART == 0 || i + 1 == table.rows()) {
            in.writeToCopy(part.toByteArray(), 0, part.size());
            part.reset();
          }
        }
        in.endCopy();
      }
    }
    server.first(DATABASE, "alter table chat.message add primary key (bucket, space_id, position)");
    PgBench.fill(server, DATABASE, crowd.spaces, Crowd.MESSAGES);
    server.first(DATABASE, "vacuum analyze");
    server.first(DATABASE, "checkpoint");
  }

  private static byte[] line(@Nullable Object[] row) {
    return java.util.Arrays.stream(row)
        .map(value ->
            value == null
                ? "\\N"
                : value instanceof byte[] bytes
                    ? "\\\\x" + HexFormat.of().formatHex(bytes)
                    : value.toString())
        .collect(Collectors.joining("\t", "", "\n"))
        .getBytes(StandardCharsets.UTF_8);
  }
}
