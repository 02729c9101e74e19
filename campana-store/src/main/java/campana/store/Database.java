package campana.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A database: writers that commit in groups, and some readers that see what is committed. Which
/// kind of database it is makes no difference to who uses it. Safe for use by many threads.
public final class Database implements AutoCloseable {
  private static final int QUEUE = 16_384;
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Engine engine;
  private final List<Committer> writers;
  private final Semaphore readers;
  private final ReentrantLock alone = new ReentrantLock();
  private final Deque<Line> idle = new ConcurrentLinkedDeque<>();

  /// What may differ between uses.
  ///
  /// @param queue how many units may wait for a writer before further ones are refused
  /// @param maxPages most pages of 4 KiB a file may have, 0 for no bound: a small disk for tests
  /// @param writers of a kind of database that takes several
  /// @param tell takes lines for whoever runs the program: a migration, its backup
  /// @param onBroken takes one line when the disk failed and the program has to stop
  public record Settings(
      int queue, int maxPages, int writers, Consumer<String> tell, Consumer<String> onBroken) {
    public static Settings of(Consumer<String> tell, Consumer<String> onBroken) {
      return new Settings(QUEUE, 0, Postgres.WRITERS, tell, onBroken);
    }
  }

  private Database(Engine engine, Settings settings) {
    this.engine = engine;
    this.readers = new Semaphore(engine.readers());
    var all = new ArrayList<Committer>();
    for (var number = 0; number < engine.writers(); number++) {
      var name = number == 0 ? "committer" : "committer-" + number;
      all.add(
          new Committer(
              name,
              engine.writer(number, settings.tell()),
              engine.spread(),
              settings.queue(),
              settings.onBroken()));
    }
    this.writers = List.copyOf(all);
  }

  /// Opens or makes the file `name` in the folder and brings its schema up to date.
  ///
  /// @throws CannotOpen when it is not a database, or newer than this program
  public static Database open(
      DataFolder folder, String name, Migrations migrations, Settings settings) {
    return open(Sqlite.at(folder.file(name), settings.maxPages()), migrations, settings);
  }

  /// Opens the schema, a new one where there is none, and brings it up to date.
  ///
  /// @throws CannotOpen when it cannot be reached or used, or is newer than this program
  public static Database open(
      PostgresAddress address, String schema, Migrations migrations, Settings settings) {
    return open(
        new Postgres(address, schema, Postgres.Patience.USUAL, settings.writers()),
        migrations,
        settings);
  }

  /// For what is done while no server runs.
  ///
  /// @throws CannotOpen when it cannot be reached, or a server uses it right now
  public static void demandIdle(PostgresAddress address) {
    MoveTarget.begin(address).close();
  }

  static Database open(Engine engine, Migrations migrations, Settings settings) {
    try {
      engine.migrate(line -> {
        migrations.apply(line, engine, settings.tell());
        line.begin();
        engine.advice(line.tx()).ifPresent(settings.tell());
        line.commit();
      });
      var database = new Database(engine, settings);
      database.writers.forEach(Committer::start);
      return database;
    } catch (StoreFailure e) {
      throw unusable(engine.place(), engine.wanted(), e);
    }
  }

  static CannotOpen unusable(String place, String wanted, Exception e) {
    return new CannotOpen(
        "The database "
            + place
            + " cannot be used: "
            + String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ")
            + "; wanted: "
            + wanted,
        e);
  }

  /// Runs `work` on a snapshot of what is committed, and so safe. It may not write, and may run
  /// again when the way to the database broke.
  ///
  /// @throws StoreBusy while the database is away
  public <T> T read(Work<T> work) {
    readers.acquireUninterruptibly();
    try {
      for (var pooled = idle.pollFirst(); pooled != null; pooled = idle.pollFirst()) {
        try {
          return read(pooled, work);
        } catch (StoreFailure e) {
          if (e.fault() != Fault.LOST) {
            throw e;
          }
        }
      }
      return read(engine.reader(), work);
    } catch (StoreFailure e) {
      if (e.fault() == Fault.AWAY || (e.fault() == Fault.LOST && !e.wrote())) {
        throw new StoreBusy("the database is not there", SOON);
      }
      throw e;
    } finally {
      readers.release();
    }
  }

  private <T> T read(Line line, Work<T> work) {
    try {
      line.begin();
      return work.run(line.tx());
    } finally {
      line.rollback();
      if (line.usable()) {
        idle.addFirst(line);
      } else {
        line.close();
      }
    }
  }

  /// Runs `work` in the writer's next transaction and returns once that is safe. It may run again
  /// after a rollback.
  ///
  /// @throws StoreBusy nothing was stored: too many wait, the disk is full, the database is away,
  ///   or it is closed
  /// @throws OutcomeUnknown the disk failed, or the way to it, during the commit
  public <T> T write(Work<T> work) {
    return write(writers.getFirst(), engine.spread() ? work.bucket() : Work.ANY, work);
  }

  /// The same for work that concerns one bucket alone: each has one of the writers, so that what
  /// belongs together waits in one line, and the others go on beside it.
  ///
  /// @param bucket by [Buckets#of]
  public <T> T write(int bucket, Work<T> work) {
    return write(writers.get(bucket % writers.size()), bucket, work);
  }

  private <T> T write(Committer to, int bucket, Work<T> work) {
    for (var writer : writers) {
      if (writer.here()) {
        throw new IllegalStateException("a unit of work, or its effect, may not wait for another");
      }
    }
    return to.write(bucket, work);
  }

  /// Lets `participant` follow the first writer's transactions from now on: those of all work that
  /// names no bucket.
  public void join(Participant participant) {
    writers.getFirst().join(participant);
  }

  /// Lets one of its own follow each writer's transactions from now on.
  public void joinEach(Supplier<? extends Participant> participants) {
    writers.forEach(writer -> writer.join(participants.get()));
  }

  /// Whether other processes may use it at the same time: then what this one knows of it may have
  /// changed.
  public boolean shared() {
    return engine.shared();
  }

  /// Whether its buckets are on nodes of their own: then what concerns several of them is done for
  /// one after the other, where it can be.
  public boolean spread() {
    return engine.spread();
  }

  /// Figures for metrics, since the start.
  ///
  /// @param waiting units that wait right now
  public record Figures(long units, long commits, int waiting) {}

  public Figures figures() {
    return new Figures(
        writers.stream().mapToLong(Committer::units).sum(),
        writers.stream().mapToLong(Committer::commits).sum(),
        writers.stream().mapToInt(Committer::waiting).sum());
  }

  /// Copies what is committed now into an empty file, while others read and write.
  ///
  /// @return rows of each table in the copy
  SortedMap<String, Long> copyTo(Path copy) {
    return engine.copyTo(copy);
  }

  /// Where the data is, for people to read: without secrets.
  public String place() {
    return engine.place();
  }

  /// A clock that agrees with other processes': the database's where it is [#shared], else `own`.
  public InstantSource clock(InstantSource own) {
    return engine.shared() ? () -> own.instant().plus(engine.ahead()) : own;
  }

  /// Runs `work`, which may read and write, while nobody else runs what is to be done alone, in
  /// this process or another. For rare things.
  public <T> T alone(Supplier<T> work) {
    alone.lock();
    try {
      return engine.alone(work);
    } finally {
      alone.unlock();
    }
  }

  /// Keeps other processes from changing the schema until the transaction's end.
  void lockSchema(Tx tx) {
    engine.lockSchema(tx);
  }

  boolean inFile() {
    return engine.file().isPresent();
  }

  /// The database's own file.
  ///
  /// @throws IllegalStateException where it is none of ours
  public Path file() {
    return engine
        .file()
        .orElseThrow(() -> new IllegalStateException(engine.place() + " is not a file of ours"));
  }

  /// Commits what waits, then lets go of the database. Nobody may be reading any more.
  @Override
  public void close() {
    writers.forEach(Committer::close);
    readers.acquireUninterruptibly(engine.readers());
    idle.forEach(Line::close);
  }
}
