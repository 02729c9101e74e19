package campana.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The database that is moved to, in its one transaction, which nobody else can begin to use it
/// beside.
final class MoveTarget implements AutoCloseable {
  /// What tells a server that runs: its connections.
  private static final String IN_USE =
      """
      select 1 from pg_stat_activity
       where datname = current_database() and application_name like 'campana %'
         and pid <> pg_backend_pid()\
      """;

  private static final String LOOK_ANEW = "select pg_stat_clear_snapshot()";
  private static final int LOOKS = 10;
  private static final long BETWEEN_LOOKS = 100_000_000;
  private static final String TABLES =
      """
      select table_name from information_schema.tables
       where table_schema = ? and table_type = 'BASE TABLE' order by table_name\
      """;
  private static final String COLUMNS =
      """
      select table_name, column_name, data_type from information_schema.columns
       where table_schema = ? order by table_name, ordinal_position\
      """;

  private final PostgresAddress address;
  private final PostgresLine line;
  private String schema = "";

  private MoveTarget(PostgresAddress address, PostgresLine line) {
    this.address = address;
    this.line = line;
  }

  /// @throws CannotOpen when it cannot be reached, or a server uses it
  static MoveTarget begin(PostgresAddress address) {
    var postgres = new Postgres(address, "public", Postgres.Patience.USUAL);
    PostgresLine line;
    try {
      line = new PostgresLine(postgres.connect("move", 0), false);
    } catch (StoreFailure e) {
      throw Database.unusable(address.toString(), postgres.wanted(), e);
    }
    try {
      line.durable();
      postgres.lockSchema(line.tx());
      demandIdle(address, line.tx());
      return new MoveTarget(address, line);
    } catch (RuntimeException e) {
      line.close();
      throw e;
    }
  }

  /// One that has just been stopped is seen for a moment longer.
  ///
  /// @throws CannotOpen when a server uses it
  private static void demandIdle(PostgresAddress address, Tx tx) {
    for (var look = 1; look < LOOKS && tx.first(IN_USE, _ -> true).isPresent(); look++) {
      LockSupport.parkNanos(tx, BETWEEN_LOOKS);
      tx.query(LOOK_ANEW, _ -> true);
    }
    if (tx.first(IN_USE, _ -> true).isPresent()) {
      throw new CannotOpen(
          "The database " + address + " is in use by a running server; stop each one first");
    }
  }

  /// @throws CannotOpen when there is anything in the part's schema, or it is not of this program
  void demandEmpty(Move.Part part) {
    turnTo(part.schema());
    var tables = line.tx().query(TABLES, row -> row.text(1), schema);
    if (tables.isEmpty()) {
      return;
    }
    var place = address + ", schema " + schema;
    if (!tables.contains(Migrations.TABLE)) {
      throw new CannotOpen(
          "The database " + place + " holds tables of something else; wanted: an empty one");
    }
    part.migrations().demandNewest(line.tx(), place);
    for (var table : tables) {
      if (!ownWays(table) && line.tx().first("select 1 from " + table, _ -> true).isPresent()) {
        throw new CannotOpen(
            "The database " + place + " holds data already (" + table + "); wanted: an empty one");
      }
    }
  }

  private static boolean ownWays(String table) {
    return Migrations.isHistory(table) || table.equals(Postgres.MARK_TABLE);
  }

  /// Makes the part's tables where they are not there.
  void prepare(Move.Part part) {
    schema = part.schema();
    var postgres = new Postgres(address, schema, Postgres.Patience.USUAL);
    postgres.makeSchema(line.tx());
    turnTo(schema);
    postgres.makeMarks(line.tx());
    part.migrations().apply(new Within(line), postgres, _ -> {});
    Vault.makeMarks(line.tx());
  }

  /// A line whose transaction goes on.
  private record Within(Line line) implements Line {
    @Override
    public void begin() {
      // it has begun
    }

    @Override
    public Tx tx() {
      return line.tx();
    }

    @Override
    public void commit() {
      // with all the rest
    }

    @Override
    public void rollback() {
      line.rollback();
    }

    @Override
    public boolean usable() {
      return line.usable();
    }

    @Override
    public void close() {
      // it is another's
    }
  }

  private void turnTo(String name) {
    schema = name;
    line.tx().execute("set local search_path to \"" + name + "\"");
  }

  /// Of the part that was prepared last.
  Map<String, List<MoveTable.Column>> tables() {
    var names = Set.copyOf(line.tx().query(TABLES, row -> row.text(1), schema));
    var tables = new TreeMap<String, List<MoveTable.Column>>();
    line.tx()
        .query(
            COLUMNS,
            row ->
                names.contains(row.text(1))
                    && !ownWays(row.text(1))
                    && tables
                        .computeIfAbsent(row.text(1), _ -> new ArrayList<>())
                        .add(new MoveTable.Column(row.text(2), row.text(3))),
            schema);
    return tables;
  }

  PostgresCopy copy(MoveTable table) {
    return line.copy(table.name() + " (" + table.names() + ")");
  }

  void each(MoveTable table, Consumer<@Nullable Object[]> use) {
    line.tx()
        .each(
            "select " + table.names() + " from " + table.name(),
            row -> use.accept(table.values(row)));
  }

  void commit() {
    try {
      line.commit();
    } catch (StoreFailure e) {
      throw new CannotOpen(
          "The end of the move was not answered by "
              + address
              + ": it is there whole, or not at all; begin anew, and where all is moved that is"
              + " refused, as the database holds data then",
          e);
    }
  }

  @Override
  public void close() {
    line.rollback();
    line.close();
  }
}
