package campana.store;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A writer's line. It lives on when its connection does not: the next transaction is on another
/// one. Each transaction begins with a mark of its own, a number in a row that is this writer's; so
/// when a commit is not answered, the row tells on another connection whether it happened.
final class PostgresWriter implements Line {
  private static final String MARK =
      """
      insert into commit_mark (bucket, writer, batch) values (?, ?, ?)
      on conflict (bucket, writer) do update set batch = excluded.batch
      returning (extract(epoch from clock_timestamp()) * 1000000)::bigint\
      """;

  /// Citus takes no function in what an insert returns that differs from call to call.
  private static final String MARK_APART =
      """
      insert into commit_mark (bucket, writer, batch) values (?, ?, ?)
      on conflict (bucket, writer) do update set batch = excluded.batch\
      """;

  private static final String CLOCK =
      "select (extract(epoch from clock_timestamp()) * 1000000)::bigint";
  private static final long CLOCK_HOLDS = 1_000_000_000; // nanoseconds

  /// Waits for whoever still holds the row, or makes it for the first time, so that what it tells
  /// does not change any more.
  private static final String MARKED =
      """
      insert into commit_mark (bucket, writer, batch) values (?, ?, 0)
      on conflict (bucket, writer) do update set batch = commit_mark.batch returning batch\
      """;

  private static final String UNMARK = "delete from commit_mark where writer = ?";

  private static final String NOT_LONG = "set local lock_timeout = '500ms'";
  private static final String EVERYWHERE = "set local citus.propagate_set_commands = 'local'";

  /// A process at the other end of a broken connection may wait for ever, holding locks. The name
  /// tells it from a later one with the same number.
  private static final String END =
      """
      select pg_terminate_backend(pid) from pg_stat_activity
       where pid = ? and application_name = ?\
      """;

  /// The same, but one that is committing is let: it waits for a standby, and is to be believed
  /// only after that.
  private static final String END_IDLE = END + " and state <> 'active'";

  private final Postgres postgres;
  private final int own;
  private final String name;
  private final Postgres.Patience patience;
  private final Consumer<String> tell;
  private @Nullable PostgresLine line;
  private int process; // of the last connection
  private long batch;
  private int bucket; // of the last transaction's mark
  private boolean away; // as found out last
  private boolean asked; // for the time, where that is a statement of its own
  private long askedAt;

  /// @param own a bucket that is this writer's
  /// @param tell hears when the database goes away, and when it is back
  PostgresWriter(
      Postgres postgres, int own, String name, Postgres.Patience patience, Consumer<String> tell) {
    this.postgres = postgres;
    this.own = own;
    this.bucket = own;
    this.name = name;
    this.patience = patience;
    this.tell = tell;
  }

  /// Waits for a while for a database that is away, but not again and again.
  @Override
  public void begin() {
    begin(Work.ANY);
  }

  @Override
  public void begin(int ofAll) {
    bucket = ofAll == Work.ANY ? own : ofAll;
    batch++;
    var tries = away ? 1 : patience.tries();
    var began = System.nanoTime();
    for (var tried = 1; ; tried++) {
      try {
        var known = line != null;
        mark(connected(END).tx());
        if (!known) {
          tx().open(); // a connection that is no good is found out while there is time
          postgres.found(true, tell);
        }
        away = false;
        return;
      } catch (StoreFailure e) {
        drop();
        if (e.fault() != Fault.AWAY && !e.fault().passing()) {
          throw e;
        }
        if (tried >= tries || millisSince(began) >= patience.mostMillis()) {
          away = true;
          postgres.found(false, tell);
          throw e.as(Fault.AWAY);
        }
        if (e.fault() == Fault.AWAY) {
          pause();
        }
      }
    }
  }

  private static long millisSince(long began) {
    return (System.nanoTime() - began) / 1_000_000;
  }

  private void mark(Tx tx) {
    var question = postgres.difference().ask();
    if (!tx.spread()) {
      tx.openWith(MARK, row -> answered(question, row), bucket, name, batch);
      return;
    }
    if (!asked || System.nanoTime() - askedAt > CLOCK_HOLDS) {
      tx.first(CLOCK, row -> answered(question, row));
      asked = true;
      askedAt = System.nanoTime();
    }
    tx.update(MARK_APART, bucket, name, batch);
  }

  private static boolean answered(ClockDifference.Asked question, Row row) {
    question.answered(row.number(1));
    return true;
  }

  /// @param end what to do about the process that the last connection led to
  private PostgresLine connected(String end) {
    var current = line;
    if (current == null) {
      current = new PostgresLine(postgres.connectWriter(name), postgres.spread());
      line = current;
      current.durable();
      if (process != 0) {
        current.tx().query(end, _ -> true, process, "campana " + name);
        current.commit();
      }
      process = current.process();
    }
    return current;
  }

  private void pause() {
    LockSupport.parkNanos(this, patience.pauseMillis() * 1_000_000);
  }

  @Override
  public Tx tx() {
    if (line == null) {
      throw new IllegalStateException("no transaction has begun");
    }
    return line.tx();
  }

  @Override
  public void commit() {
    if (line == null) {
      throw new IllegalStateException("no transaction has begun");
    }
    try {
      line.commit();
    } catch (StoreFailure e) {
      if (e.fault() != Fault.LOST) {
        throw e;
      }
      var effects = line.tx().takeEffects();
      drop();
      if (!happened(e)) {
        throw e.as(Fault.AGAIN);
      }
      effects.forEach(tx()::afterCommit);
    }
  }

  /// Asks what became of the commit until somebody can tell.
  private boolean happened(StoreFailure why) {
    for (var tried = 1; tried <= patience.triesToLearn(); tried++) {
      try {
        var tx = connected(END_IDLE).tx();
        if (tx.spread()) {
          tx.execute(EVERYWHERE);
        }
        tx.execute(NOT_LONG);
        var marked = tx.first(MARKED, row -> row.number(1), bucket, name).orElse(0L);
        connected(END_IDLE).commit();
        return marked == batch;
      } catch (StoreFailure e) {
        drop();
        pause();
      }
    }
    throw why.as(Fault.UNKNOWN);
  }

  @Override
  public void rollback() {
    if (line != null) {
      line.rollback();
      if (!line.usable()) {
        drop();
      }
    }
  }

  private void drop() {
    if (line != null) {
      line.close();
      line = null;
    }
  }

  @Override
  public boolean usable() {
    return true;
  }

  @Override
  public void close() {
    try {
      if (line != null) {
        line.tx().update(UNMARK, name);
        line.commit();
      }
    } catch (StoreFailure e) {
      // a row is left over that nobody asks for
    }
    drop();
  }
}
