package campana.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/// One file, with one writer: SQLite lets no more of them in.
final class Sqlite implements Engine {
  /// FULL: a commit returns after its sync. Only the proofs set it otherwise, to see that without
  /// the sync they find what is lost.
  private static final SQLiteConfig.SynchronousMode SYNCHRONOUS =
      SQLiteConfig.SynchronousMode.valueOf(
          System.getProperty("campana.sqlite.synchronous", "FULL"));

  private static final int READERS = 4;
  private static final String WANTED =
      "a file that Campana wrote, in a folder that it may write to";

  private static final String TABLES =
      "select name from sqlite_master where type = 'table' order by name";

  private final Path file;
  private final Line writer;

  private Sqlite(Path file, Line writer) {
    this.file = file;
    this.writer = writer;
  }

  /// Opens the file, a new one where it is missing.
  ///
  /// @param maxPages most pages of 4 KiB the file may have, 0 for no bound
  /// @throws CannotOpen when it is not a database
  static Sqlite at(Path file, int maxPages) {
    try {
      if (!Files.exists(
          file)) { // SQLite would let everybody read it, and -wal and -shm take after it
        Files.createFile(file, DataFolder.privately("rw-------"));
      }
      return new Sqlite(file, writer(file, maxPages));
    } catch (IOException | StoreFailure e) {
      throw Database.unusable(file.toString(), WANTED, e);
    }
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public int writers() {
    return 1;
  }

  @Override
  public int readers() {
    return READERS;
  }

  @Override
  public Line writer(int number, Consumer<String> tell) {
    return writer;
  }

  private static Line writer(Path file, int maxPages) {
    var line = new SqliteLine(connect(file), "begin immediate");
    try {
      var tx = line.tx();
      tx.execute("pragma journal_mode = wal");
      tx.execute("pragma wal_autocheckpoint = 20000");
      tx.execute("pragma cache_size = -131072");
      if (maxPages > 0) {
        tx.execute("pragma max_page_count = " + maxPages);
      }
      return line;
    } catch (StoreFailure e) {
      line.close();
      throw e;
    }
  }

  @Override
  public Line reader() {
    var line = new SqliteLine(connect(file), "begin");
    line.tx().execute("pragma query_only = true");
    line.tx().execute("pragma cache_size = -16384");
    return line;
  }

  /// On the writer's own line: whoever closes the last one of a file has its log written back.
  @Override
  public void migrate(Consumer<Line> steps) {
    try {
      steps.accept(writer);
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  @Override
  public void lockSchema(Tx tx) {
    // it is held since the transaction's beginning
  }

  @Override
  public String script(Migrations.Step step) {
    return step.sql();
  }

  @Override
  public void beforeStep(Tx tx, int version, Consumer<String> tell) {
    var copy = Path.of(file + ".before-V" + version);
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      throw new CannotOpen("The old backup " + copy + " cannot be replaced", e);
    }
    tx.update("vacuum into ?", copy.toString());
    tell.accept(
        "Backup before the new version: "
            + copy
            + " (to go back: stop, move it to "
            + file
            + ", delete "
            + file.getFileName()
            + "-wal and -shm, start the old program)");
  }

  @Override
  public <T> T alone(Supplier<T> work) {
    return work.get(); // there is no other process
  }

  @Override
  public Duration ahead() {
    return Duration.ZERO;
  }

  @Override
  public String place() {
    return file.toString();
  }

  @Override
  public String wanted() {
    return WANTED;
  }

  @Override
  public Optional<Path> file() {
    return Optional.of(file);
  }

  @Override
  public SortedMap<String, Long> copyTo(Path copy) {
    try (var connection = connect(file)) {
      new Tx(connection, Sqlite::fault).update("vacuum into ?", copy.toString());
    } catch (SQLException e) {
      throw new StoreFailure("copying " + file, e, fault(e));
    }
    try (var connection = connect(copy)) {
      var tx = new Tx(connection, Sqlite::fault);
      var rows = new TreeMap<String, Long>();
      for (var table : tx.query(TABLES, row -> row.text(1))) {
        var count = tx.first("select count(*) from " + table, row -> row.number(1));
        rows.put(table, count.orElse(0L));
      }
      return rows;
    } catch (SQLException e) {
      throw new StoreFailure("counting " + copy, e, fault(e));
    }
  }

  private static Connection connect(Path file) {
    var config = new SQLiteConfig();
    config.setBusyTimeout(10_000); // a backup or an outside sqlite3 may hold it for a moment
    config.setSynchronous(SYNCHRONOUS);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setGetGeneratedKeys(false); // the driver would search every statement for an insert
    try {
      var connection = (SQLiteConnection) config.createConnection("jdbc:sqlite:" + file);
      // Else the driver runs two statements behind each of ours to see whether one is open. All
      // ours are begun and ended by statements of our own.
      connection.getConnectionConfig().setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw new StoreFailure("opening " + file, e, fault(e));
    }
  }

  static Fault fault(SQLException e) {
    var code = e.getErrorCode() & 0xff;
    if (code == SQLiteErrorCode.SQLITE_CONSTRAINT.code) {
      return Fault.CONSTRAINT;
    }
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      return Fault.FULL;
    }
    return code == SQLiteErrorCode.SQLITE_IOERR.code
            || code == SQLiteErrorCode.SQLITE_CORRUPT.code
            || code == SQLiteErrorCode.SQLITE_NOTADB.code
            || code == SQLiteErrorCode.SQLITE_READONLY.code
        ? Fault.BROKEN
        : Fault.MISTAKE;
  }
}
