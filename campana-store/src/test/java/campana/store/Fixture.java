package campana.store;

import campana.testdb.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// A database with one table, in a folder of its own.
final class Fixture implements AutoCloseable {
  static final String FILE = "test.db";
  static final String ADD = "insert into note (id, text) values (?, ?)";
  static final String COUNT = "select count(*) from note";

  private final DataFolder folder;
  final Database database;
  final List<String> lines = new CopyOnWriteArrayList<>();

  Fixture(Path path) {
    this(path, 16_384, 0);
  }

  /// @param maxPages of a file
  Fixture(Path path, int queue, int maxPages) {
    this(Kind.SQLITE, path, queue, maxPages, "V1__note.sql");
  }

  Fixture(Kind kind, Path path) {
    this(kind, path, 16_384, 0, "V1__note.sql");
  }

  Fixture(Kind kind, Path path, int queue, int maxPages, String... steps) {
    folder = DataFolder.hold(path);
    var settings = new Database.Settings(queue, maxPages, 4, lines::add, lines::add);
    try {
      database =
          switch (kind) {
            case SQLITE -> Database.open(folder, FILE, migrations(steps), settings);
            case POSTGRESQL ->
                Database.open(
                    PostgresAddress.parse(TestPostgres.url()),
                    TestPostgres.schema(path),
                    migrations(steps),
                    settings);
          };
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  static Migrations migrations(String... files) {
    return Migrations.of(Fixture.class, "campana/store", files);
  }

  int add(long id, String text) {
    return database.write(tx -> tx.update(ADD, id, text));
  }

  int update(String sql) {
    return database.write(tx -> tx.update(sql));
  }

  long count() {
    return database.read(tx -> tx.first(COUNT, row -> row.number(1)).orElseThrow());
  }

  /// Holds the writer inside a unit until the latch is opened, so that others gather behind it.
  CountDownLatch hold() throws InterruptedException {
    var held = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    Thread.startVirtualThread(() ->
        database.write(_ -> {
          held.countDown();
          return await(go);
        }));
    held.await();
    return go;
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void awaitWaiting(int units) {
    while (database.figures().waiting() < units) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    database.close();
    folder.close();
  }
}
