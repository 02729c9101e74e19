package campana.store;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Binds, runs and maps, inside one transaction. Arguments are String, Integer, Long, Short,
/// Boolean (as 0 and 1), Instant (as epoch milliseconds), byte[], or null; where a database is
/// [Database#shared], arrays of short, long, String and byte[], too. Belongs to one thread;
/// statements are prepared once and kept, so SQL texts are constants, with values as arguments.
public final class Tx {
  private static final int KEPT = 500;
  private static final int FETCHED = 1_000; // rows at a time
  private static final String BETWEEN = ";";
  private static final String TAKEN = "23505"; // a key

  private final Connection connection;
  private final Fault.Teller faults;
  private final UnaryOperator<String> texts;
  private final boolean together;
  private final boolean spread;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final List<Runnable> afterCommit = new ArrayList<>();

  private final List<Held> held = new ArrayList<>();

  private @Nullable Opening opening;
  private boolean lost;
  private boolean contested;

  /// What begins each transaction, to be sent along with its first statement.
  private record Opening(String sql, Row.Mapper<?> heard, @Nullable Object[] args) {}

  /// A change that is still to be sent.
  private record Held(String sql, @Nullable Object[] args) {}

  Tx(Connection connection, Fault.Teller faults) {
    this(connection, faults, UnaryOperator.identity(), false, false);
  }

  /// @param texts makes of a text what the database can hold
  /// @param together whether several statements can be sent as one
  /// @param spread [Database#spread]
  Tx(
      Connection connection,
      Fault.Teller faults,
      UnaryOperator<String> texts,
      boolean together,
      boolean spread) {
    this.connection = connection;
    this.faults = faults;
    this.texts = texts;
    this.together = together;
    this.spread = spread;
  }

  /// Whether a statement had better name the one bucket that it is about: see [Lookup].
  public boolean spread() {
    return spread;
  }

  /// Whether the connection is of no use any more.
  boolean lost() {
    return lost;
  }

  /// Runs a statement that changes rows and tells how many.
  public int update(String sql, @Nullable Object... args) {
    sendHeld();
    try {
      if (opening == null) {
        return bound(sql, args).executeUpdate();
      }
      var statement = opened(opening, sql, args);
      statement.getMoreResults();
      return statement.getUpdateCount();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /// Runs a statement for each of many rows, sent together.
  public void updateAll(String sql, List<@Nullable Object[]> rows) {
    if (rows.isEmpty()) {
      return;
    }
    sendHeld();
    open();
    try {
      var statement = prepared(sql);
      for (var row : rows) {
        bind(statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /// All rows, in the query's order.
  public <T> List<T> query(String sql, Row.Mapper<T> mapper, @Nullable Object... args) {
    sendHeld();
    try (var result = answered(sql, args)) {
      var row = new Row(result, faults);
      var all = new ArrayList<T>();
      while (result.next()) {
        all.add(mapper.map(row));
      }
      return all;
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /// Hands row after row over, however many there are; none of them is kept.
  void each(String sql, Consumer<Row> use) {
    sendHeld();
    open();
    try (var statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCHED);
      try (var result = statement.executeQuery()) {
        var row = new Row(result, faults);
        while (result.next()) {
          use.accept(row);
        }
      }
    } catch (SQLException e) {
      throw failure(sql, e);
    }
  }

  /// The first row, where there is one.
  public <T> Optional<T> first(String sql, Row.Mapper<T> mapper, @Nullable Object... args) {
    sendHeld();
    try (var result = answered(sql, args)) {
      return result.next() ? Optional.of(mapper.map(new Row(result, faults))) : Optional.empty();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /// Runs a statement that changes rows and whose count nobody asks for, at the latest with the
  /// commit: so it needs no round trip of its own. It fails there, too.
  public void updateLast(String sql, @Nullable Object... args) {
    if (together) {
      held.add(new Held(sql, args));
    } else {
      update(sql, args);
    }
  }

  /// From here on, in this transaction, a key that is taken means that another process was there
  /// first: the transaction is void through no fault of its units, and they run again.
  public void contested() {
    contested = true;
  }

  /// Sends `sql` along with the transaction's first statement.
  ///
  /// @param heard takes the row that it returns
  void openWith(String sql, Row.Mapper<?> heard, @Nullable Object... args) {
    opening = new Opening(sql, heard, args);
  }

  /// Ends the transaction, together with what was held back.
  ///
  /// @throws StoreFailure nothing was stored, but for [Fault#LOST]: then nobody can tell
  void commit() {
    try {
      if (held.isEmpty()) {
        opening = null; // nothing was done
        connection.commit();
      } else {
        sendHeld(held.stream().map(Held::sql).collect(joining(BETWEEN, "", BETWEEN + "COMMIT")));
      }
      contested = false;
    } catch (SQLException e) {
      throw new StoreFailure("commit", e, fault(e));
    }
  }

  private void sendHeld() {
    if (!held.isEmpty()) {
      var all = held.stream().map(Held::sql).collect(joining(BETWEEN));
      try {
        sendHeld(all);
      } catch (SQLException e) {
        throw failed(all, e);
      }
    }
  }

  private void sendHeld(String all) throws SQLException {
    var args = held.stream().flatMap(one -> Arrays.stream(one.args())).toArray();
    held.clear();
    if (opening == null) {
      bound(all, args).execute();
    } else {
      opened(opening, all, args);
    }
  }

  /// Sends what begins the transaction alone.
  void open() {
    var first = opening;
    if (first != null) {
      opening = null;
      first(first.sql(), first.heard(), first.args());
    }
  }

  private ResultSet answered(String sql, @Nullable Object[] args) throws SQLException {
    if (opening == null) {
      return bound(sql, args).executeQuery();
    }
    var statement = opened(opening, sql, args);
    statement.getMoreResults();
    return statement.getResultSet();
  }

  /// Sends both, and hears the first.
  private PreparedStatement opened(Opening first, String sql, @Nullable Object[] args)
      throws SQLException {
    opening = null;
    var both = new ArrayList<>(Arrays.asList(first.args()));
    both.addAll(Arrays.asList(args));
    var statement = bound(first.sql() + BETWEEN + sql, both.toArray());
    statement.execute();
    try (var result = statement.getResultSet()) {
      if (result.next()) {
        first.heard().map(new Row(result, faults));
      }
    }
    return statement;
  }

  /// The transaction is void.
  void forget() {
    opening = null;
    contested = false;
    held.clear();
    afterCommit.clear();
  }

  /// Runs `effect` once what this unit wrote is on disk and before its caller goes on; never if it
  /// is rolled back. On the writer's thread: quick, and it throws nothing.
  public void afterCommit(Runnable effect) {
    afterCommit.add(effect);
  }

  List<Runnable> takeEffects() {
    var taken = List.copyOf(afterCommit);
    afterCommit.clear();
    return taken;
  }

  boolean hasEffects() {
    return !afterCommit.isEmpty();
  }

  /// Runs a statement that is neither bound nor kept, such as a pragma.
  void execute(String sql) {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failure(sql, e);
    }
  }

  /// Runs all statements of a text, as a migration has them.
  void executeAll(String script) {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(script); // unlike execute(), which stops after the first
    } catch (SQLException e) {
      throw failure("a migration", e);
    }
  }

  /// A statement that failed is not used again: its driver may have left it half run.
  private StoreFailure failed(String sql, SQLException e) {
    try (var _ = statements.remove(sql)) {
      return failure(sql.strip(), e);
    } catch (SQLException onClose) {
      e.addSuppressed(onClose);
      return failure(sql.strip(), e);
    }
  }

  private StoreFailure failure(String what, SQLException e) {
    var fault = fault(e);
    lost |= fault == Fault.LOST;
    return new StoreFailure(what, e, fault);
  }

  private Fault fault(SQLException e) {
    return contested && TAKEN.equals(e.getSQLState()) ? Fault.AGAIN : faults.of(e);
  }

  private PreparedStatement bound(String sql, @Nullable Object[] args) throws SQLException {
    var statement = prepared(sql);
    bind(statement, args);
    return statement;
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    var statement = statements.get(sql);
    if (statement == null) {
      if (statements.size() >= KEPT) {
        throw new IllegalStateException(
            "more than " + KEPT + " different statements: an SQL text holds a value? " + sql);
      }
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  private void bind(PreparedStatement statement, @Nullable Object[] args) throws SQLException {
    for (var i = 0; i < args.length; i++) {
      bind(statement, i + 1, args[i]);
    }
  }

  private void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setObject(index, null);
      case String text -> statement.setString(index, texts.apply(text));
      case Long number -> statement.setLong(index, number);
      case Integer number -> statement.setInt(index, number);
      case Short number -> statement.setInt(index, number);
      case Boolean flag -> statement.setInt(index, flag ? 1 : 0);
      case Instant instant -> statement.setLong(index, instant.toEpochMilli());
      case byte[] bytes -> statement.setBytes(index, bytes);
      case short[] many -> statement.setObject(index, many);
      case long[] many -> statement.setObject(index, many);
      case String[] many ->
          statement.setObject(index, Arrays.stream(many).map(texts).toArray(String[]::new));
      case byte[][] many -> statement.setObject(index, many);
      default ->
          throw new IllegalArgumentException(
              "cannot bind a " + value.getClass().getName() + ": wanted text, number or bytes");
    }
  }
}
