package campana.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The steps that make a schema, each run once, in order, in a transaction of its own with the row
/// that says so.
public final class Migrations {
  static final String TABLE = "schema_step";

  private static final String HISTORY =
      """
      create table if not exists schema_step (
        version integer not null primary key,
        name    text    not null
      )\
      """;
  private static final String VERSION = "select coalesce(max(version), 0) from schema_step";
  private static final String DONE = "insert into schema_step (version, name) values (?, ?)";

  private final List<Step> steps;

  /// @param sql in words that every kind of database understands, once translated
  /// @param own the text for PostgreSQL where that differs altogether; empty: it does not
  record Step(int version, String name, String sql, String own) {}

  private Migrations(List<Step> steps) {
    this.steps = steps;
  }

  /// Reads the steps from resources.
  ///
  /// @param owner a class whose loader finds them
  /// @param folder without a slash at either end
  /// @param files `V1__what.sql`, `V2__…`, without a gap; where PostgreSQL needs another text,
  ///   `V1__what.postgresql.sql` is beside it
  public static Migrations of(Class<?> owner, String folder, String... files) {
    var steps = new ArrayList<Step>();
    for (var file : files) {
      var version = steps.size() + 1;
      if (!file.startsWith("V" + version + "__") || !file.endsWith(".sql")) {
        throw new IllegalArgumentException("step " + file + ": wanted V" + version + "__what.sql");
      }
      var path = folder + "/" + file;
      var sql =
          text(owner, path).orElseThrow(() -> new IllegalArgumentException("no resource " + path));
      var own = text(owner, path.replaceFirst("\\.sql$", ".postgresql.sql")).orElse("");
      steps.add(new Step(version, file, sql, own));
    }
    return new Migrations(List.copyOf(steps));
  }

  private static Optional<String> text(Class<?> owner, String path) {
    try (var in = owner.getClassLoader().getResourceAsStream(path)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  /// The schema's version after all steps.
  public int newest() {
    return steps.size();
  }

  /// Whether a table is the one that says which steps were taken.
  static boolean isHistory(String table) {
    return table.equals(TABLE);
  }

  /// For who takes no step, and so has nothing to do with other versions.
  ///
  /// @throws CannotOpen when it has another version
  void demandNewest(Tx tx, String place) {
    var version = version(tx);
    if (version != newest()) {
      throw new CannotOpen(
          "The database "
              + place
              + " has version "
              + version
              + "; wanted: version "
              + newest()
              + ", as after a start of this program with it");
    }
  }

  /// Several may do this at the same time, as nodes that start together: each step is one's alone.
  void apply(Line line, Engine engine, Consumer<String> tell) {
    var version = version(line, engine);
    if (version > newest()) {
      throw new CannotOpen(
          "The database "
              + engine.place()
              + " has version "
              + version
              + ", this program knows versions up"
              + " to "
              + newest()
              + "; wanted: the newer program that wrote it, or a backup from"
              + " before its first start");
    }
    if (version > 0 && version < newest()) {
      engine.beforeStep(line.tx(), version + 1, tell);
    }
    while (version < newest()) {
      version = next(line, engine);
    }
  }

  private static int version(Line line, Engine engine) {
    line.begin();
    engine.lockSchema(line.tx());
    line.tx().execute(HISTORY);
    var version = version(line.tx());
    line.commit();
    return version;
  }

  private static int version(Tx tx) {
    return tx.first(VERSION, row -> (int) row.number(1)).orElse(0);
  }

  private int next(Line line, Engine engine) {
    line.begin();
    engine.lockSchema(line.tx());
    var version = version(line.tx());
    if (version < newest()) {
      var step = steps.get(version);
      line.tx().executeAll(engine.script(step));
      version += line.tx().update(DONE, step.version(), step.name());
    }
    line.commit();
    return version;
  }
}
