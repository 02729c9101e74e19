package campana.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.postgresql.Driver;

/// A schema in a PostgreSQL database, which other processes may use, too.
final class Postgres implements Engine {
  /// One for each two cores: more of them make smaller batches, which cost more, and that pays only
  /// where there is a core for what they have the database do.
  static final int WRITERS = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);

  private static final int READERS = 8;
  static final int MOST_SECONDS = 20; // that an answer may take

  private static final String WANTED =
      "a database of PostgreSQL 14 or later that can be reached, with the right to create in it";

  /// One for all schemas: rarely taken, and held for moments.
  private static final String LOCK = "select pg_advisory_xact_lock(4858201931)";

  private static final String ALONE = "select 1 from pg_advisory_xact_lock(hashtext(?))";

  static final String MARK_TABLE = "commit_mark";

  /// What the planner takes for better while a table is small, or has not been looked at yet, is
  /// kept with the statement and ruinous later.
  private static final String BY_KEY =
      "set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off;"
          + " set plan_cache_mode = force_generic_plan; set jit = off";

  /// How far each writer's commits have come, so that one whose answer was lost can be looked up.
  private static final String MARKS =
      """
      create table if not exists commit_mark (
        bucket smallint    not null,
        writer varchar(40) not null,
        batch  bigint      not null,
        primary key (bucket, writer)
      )\
      """;

  private static final String HAS_CITUS = "select 1 from pg_extension where extname = 'citus'";

  /// A step changes several tables, and rows besides: all of a node by one connection.
  private static final String ONE_AFTER_THE_OTHER =
      "set citus.multi_shard_modify_mode = 'sequential'";

  private static final String AT_HOME =
      """
      select c.relname from pg_class c
       where c.relnamespace = (select oid from pg_namespace where nspname = ?)
         and c.relkind in ('r', 'p') and not c.relispartition
         and not exists (select 1 from pg_dist_partition d where d.logicalrelid = c.oid)
       order by c.relname\
      """;

  private static final Pattern WITHOUT_ROWID = Pattern.compile("\\)\\s*without rowid\\s*;");
  private static final int REPLACEMENT = 0xFFFD;
  private static final Pattern BLOB = Pattern.compile("(\\w+\\s+)blob\\b");
  private static final Pattern TEXT = Pattern.compile("(\\w+\\s+)(varchar\\(\\d+\\)|text)\\b");

  private final PostgresAddress address;
  private final String schema;
  private final Patience patience;
  private final int writers;
  private static final String HAS_SCHEMA = "select 1 from pg_namespace where nspname = ?";

  private final ClockDifference difference = new ClockDifference(InstantSource.system());
  private volatile boolean spread;
  private final AtomicBoolean away = new AtomicBoolean();
  private final String holder = UUID.randomUUID().toString().substring(0, 13);

  /// How long one waits for a database that is away.
  ///
  /// @param tries to connect, before work is given back
  /// @param triesToLearn to connect, before a commit's outcome is given up
  /// @param pauseMillis between two
  /// @param mostMillis after which no further try is begun, before work is given back
  record Patience(int tries, int triesToLearn, long pauseMillis, long mostMillis) {
    static final Patience USUAL = new Patience(20, 60, 100, 10_000);
  }

  /// @param schema made where it is missing
  Postgres(PostgresAddress address, String schema, Patience patience) {
    this(address, schema, patience, WRITERS);
  }

  /// @param writers each owns the buckets whose number, modulo how many they are, is its own
  Postgres(PostgresAddress address, String schema, Patience patience, int writers) {
    this.writers = writers;
    this.address = address;
    this.schema = schema;
    this.patience = patience;
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public boolean spread() {
    return spread;
  }

  @Override
  public int writers() {
    return writers;
  }

  @Override
  public int readers() {
    return READERS;
  }

  @Override
  public Line writer(int number, Consumer<String> tell) {
    return new PostgresWriter(this, number, holder + "/" + number, patience, tell);
  }

  @Override
  public Line reader() {
    var line = new PostgresLine(connect("reader", MOST_SECONDS), spread);
    line.tx()
        .execute(
            "set session characteristics as transaction isolation level repeatable read, read only");
    line.commit();
    return line;
  }

  /// Without a bound: what a step does to a large table may take its time.
  @Override
  public void migrate(Consumer<Line> steps) {
    try (var line = new PostgresLine(connect("migration", 0), false)) {
      line.tx().execute(LOCK);
      spread = line.tx().first(HAS_CITUS, _ -> true).isPresent();
      if (spread) {
        line.tx().execute(ONE_AFTER_THE_OTHER);
      }
      makeSchema(line.tx());
      makeMarks(line.tx());
      line.commit();
      steps.accept(line);
    }
  }

  /// Only where it is missing, as this asks for a right that not everybody has.
  void makeSchema(Tx tx) {
    if (tx.first(HAS_SCHEMA, _ -> true, schema).isEmpty()) {
      tx.execute("create schema \"" + schema + "\"");
    }
  }

  void makeMarks(Tx tx) {
    tx.execute(MARKS);
  }

  @Override
  public Optional<String> advice(Tx tx) {
    var home = spread ? tx.query(AT_HOME, row -> row.text(1), schema) : List.<String>of();
    return home.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "On Citus, but not distributed in the schema "
                + schema
                + ": "
                + String.join(", ", home)
                + "; wanted: psql -f citus.sql");
  }

  @Override
  public void lockSchema(Tx tx) {
    tx.execute(LOCK);
  }

  @Override
  public String script(Migrations.Step step) {
    return step.own().isEmpty() ? translated(step.sql()) : step.own();
  }

  /// Texts are compared byte by byte, as elsewhere, whatever the database was made with.
  static String translated(String script) {
    var tables = WITHOUT_ROWID.matcher(script).replaceAll(");");
    var bytes = BLOB.matcher(tables).replaceAll("$1bytea");
    return TEXT.matcher(bytes).replaceAll("$1$2 collate \"C\"");
  }

  @Override
  public void beforeStep(Tx tx, int version, Consumer<String> tell) {
    tell.accept(
        "The schema "
            + schema
            + " becomes version "
            + version
            + "; a program that knows less refuses it then, and the way back is a dump (pg_dump)"
            + " from before");
  }

  /// The lock ends with its transaction, and so with this process.
  @Override
  public <T> T alone(Supplier<T> work) {
    try (var line = new PostgresLine(connect("alone", 0), spread)) {
      line.tx().first(ALONE, _ -> true, schema);
      var done = work.get();
      line.commit();
      return done;
    }
  }

  @Override
  public Duration ahead() {
    return difference.ahead();
  }

  /// What a writer found out; who is told hears of it once, however many find it out.
  void found(boolean there, Consumer<String> tell) {
    if (away.compareAndSet(there, !there)) {
      tell.accept(
          there
              ? "The database " + place() + " is there again"
              : "The database "
                  + place()
                  + " is away; until it is back, what would be stored is refused");
    }
  }

  /// What writers learn of the server's clock.
  ClockDifference difference() {
    return difference;
  }

  @Override
  public String place() {
    return address + ", schema " + schema;
  }

  @Override
  public String wanted() {
    return WANTED;
  }

  @Override
  public Optional<Path> file() {
    return Optional.empty();
  }

  @Override
  public SortedMap<String, Long> copyTo(Path copy) {
    throw new IllegalStateException(place() + " is copied by pg_dump");
  }

  /// @param as what it is for, for whoever looks at the server's list
  /// @param mostSeconds that an answer may take; 0: any time
  Connection connect(String as, int mostSeconds) {
    var properties = new Properties();
    properties.setProperty("connectTimeout", "3");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("socketTimeout", Integer.toString(mostSeconds));
    properties.putAll(address.properties());
    properties.setProperty("currentSchema", schema);
    properties.setProperty("ApplicationName", "campana " + as);
    properties.setProperty("reWriteBatchedInserts", "true");
    // The detail of an error repeats the row's values.
    properties.setProperty("logServerErrorDetail", "false");
    try {
      var connection = new Driver().connect(address.jdbc(), properties);
      Objects.requireNonNull(connection).setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw new StoreFailure("connecting", e, Fault.AWAY);
    }
  }

  /// The same for one who looks few rows up by their keys.
  Connection connectWriter(String as) {
    var connection = connect(as, MOST_SECONDS);
    try (var statement = connection.createStatement()) {
      connection.setAutoCommit(true); // for good, and no commit that anybody asks about
      statement.execute(BY_KEY);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw new StoreFailure("connecting", e, Fault.AWAY);
    }
  }

  /// It takes neither NUL nor half a character; what stands for them is found again as well.
  static String storable(String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        return text.codePoints()
            .map(point -> point == 0 || isSurrogate(point) ? REPLACEMENT : point)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return text;
  }

  private static boolean isSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  static Fault fault(SQLException e) {
    var state = Objects.requireNonNullElse(e.getSQLState(), "");
    return switch (state) {
      case "40001", "40P01", "55P03" -> Fault.AGAIN; // serialization, deadlock, lock not had
      case "53100" -> Fault.FULL;
      // shut down; starting up; this one became a standby that only reads
      case "57P01", "57P02", "57P03", "25006" -> Fault.LOST;
      case String other when other.startsWith("08") -> Fault.LOST;
      case String other when other.startsWith("23") -> Fault.CONSTRAINT;
      default -> Fault.MISTAKE;
    };
  }
}
