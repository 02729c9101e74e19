package campana.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// The steps that make a schema, each run once, in order, in a transaction of its own with the row
/// that says so.
public final class Migrations {
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

  private record Step(int version, String name, String sql) {}

  private Migrations(List<Step> steps) {
    this.steps = steps;
  }

  /// Reads the steps from resources.
  ///
  /// @param owner a class whose loader finds them
  /// @param folder without a slash at either end
  /// @param files `V1__what.sql`, `V2__…`, without a gap
  public static Migrations of(Class<?> owner, String folder, String... files) {
    var steps = new java.util.ArrayList<Step>();
    for (var file : files) {
      var version = steps.size() + 1;
      if (!file.startsWith("V" + version + "__") || !file.endsWith(".sql")) {
        throw new IllegalArgumentException("step " + file + ": wanted V" + version + "__what.sql");
      }
      steps.add(new Step(version, file, text(owner, folder + "/" + file)));
    }
    return new Migrations(List.copyOf(steps));
  }

  private static String text(Class<?> owner, String path) {
    try (var in = owner.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  /// The schema's version after all steps.
  public int newest() {
    return steps.size();
  }

  void apply(Tx tx, Path file, boolean fresh, Consumer<String> tell) {
    tx.execute(HISTORY);
    int version = tx.first(VERSION, row -> (int) row.number(1)).orElse(0);
    if (version > newest()) {
      throw new CannotOpen(
          "The database "
              + file
              + " has version "
              + version
              + ", this program knows versions up"
              + " to "
              + newest()
              + "; wanted: the newer program that wrote it, or a backup from"
              + " before its first start");
    }
    if (version == newest()) {
      return;
    }
    if (!fresh && version > 0) {
      var copy = Path.of(file + ".before-V" + (version + 1));
      deleteOld(copy);
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
    for (var step : steps.subList(version, steps.size())) {
      tx.update("begin immediate");
      tx.executeAll(step.sql());
      tx.update(DONE, step.version(), step.name());
      tx.update("commit");
    }
  }

  private static void deleteOld(Path copy) {
    try {
      java.nio.file.Files.deleteIfExists(copy);
    } catch (IOException e) {
      throw new CannotOpen("The old backup " + copy + " cannot be replaced", e);
    }
  }
}
