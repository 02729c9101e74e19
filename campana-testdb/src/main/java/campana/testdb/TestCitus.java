package campana.testdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A database that the program takes for Citus, though it is one server: its tables are partitioned
/// by bucket where there they would be distributed by it. It knows no node, no shard and no limit
/// of Citus' planner but those that [CitusRules] knows.
public final class TestCitus {
  private static final String NAME = "like_citus";
  private static final String MANY = "\\gexec";

  private static final String ACROSS =
      """
      select string_agg(distinct table_name, ' ' order by table_name) from noted.bucket
       where schema = ? group by txid having count(distinct bucket) > 1\
      """;

  private TestCitus() {}

  /// Made by the first look at it.
  private static final class Made {
    static final String URL = make();

    private Made() {}

    private static String make() {
      TestPostgres.execute("create database " + NAME);
      try (var script = TestCitus.class.getResourceAsStream("citus-like.sql");
          var connection = connect();
          var statement = connection.createStatement()) {
        statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return "postgresql://postgres@127.0.0.1:" + TestPostgres.port() + "/" + NAME;
    }
  }

  /// As `--database` takes it.
  public static String url() {
    return Made.URL;
  }

  static Connection connect() throws SQLException {
    return TestPostgres.connect(NAME);
  }

  /// Runs `deploy/citus.sql`, as psql would, for one schema.
  public static void distribute(String schema) {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      for (var query : queries(schema)) {
        var commands = new ArrayList<String>();
        try (var rows = statement.executeQuery(query)) {
          while (rows.next()) {
            commands.add(rows.getString(1));
          }
        }
        for (var command : commands) {
          statement.execute(command);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("citus.sql for the schema " + schema, e);
    }
  }

  private static List<String> queries(String schema) {
    try {
      var script =
          Files.readString(Path.of(System.getProperty("campana.root", ".."), "deploy/citus.sql"))
              .replace("'chat', 'relay'", "'" + schema + "'")
              .replace(":shards", "32")
              .replaceAll("(?m)^\\s*\\\\(set|if|else|endif).*$", "");
      var parts = script.split(Pattern.quote(MANY), -1);
      return List.of(parts).subList(0, parts.length - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs statements as the database's owner.
  public static void execute(String sql) {
    url();
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /// The tables of each transaction that has changed rows of more than one bucket, or of one and of
  /// a reference table; each set of tables once.
  public static Set<String> acrossBuckets(String schema) {
    try (var connection = connect();
        var statement = connection.prepareStatement(ACROSS)) {
      statement.setString(1, schema);
      try (var rows = statement.executeQuery()) {
        var all = new TreeSet<String>();
        while (rows.next()) {
          all.add(rows.getString(1));
        }
        return all;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
