package campana.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;

/// What bare inserts into an index make of random keys, each transaction synced.
interface RawIndex extends AutoCloseable {
  /// @param rows how many to insert; about
  /// @param batch how many in a transaction
  double perSecond(long rows, int batch) throws SQLException, IOException;

  @Override
  default void close() throws SQLException {}

  /// In SQLite: a key as messages had it if they were indexed, and where that leads.
  ///
  /// @param each rows a space before the first run
  static RawIndex sqlite(Path file, int spaces, int each) throws SQLException, IOException {
    for (var end : new String[] {"", "-wal", "-shm"}) {
      Files.deleteIfExists(Path.of(file + end));
    }
    var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (var statement = connection.createStatement()) {
      statement.execute("pragma synchronous = off");
      statement.execute("pragma cache_size = -131072");
      statement.execute(
          "create table raw (bucket, space_id, position, entry, primary key (bucket, space_id,"
              + " position)) without rowid");
      statement.execute(
          """
          with recursive s (n) as (select 0 union all select n + 1 from s where n + 1 < %d),
               p (n) as (select 1 union all select n + 1 from p where n < %d)
          insert into raw select s.n %% 256, 'cmpRaw' || (100000000 + s.n), abs(random()), p.n
            from s, p order by 1, 2, 3\
          """
              .formatted(spaces, each));
      statement.execute("pragma journal_mode = wal");
      statement.execute("pragma wal_autocheckpoint = 20000");
      statement.execute("pragma synchronous = full");
    }
    connection.setAutoCommit(false);
    return new RawIndex() {
      @Override
      public double perSecond(long rows, int batch) throws SQLException {
        return insert(connection, spaces, rows, batch);
      }

      @Override
      public void close() throws SQLException {
        connection.close();
      }
    };
  }

  private static double insert(Connection connection, int spaces, long rows, int batch)
      throws SQLException {
    var chance = ThreadLocalRandom.current();
    var from = System.nanoTime();
    var done = 0L;
    try (var statement = connection.prepareStatement("insert into raw values (?, ?, ?, ?)")) {
      for (; done < rows; done += batch) {
        for (var i = 0; i < batch; i++) {
          var space = chance.nextInt(spaces);
          statement.setInt(1, space % 256);
          statement.setString(2, "cmpRaw" + (100_000_000 + space));
          statement.setLong(3, chance.nextLong(Long.MAX_VALUE));
          statement.setLong(4, done);
          statement.addBatch();
        }
        statement.executeBatch();
        connection.commit();
      }
    }
    return done / ((System.nanoTime() - from) / 1e9);
  }
}
