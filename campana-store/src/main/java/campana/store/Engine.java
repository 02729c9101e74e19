package campana.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What is particular to one kind of database. Nothing else in this package cares which kind it is.
interface Engine {
  /// Whether other processes may use it at the same time.
  boolean shared();

  /// Whether its buckets are on nodes of their own, so that a transaction had better keep to one.
  /// Known once it is migrated.
  default boolean spread() {
    return false;
  }

  /// How many may write at a time, each on a line of its own and with buckets of its own.
  int writers();

  /// How many may read at a time.
  int readers();

  /// @param number from 0 to before [#writers]
  Line writer(int number, Consumer<String> tell);

  /// Its transactions see one moment, and cannot write.
  Line reader();

  /// Has the schema brought up to date on a line of its choice, before any writer is asked for.
  void migrate(Consumer<Line> steps);

  /// What is left to do for whoever runs the database, once it is migrated.
  default Optional<String> advice(Tx tx) {
    return Optional.empty();
  }

  /// Keeps other processes from doing the same until the transaction's end.
  void lockSchema(Tx tx);

  /// Runs `work` while no other process does so.
  <T> T alone(Supplier<T> work);

  /// The step's text in this kind's words.
  String script(Migrations.Step step);

  /// What there was before step `version` is kept, or whoever runs the program is told that it is
  /// theirs to keep.
  void beforeStep(Tx tx, int version, Consumer<String> tell);

  /// By how much the database's clock is ahead of this machine's, as far as is known.
  Duration ahead();

  /// Where the data is, for people to read: without secrets.
  String place();

  /// What has to be there, for people to read.
  String wanted();

  /// Empty where it is not a file of ours.
  Optional<Path> file();

  /// Copies what is committed now into an empty file.
  ///
  /// @return rows of each table in the copy
  SortedMap<String, Long> copyTo(Path copy);
}
