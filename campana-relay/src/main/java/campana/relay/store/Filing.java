package campana.relay.store;

import campana.relay.outbox.EntryState;
import campana.relay.store.Entries.New;
import campana.store.Buckets;
import campana.store.Database;
import campana.store.Participant;
import campana.store.Row;
import campana.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Writes dedup ids and episodes some seconds after the entries that have them: by their keys they
/// lie anywhere in their tables, and one at a time each would change a page of its own. A round
/// begins when there is much to write or the last one is some time ago, and goes on in parts with
/// transactions that take something; after a crash the entries tell what was not written. Belongs
/// to the writer's thread.
///
/// Where other processes write into the same lanes, all is written with the entries, as they have
/// to know it.
final class Filing implements Participant {
  /// The more at a time, the more of them share a page, and the more a start may have to read.
  private static final int MANY = 60_000;

  private static final Duration LONG = Duration.ofSeconds(10);

  /// Rows at a time: some milliseconds. Rows that are inserted between others make SQLite look
  /// through its whole cache at the commit, so it is better done now and then than each time.
  private static final int PART = 1_000;

  private static final int SHARE = 3; // rows for each entry, which has two: a round ends at last
  private static final int LEAST = 50; // rows for each transaction

  private static final String UNFILED =
      """
      select e.bucket, e.lane, e.seq, e.state, e.strand, e.route, e.title, e.thread_key, e.opener,
          e.accepted_at, e.dedup_scope, e.dedup_id, e.dedup_until, e.subject, e.episode, e.worst,
          e.standing, e.opened_at, e.closed_at
        from lane l join entry e on e.bucket = l.bucket and e.lane = l.lane and e.seq > l.filed_seq
       where l.last_seq > l.filed_seq and (e.dedup_until is not null or e.subject is not null)
       order by e.bucket, e.lane, e.seq\
      """;
  private static final String BEHIND = "select lane from lane where last_seq > filed_seq";
  private static final String ALL_FILED = "update lane set filed_seq = last_seq";
  private static final String FILED = "update lane set filed_seq = ? where bucket = ? and lane = ?";

  private final Database database;
  private final Dedups dedups;
  private final Episodes episodes = new Episodes();
  private final LaneBook book;
  private final boolean shared;
  private final InstantSource clock;
  private final Set<String> lanes = new HashSet<>(); // in which something may be unwritten
  private Instant since = Instant.MIN; // the last round's beginning
  private int taken; // for the next round
  private int takes; // entries of this transaction
  private int due; // rows of the round that are to be written by now
  private List<Mark> round = List.of(); // up to where its end says that all is written
  private boolean begun; // in this transaction
  private boolean ended; // in this transaction

  private record Mark(String lane, long seq) {}

  private Filing(
      Database database, Arrivals arrivals, LaneBook book, boolean shared, InstantSource clock) {
    this.database = database;
    this.dedups = new Dedups(arrivals::move);
    this.book = book;
    this.shared = shared;
    this.clock = clock;
  }

  static Filing open(Database database, Arrivals arrivals, LaneBook book, InstantSource clock) {
    var filing = new Filing(database, arrivals, book, database.shared(), clock);
    if (!database.shared()) {
      database.read(tx -> {
        filing.lanes.addAll(tx.query(BEHIND, row -> row.text(1)));
        return tx.query(UNFILED, filing::recover);
      });
    }
    database.join(filing);
    return filing;
  }

  /// Writes what entries say is not written, where nobody has it in mind.
  static void writeAll(Tx tx) {
    var dedups = new Dedups(_ -> {});
    var episodes = new Episodes();
    tx.query(UNFILED, row -> recover(row, dedups, episodes));
    dedups.writeAll(tx);
    episodes.writeAll(tx);
    tx.update(ALL_FILED);
  }

  private boolean recover(Row row) {
    return recover(row, dedups, episodes);
  }

  private static boolean recover(Row row, Dedups dedups, Episodes episodes) {
    var state = EntryState.of(row.number("state"));
    if (row.numberOrNull("dedup_until") != null && Dedups.counts(state)) {
      dedups.recover(row);
    }
    if (row.numberOrNull("episode") != null) {
      episodes.recover(row);
    }
    return true;
  }

  Dedups dedups() {
    return dedups;
  }

  Episodes episodes() {
    return episodes;
  }

  /// Learns which keys the tables have, so that most that are new are not looked for in them. Of
  /// use after a start, and now and then; not for the writer's thread.
  void learn() {
    if (shared) {
      return; // others write, too
    }
    learn(dedups.rows(), Dedups.KEYS);
    learn(episodes.rows(), Episodes.KEYS);
  }

  private void learn(Later<?> rows, String keys) {
    if (database.write(_ -> rows.forget())) {
      var read = new Traces();
      database.read(tx -> tx.query(keys, row -> read.add(row.bytes(1))));
      database.write(_ -> rows.know(read));
    }
  }

  /// An entry was added, with all that it is to be known by.
  void added(New entry) {
    dedups.remember(entry);
    if (shared) {
      return;
    }
    lanes.add(entry.lane().lane.id());
    taken++;
    takes++;
  }

  @Override
  public void beforeCommit(Tx tx) {
    if (shared) {
      begun = true;
      dedups.writeAll(tx);
      episodes.writeAll(tx);
      return;
    }
    if (takes == 0) {
      return;
    }
    var ago = Duration.between(since, clock.instant()).abs(); // clocks are set back, too
    if (round.isEmpty() && (taken >= MANY || ago.compareTo(LONG) >= 0)) {
      begin(tx);
    }
    if (round.isEmpty()) {
      return;
    }
    due += Math.max(LEAST, SHARE * takes);
    var left = dedups.left() + episodes.left();
    if (due < Math.min(PART, left)) {
      return;
    }
    var most = due;
    due = 0;
    if (write(tx, most) > 0 || most == left) {
      round.forEach(mark -> tx.update(FILED, mark.seq, Buckets.of(mark.lane), mark.lane));
      ended = true;
    }
  }

  private int write(Tx tx, int most) {
    return episodes.write(tx, dedups.write(tx, most));
  }

  private void begin(Tx tx) {
    begun = true;
    round =
        lanes.stream()
            .map(lane -> book.find(tx, lane))
            .filter(Objects::nonNull)
            .map(lane -> new Mark(lane.lane.id(), lane.lastSeq))
            .toList();
    dedups.begin();
    episodes.begin();
  }

  @Override
  public void committed() {
    dedups.committed();
    episodes.committed();
    if (begun) {
      lanes.clear();
      taken = 0;
      since = clock.instant();
    }
    if (ended) {
      round = List.of();
    }
    rest();
  }

  @Override
  public void rolledBack() {
    dedups.rolledBack(begun);
    episodes.rolledBack(begun);
    if (begun) {
      round = List.of();
    }
    rest();
  }

  private void rest() {
    takes = 0;
    begun = false;
    ended = false;
  }
}
