package campana.store;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Takes what a data folder's files hold into a PostgreSQL that holds nothing yet: schemas, rows
/// and their comparison are one transaction, so all of it is there afterwards or nothing. The files
/// stay as they are, as what is put in order beforehand is taken back.
public final class Move {
  private static final int OFTEN = 10_000; // rows

  private Move() {}

  /// A file and the schema that it becomes.
  ///
  /// @param migrations of both
  public record Part(String file, String schema, Migrations migrations, Contents contents) {}

  /// What is particular to one database's tables. All others have the same columns on both sides.
  public interface Contents {
    /// Writes what is in memory while the file is in use, as its owner would at the next start. It
    /// is not kept.
    void settle(Tx tx);

    /// Tables, and columns as `table.column`, that only one side has, or that are of no use to the
    /// other.
    Set<String> left();

    /// Conditions by table: other rows of it are of no use to the other side.
    Map<String, String> only();
  }

  /// Hears how far it has come.
  public interface Progress {
    /// @param table `schema.table`
    /// @param of how many there are; all of them the last time
    void copied(String table, long rows, long of);

    /// Its rows were read back, and are the ones that were read from the file.
    void compared(String table, long rows);
  }

  /// Moves those parts whose file is there.
  ///
  /// @param folder held by the caller, so that nobody else uses it
  /// @return rows by table
  /// @throws CannotOpen when something stands against it: nothing has changed then, unless its
  ///   message says that nobody can tell
  public static SortedMap<String, Long> run(
      DataFolder folder, List<Part> parts, PostgresAddress to, Vault vault, Progress progress) {
    var sources = new ArrayList<MoveSource>();
    try {
      for (var part : parts) {
        if (Files.exists(folder.file(part.file()))) {
          sources.add(MoveSource.open(folder.file(part.file()), part, vault));
        }
      }
      return run(sources, parts, to, progress);
    } finally {
      sources.forEach(MoveSource::close);
    }
  }

  private static SortedMap<String, Long> run(
      List<MoveSource> sources, List<Part> parts, PostgresAddress to, Progress progress) {
    try (var target = MoveTarget.begin(to)) {
      for (var part : parts) {
        target.demandEmpty(part);
      }
      var rows = new TreeMap<String, Long>();
      for (var source : sources) {
        target.prepare(source.part());
        for (var table : source.tables(target.tables())) {
          var name = source.part().schema() + "." + table.name();
          rows.put(name, moved(source, target, table, name, progress));
        }
      }
      target.commit();
      return rows;
    } catch (StoreFailure e) {
      throw Database.unusable(
          to.toString(), "a database that takes it all; nothing was moved, so begin anew", e);
    }
  }

  private static long moved(
      MoveSource source, MoveTarget target, MoveTable table, String name, Progress progress) {
    var read = new Tally();
    var of = source.count(table);
    var copy = target.copy(table);
    source.each(
        table,
        row -> {
          copy.add(row);
          read.add(row);
          if (read.rows() % OFTEN == 0) {
            progress.copied(name, read.rows(), of);
          }
        });
    copy.end();
    progress.copied(name, read.rows(), of);
    var written = new Tally();
    target.each(table, written::add);
    if (!written.equals(read) || read.rows() != of) {
      throw new CannotOpen(
          "The table "
              + name
              + " is not the same on both sides ("
              + of
              + " rows and "
              + written.rows()
              + "); nothing was moved");
    }
    progress.compared(name, written.rows());
    return written.rows();
  }
}
