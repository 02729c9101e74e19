package campana.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.sqlite.SQLiteConfig;

/// One SQLite file: a writer that commits in groups, and a few readers that see the last commit.
/// Safe for use by many threads.
public final class Database implements AutoCloseable {
  /// FULL: a commit returns after its sync. Only the proofs set it otherwise, to see that without
  /// the sync they find what is lost.
  private static final SQLiteConfig.SynchronousMode SYNCHRONOUS =
      SQLiteConfig.SynchronousMode.valueOf(
          System.getProperty("campana.sqlite.synchronous", "FULL"));

  private static final int READERS = 4;
  private static final int QUEUE = 16_384;

  private static final String TABLES =
      "select name from sqlite_master where type = 'table' order by name";

  private final Path file;
  private final Connection writerConnection;
  private final Committer committer;
  private final Semaphore readers = new Semaphore(READERS);
  private final Deque<Reader> idle = new ConcurrentLinkedDeque<>();

  private record Reader(Connection connection, Tx tx) {}

  /// What may differ between uses.
  ///
  /// @param queue how many units may wait before further ones are refused
  /// @param maxPages most pages of 4 KiB the file may have, 0 for no bound: a small disk for tests
  /// @param tell takes lines for whoever runs the program: a migration, its backup
  /// @param onBroken takes one line when the disk failed and the program has to stop
  public record Settings(
      int queue, int maxPages, Consumer<String> tell, Consumer<String> onBroken) {
    public static Settings of(Consumer<String> tell, Consumer<String> onBroken) {
      return new Settings(QUEUE, 0, tell, onBroken);
    }
  }

  private Database(Path file, Settings settings, Connection writerConnection, Tx writer) {
    this.file = file;
    this.writerConnection = writerConnection;
    this.committer = new Committer(writer, settings.queue(), settings.onBroken());
  }

  /// Opens or makes the file `name` in the folder and brings its schema up to date.
  ///
  /// @throws CannotOpen when it is not a database, or newer than this program
  public static Database open(
      DataFolder folder, String name, Migrations migrations, Settings settings) {
    var file = folder.file(name);
    var fresh = !Files.exists(file);
    Connection connection;
    try {
      if (fresh) { // SQLite would let everybody read it, and -wal and -shm take after it
        Files.createFile(file, DataFolder.privately("rw-------"));
      }
      connection = connect(file);
    } catch (SQLException | IOException e) {
      throw unusable(file, e);
    }
    try {
      var writer = new Tx(connection);
      writer.execute("pragma journal_mode = wal");
      writer.execute("pragma wal_autocheckpoint = 20000");
      writer.execute("pragma cache_size = -131072");
      if (settings.maxPages() > 0) {
        writer.execute("pragma max_page_count = " + settings.maxPages());
      }
      migrations.apply(writer, file, fresh, settings.tell());
      var database = new Database(file, settings, connection, writer);
      database.committer.start();
      return database;
    } catch (StoreFailure e) {
      closeQuietly(connection);
      throw unusable(file, e);
    } catch (RuntimeException e) {
      closeQuietly(connection);
      throw e;
    }
  }

  private static CannotOpen unusable(Path file, Exception e) {
    return new CannotOpen(
        "The database "
            + file
            + " cannot be used: "
            + e.getMessage()
            + "; wanted: a file that"
            + " Campana wrote, in a folder that it may write to",
        e);
  }

  private static Connection connect(Path file) throws SQLException {
    var config = new SQLiteConfig();
    config.setBusyTimeout(10_000); // a backup or an outside sqlite3 may hold it for a moment
    config.setSynchronous(SYNCHRONOUS);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setGetGeneratedKeys(false); // the driver would search every statement for an insert
    return config.createConnection("jdbc:sqlite:" + file);
  }

  /// Runs `work` on a snapshot of what is committed, and so on the disk. It may not write.
  public <T> T read(Work<T> work) {
    readers.acquireUninterruptibly();
    try {
      var reader = idle.pollFirst();
      if (reader == null) {
        reader = newReader();
      }
      try {
        reader.tx.update("begin");
        try {
          return work.run(reader.tx);
        } finally {
          reader.tx.update("rollback");
        }
      } finally {
        idle.addFirst(reader);
      }
    } finally {
      readers.release();
    }
  }

  /// Runs `work` in the writer's next transaction and returns once that is on disk. It may run
  /// again after a rollback.
  ///
  /// @throws StoreBusy nothing was stored: too many wait, the disk is full, or it is closed
  /// @throws OutcomeUnknown the disk failed during the commit
  public <T> T write(Work<T> work) {
    return committer.write(work);
  }

  /// Lets `participant` follow the transactions from now on.
  public void join(Participant participant) {
    committer.join(participant);
  }

  /// Figures for metrics, since the start.
  ///
  /// @param waiting units that wait right now
  public record Figures(long units, long commits, int waiting) {}

  public Figures figures() {
    return new Figures(committer.units(), committer.commits(), committer.waiting());
  }

  /// Copies what is committed now into an empty file, while others read and write.
  ///
  /// @return rows of each table in the copy
  SortedMap<String, Long> copyTo(Path copy) {
    try (var connection = connect(file)) {
      new Tx(connection).update("vacuum into ?", copy.toString());
    } catch (SQLException e) {
      throw new StoreFailure("copying " + file, e);
    }
    try (var connection = connect(copy)) {
      var tx = new Tx(connection);
      var rows = new TreeMap<String, Long>();
      for (var table : tx.query(TABLES, row -> row.text(1))) {
        var count = tx.first("select count(*) from " + table, row -> row.number(1));
        rows.put(table, count.orElse(0L));
      }
      return rows;
    } catch (SQLException e) {
      throw new StoreFailure("counting " + copy, e);
    }
  }

  public Path file() {
    return file;
  }

  private Reader newReader() {
    try {
      var connection = connect(file);
      var tx = new Tx(connection);
      tx.execute("pragma query_only = true");
      tx.execute("pragma cache_size = -16384");
      return new Reader(connection, tx);
    } catch (SQLException e) {
      throw new StoreFailure("opening " + file, e);
    }
  }

  /// Commits what waits, then closes the file. Nobody may be reading any more.
  @Override
  public void close() {
    committer.close();
    readers.acquireUninterruptibly(READERS);
    idle.forEach(reader -> closeQuietly(reader.connection));
    closeQuietly(writerConnection);
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // what was committed is on disk already
    }
  }
}
