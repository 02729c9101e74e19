package campana.testdb;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What Citus wants of a schema and of statements, asked of a schema that is partitioned by bucket:
/// see [TestCitus]. Where the planner finds that one part of each table is enough, Citus' planner,
/// which asks it the same question, sends the statement to one node.
public final class CitusRules {
  /// Those that were prepared in this database; values in their texts have become parameters. What
  /// a statement has for more rows of the same form is left out.
  private static final String HEARD =
      """
      select distinct query from pg_stat_statements
       where dbid = (select oid from pg_database where datname = current_database())
         and query ~* '^\\s*(select|insert|update|delete)\\M'
       order by 1\
      """;

  private static final String KEYS =
      """
      select i.indexrelid::regclass::text from pg_index i
        join pg_class c on c.oid = i.indrelid and not c.relispartition
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'bucket'
       where c.relnamespace = ?::regnamespace and i.indisunique and i.indkey[0] <> a.attnum
      """;
  private static final String KEYLESS =
      """
      select c.relname from pg_class c
       where c.relnamespace = ?::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and not exists (select 1 from pg_index i where i.indrelid = c.oid and i.indisprimary)
      """;
  private static final String FOREIGN =
      """
      select conname from pg_constraint
       where connamespace = ?::regnamespace and contype in ('f', 'x')
      """;
  private static final String SEQUENCES =
      """
      select relname from pg_class where relnamespace = ?::regnamespace and relkind = 'S'
      """;
  private static final String TYPES =
      """
      select c.relname from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = ?::regnamespace and c.relkind in ('r', 'p') and a.attname = 'bucket'
         and (a.atttypid <> 'smallint'::regtype or not a.attnotnull)
      """;
  private static final String PARTED =
      """
      select c.relname from pg_class c
       where c.relnamespace = ?::regnamespace and c.relkind = 'p'
      """;
  private static final String MUTABLE =
      "select 1 from pg_proc where proname = ? and provolatile <> 'i' limit 1";
  private static final String TYPE_NAMES =
      "select unnest(parameter_types)::text from pg_prepared_statements where name = 'asked'";

  private static final Pattern SCANNED = Pattern.compile(" on (\\w+?)_([01])\\b");
  private static final Pattern INSERT = Pattern.compile("(?is)^\\s*insert into (\\w+) \\((\\w+).*");
  private static final Pattern VALUES = Pattern.compile("\\bvalues\\s*\\(");
  private static final Pattern MORE_ROWS = Pattern.compile("(,\\s*\\(\\$\\d+(, \\$\\d+)*\\))+");
  private static final Pattern PARAMETER = Pattern.compile("\\$\\d+");
  private static final Pattern CALLED = Pattern.compile("(\\w+)\\(");

  private CitusRules() {}

  /// What in a schema crosses buckets, for people to read.
  public static List<String> objections(String schema) {
    var all = new ArrayList<String>();
    try (var connection = TestCitus.connect()) {
      names(connection, KEYS, schema)
          .forEach(it -> all.add("the unique key " + it + " does not begin with bucket"));
      names(connection, KEYLESS, schema)
          .forEach(it -> all.add("the table " + it + " has no primary key"));
      names(connection, FOREIGN, schema).forEach(it -> all.add("the constraint " + it));
      names(connection, SEQUENCES, schema).forEach(it -> all.add("the sequence " + it));
      names(connection, TYPES, schema)
          .forEach(it -> all.add("the bucket of " + it + " is no smallint, or may be null"));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return all;
  }

  /// All statements that were prepared in this database so far and concern the schema's tables.
  public static List<String> heard(String schema) {
    try (var connection = TestCitus.connect()) {
      var tables =
          names(
              connection,
              "select relname from pg_class where relnamespace = ?::regnamespace"
                  + " and relkind in ('r', 'p') and not relispartition",
              schema);
      var about =
          Pattern.compile(
              "(?i)\\b(from|join|into|update)\\s+(" + String.join("|", tables) + ")\\b");
      return names(connection, HEARD).stream()
          .map(it -> MORE_ROWS.matcher(it).replaceAll(""))
          .distinct()
          .filter(it -> about.matcher(it).find())
          .toList();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Whether a statement begins with one of these, line breaks aside.
  public static Predicate<String> beginsWith(List<String> beginnings) {
    return sql -> {
      var line = sql.strip().replaceAll("\\s+", " ");
      return beginnings.stream().anyMatch(line::startsWith);
    };
  }

  /// What a cluster would have against these statements.
  ///
  /// @param anywhere those that may reach all buckets
  public static List<String> objections(
      String schema, List<String> statements, Predicate<String> anywhere) {
    var all = new ArrayList<String>();
    try (var connection = TestCitus.connect();
        var statement = connection.createStatement()) {
      statement.execute("set search_path = \"" + schema + "\"");
      statement.execute("set plan_cache_mode = force_custom_plan");
      for (var sql : statements) {
        objections(connection, schema, sql, anywhere.test(sql))
            .forEach(it -> all.add(it + ":\n" + sql.strip()));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return all;
  }

  private static List<String> objections(
      Connection connection, String schema, String sql, boolean anywhere) throws SQLException {
    var all = new ArrayList<String>();
    var parts = new TreeMap<String, TreeSet<String>>();
    List<String> plan;
    try {
      plan = plan(connection, sql);
    } catch (SQLException e) {
      return List.of("cannot be prepared: " + e.getMessage());
    }
    for (var line : plan) {
      var scanned = SCANNED.matcher(line);
      if (scanned.find()) {
        parts.computeIfAbsent(scanned.group(1), _ -> new TreeSet<>()).add(scanned.group(2));
      }
    }
    var routed =
        parts.values().stream().flatMap(TreeSet::stream).collect(Collectors.toSet()).size() <= 1;
    if (!routed && !anywhere) {
      all.add("not routed by bucket: it reaches " + parts.keySet());
    }
    var lower = sql.toLowerCase(Locale.ROOT);
    if (!routed && lower.contains(" for update")) {
      all.add("locks rows of several buckets");
    }
    if (!lower.strip().startsWith("select")) {
      var insert = INSERT.matcher(sql);
      if (insert.matches()
          && names(connection, PARTED, schema).contains(insert.group(1))
          && !(insert.group(2).equals("bucket") && VALUES.matcher(lower).find())) {
        all.add("an insert that does not say its bucket first, or takes rows from a query");
      }
      if (lower.matches("(?s)\\s*update\\s.*\\bset\\s([^;]*,\\s*)?bucket\\s*=.*")) {
        all.add("moves a row to another bucket");
      }
      var called = CALLED.matcher(lower);
      while (called.find()) {
        if (!names(connection, MUTABLE, called.group(1)).isEmpty()) {
          all.add("changes rows by a function that is not immutable: " + called.group(1));
        }
      }
    }
    return all;
  }

  /// As it is with a value for each parameter: buckets are all the same.
  private static List<String> plan(Connection connection, String sql) throws SQLException {
    prepare(connection, sql);
    try {
      var values = names(connection, TYPE_NAMES).stream().map(CitusRules::value).toList();
      var with = values.isEmpty() ? "" : "(" + String.join(", ", values) + ")";
      return names(connection, "explain (costs off) execute asked" + with);
    } finally {
      execute(connection, "deallocate asked");
    }
  }

  /// Numbers in a statement's text have become parameters, too, behind its own; where their type
  /// does not follow from their place, they are told.
  private static void prepare(Connection connection, String sql) throws SQLException {
    var parameters = PARAMETER.matcher(sql).results().map(MatchResult::group).distinct().count();
    SQLException first = null;
    for (var own = (int) parameters; own >= 0; own--) {
      var types = new ArrayList<>(Collections.nCopies(own, "unknown"));
      types.addAll(Collections.nCopies((int) parameters - own, "integer"));
      var told = types.isEmpty() ? "" : "(" + String.join(", ", types) + ")";
      try {
        execute(connection, "prepare asked" + told + " as " + sql);
        return;
      } catch (SQLException e) {
        first = first == null ? e : first;
      }
    }
    throw Objects.requireNonNull(first);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(String type) {
    return switch (type) {
      case "smallint", "integer", "bigint", "numeric", "double precision" -> "7";
      case "bytea" -> "'\\x07'";
      case "boolean" -> "true";
      case String array when array.endsWith("[]") ->
          "array[" + value(array.substring(0, array.length() - 2)) + "]::" + array;
      default -> "'7'";
    };
  }

  private static List<String> names(Connection connection, String sql, String... args)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (var i = 0; i < args.length; i++) {
        statement.setString(i + 1, args[i]);
      }
      try (var rows = statement.executeQuery()) {
        var all = new ArrayList<String>();
        while (rows.next()) {
          all.add(rows.getString(1));
        }
        return all;
      }
    }
  }
}
