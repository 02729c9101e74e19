package campana.testkit;

import campana.store.DataFolder;
import campana.store.Database;
import campana.store.Migrations;
import campana.store.PostgresAddress;
import campana.testdb.TestCitus;
import campana.testdb.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A data folder and its database for one test, both real: a file, or a schema of a PostgreSQL. It
/// can be closed and opened again, and a file copied while in use: what a power cut would leave.
public final class FreshDatabase implements AutoCloseable {
  private static final int WRITERS = 4; // as on a larger machine

  private final Kind kind;
  private final String schema; // of a PostgreSQL
  private final Path path;
  private final String name;
  private final Migrations migrations;
  private final DataFolder folder;
  private final Database database;

  /// What the store said when the disk failed.
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private FreshDatabase(
      Kind kind,
      String schema,
      Path path,
      String name,
      Migrations migrations,
      int queue,
      int maxPages) {
    this.kind = kind;
    this.schema = schema;
    this.path = path;
    this.name = name;
    this.migrations = migrations;
    this.folder = DataFolder.hold(path);
    var settings = new Database.Settings(queue, maxPages, WRITERS, lines::add, lines::add);
    this.database =
        switch (kind) {
          case SQLITE -> Database.open(folder, name, migrations, settings);
          case POSTGRESQL ->
              Database.open(
                  PostgresAddress.parse(TestPostgres.url()), schema, migrations, settings);
          case CITUS ->
              Database.open(PostgresAddress.parse(TestCitus.url()), schema, migrations, settings);
        };
    if (kind == Kind.CITUS) {
      TestCitus.distribute(schema);
    }
  }

  public static FreshDatabase at(Path path, String name, Migrations migrations) {
    return of(Kind.SQLITE, path, name, migrations);
  }

  public static FreshDatabase of(Kind kind, Path path, String name, Migrations migrations) {
    return new FreshDatabase(
        kind, TestPostgres.schema(path.resolve(name)), path, name, migrations, 16_384, 0);
  }

  /// One whose file may have `maxPages` pages of 4 KiB: a small disk.
  public static FreshDatabase small(Path path, String name, Migrations migrations, int maxPages) {
    return new FreshDatabase(Kind.SQLITE, "", path, name, migrations, 16_384, maxPages);
  }

  /// One whose committer lets `queue` units wait.
  public static FreshDatabase narrow(Path path, String name, Migrations migrations, int queue) {
    return new FreshDatabase(Kind.SQLITE, "", path, name, migrations, queue, 0);
  }

  public Database database() {
    return database;
  }

  public DataFolder folder() {
    return folder;
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }

  /// Closes it and opens the same data anew.
  public FreshDatabase reopened() {
    close();
    return of(kind, path, name, migrations);
  }

  /// What a start after a kill would find: a copy of the files as they are now, opened; or the same
  /// schema once more, from another folder.
  public FreshDatabase copiedTo(Path target) {
    if (kind != Kind.SQLITE) {
      return new FreshDatabase(kind, schema, target, name, migrations, 16_384, 0);
    }
    try {
      Files.createDirectories(target);
      for (var suffix : List.of("", "-wal")) {
        if (Files.exists(path.resolve(name + suffix))) {
          Files.copy(path.resolve(name + suffix), target.resolve(name + suffix));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return at(target, name, migrations);
  }

  @Override
  public void close() {
    database.close();
    folder.close();
  }
}
