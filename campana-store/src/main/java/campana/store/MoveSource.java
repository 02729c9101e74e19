package campana.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A file of the data folder, put in order within a transaction that is never committed.
final class MoveSource implements AutoCloseable {
  private static final String TABLES =
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'";
  private static final String COLUMNS = "select name from pragma_table_info(?)";

  private final Path file;
  private final Move.Part part;
  private final Line line;

  private MoveSource(Path file, Move.Part part, Line line) {
    this.file = file;
    this.part = part;
    this.line = line;
  }

  static MoveSource open(Path file, Move.Part part, Vault vault) {
    var source = new MoveSource(file, part, Sqlite.at(file, 0).writer(0, _ -> {}));
    try {
      source.line.begin();
      var tx = source.line.tx();
      part.migrations().demandNewest(tx, file.toString());
      vault.demandFit(tx, file.toString());
      part.contents().settle(tx);
      return source;
    } catch (StoreFailure e) {
      source.close();
      throw Database.unusable(file.toString(), "a file that Campana wrote", e);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  Move.Part part() {
    return part;
  }

  /// What is to be moved. That nothing is forgotten is held here: what the two sides do not have in
  /// common has to be named.
  ///
  /// @param there the target's tables
  List<MoveTable> tables(Map<String, List<MoveTable.Column>> there) {
    var contents = part.contents();
    var here = new TreeMap<String, Set<String>>();
    for (var name : line.tx().query(TABLES, row -> row.text(1))) {
      if (!Migrations.isHistory(name) && !contents.left().contains(name)) {
        here.put(name, new HashSet<>(line.tx().query(COLUMNS, row -> row.text(1), name)));
      }
    }
    var tables = new ArrayList<MoveTable>();
    for (var table : here.entrySet()) {
      var name = table.getKey();
      var columns =
          Objects.requireNonNullElse(there.get(name), List.<MoveTable.Column>of()).stream()
              .filter(column -> !contents.left().contains(name + "." + column.name()))
              .toList();
      var known = new HashSet<String>();
      columns.forEach(column -> known.add(column.name()));
      var own = new HashSet<>(table.getValue());
      own.removeIf(column -> contents.left().contains(name + "." + column));
      if (!own.equals(known)) {
        throw new IllegalStateException(
            file + ": the columns of " + name + ", " + own + ", have no place in " + known);
      }
      var only = contents.only().getOrDefault(name, "");
      tables.add(new MoveTable(name, columns, only));
    }
    for (var name : there.keySet()) {
      if (!here.containsKey(name) && !contents.left().contains(name)) {
        throw new IllegalStateException(file + ": there is nothing for the table " + name);
      }
    }
    return tables;
  }

  long count(MoveTable table) {
    return line.tx().first(table.count(), row -> row.number(1)).orElse(0L);
  }

  void each(MoveTable table, Consumer<@Nullable Object[]> use) {
    line.tx().each(table.select(), row -> use.accept(table.values(row)));
  }

  @Override
  public void close() {
    line.rollback();
    line.close();
  }
}
