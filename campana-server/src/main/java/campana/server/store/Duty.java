package campana.server.store;

import campana.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// Something that is done again and again for all who use the database, and by one process at a
/// time: where several do, by a lease. Whoever outlasts it has another one beside them, which for
/// what is done so is in vain, but no error.
public final class Duty implements AutoCloseable {
  private static final String HOLDER = "select holder from duty where name = ? and until > ?";
  private static final String TAKE =
      """
      insert into duty (name, holder, until) values (?, ?, ?)
      on conflict (name) do update set holder = excluded.holder, until = excluded.until
       where duty.holder = excluded.holder or duty.until <= ?
      """;
  private static final String LEAVE = "delete from duty where name = ? and holder = ?";

  private final Database database;
  private final String name;
  private final Duration lasts;
  private final String holder = UUID.randomUUID().toString();
  private volatile Instant until = Instant.MIN; // of ours

  /// @param lasts longer than it takes, and than from one time to the next
  public Duty(Database database, String name, Duration lasts) {
    this.database = database;
    this.name = name;
    this.lasts = lasts;
  }

  /// Whether this process is to do it now.
  public boolean ours(Instant now) {
    if (!database.shared()) {
      return true;
    }
    // who is not the holder writes nothing
    var other =
        database.read(tx -> tx.first(HOLDER, row -> row.text(1), name, now)).filter(h -> !is(h));
    var end = now.plus(lasts);
    if (other.isPresent() || database.write(tx -> tx.update(TAKE, name, holder, end, now)) == 0) {
      return false;
    }
    until = end;
    return true;
  }

  private boolean is(String other) {
    return holder.equals(other);
  }

  /// Leaves it to others at once.
  @Override
  public void close() {
    if (until.isAfter(Instant.MIN)) {
      database.write(tx -> tx.update(LEAVE, name, holder));
    }
  }
}
