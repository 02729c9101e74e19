package campana.relay.store;

import campana.relay.outbox.EntryState;
import campana.relay.outbox.Lane;
import campana.store.Buckets;
import campana.store.Database;
import campana.store.Participant;
import campana.store.Tx;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The lanes' rows and the routes' counts, on the writer's thread: each is written once a
/// transaction, however many entries it was about. Everything but [#waiting] is for units of work
/// alone.
final class LaneBook implements Participant {
  private static final int KEPT = 20_000; // more than one transaction can touch

  private static final String ROW = LaneRow.SELECT + " where bucket = ? and lane = ?";
  private static final String TOTALS =
      "select coalesce(sum(waiting), 0), coalesce(sum(1 - proven), 0) from lane";
  private static final String COUNT =
      """
      insert into route_tally (bucket, route, received, duplicate, filtered, muted, planned)
        values (?, ?, ?, ?, ?, ?, ?)
        on conflict (bucket, route) do update set received = received + excluded.received,
          duplicate = duplicate + excluded.duplicate, filtered = filtered + excluded.filtered,
          muted = muted + excluded.muted, planned = planned + excluded.planned\
      """;

  /// What a trigger can become; the first one is counted with each other.
  enum Counted {
    RECEIVED,
    DUPLICATE,
    FILTERED,
    MUTED,
    PLANNED
  }

  private final Arrivals arrivals;
  private final Map<String, LaneRow> rows =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LaneRow> eldest) {
          return size() > KEPT;
        }
      };
  private final Set<LaneRow> touched = new LinkedHashSet<>();
  private final Map<String, Map<Counted, Long>> counts = new HashMap<>();
  private final AtomicLong waiting = new AtomicLong(); // as committed
  private long unproven; // lanes without a proven credential, as committed
  private long waitingHere;
  private long unprovenHere;

  private LaneBook(Arrivals arrivals) {
    this.arrivals = arrivals;
  }

  static LaneBook open(Database database, Arrivals arrivals) {
    var book = new LaneBook(arrivals);
    database.read(tx ->
        tx.first(
            TOTALS,
            row -> {
              book.waiting.set(row.number(1));
              book.unproven = row.number(2);
              return row;
            }));
    database.join(book);
    return book;
  }

  /// Entries that wait in all lanes.
  long waiting() {
    return waiting.get();
  }

  long waitingHere() {
    return waiting.get() + waitingHere;
  }

  long unprovenLanes() {
    return unproven + unprovenHere;
  }

  @Nullable LaneRow find(Tx tx, String laneId) {
    var row = rows.get(laneId);
    if (row == null) {
      arrivals.move(tx); // else it would not count them
      row = tx.first(ROW, LaneRow::of, Buckets.of(laneId), laneId).orElse(null);
      if (row != null) {
        rows.put(laneId, row);
      }
    }
    return row;
  }

  LaneRow row(Tx tx, String laneId) {
    var row = find(tx, laneId);
    if (row == null) {
      throw new IllegalStateException("no lane " + laneId);
    }
    return row;
  }

  /// The lane's row, a new one where there is none; it is written if it is touched.
  LaneRow rowOrNew(Tx tx, Lane lane) {
    var row = find(tx, lane.id());
    return row == null ? new LaneRow(lane) : row;
  }

  /// It has changed.
  void touch(LaneRow row) {
    row.otherwise = true;
    change(row);
  }

  private void change(LaneRow row) {
    if (rows.putIfAbsent(row.lane.id(), row) == null) {
      unprovenHere++;
    }
    touched.add(row);
  }

  /// Credentials of any lane have changed.
  void forgetCredentials() {
    rows.values().forEach(row -> row.credentials.clear());
  }

  /// The far side took something here, or it is long ago that anybody asked.
  void prove(LaneRow row) {
    if (!row.proven) {
      touch(row);
      row.proven = true;
      unprovenHere--;
    }
  }

  /// One more waits.
  void accept(LaneRow row) {
    acceptArrival(row);
    row.took = true;
  }

  /// One more waits among the [Arrivals], and is counted on disk with them.
  void acceptArrival(LaneRow row) {
    change(row);
    row.accepted++;
    row.waiting++;
    waitingHere++;
  }

  /// One waits no longer.
  void leave(LaneRow row, EntryState state, boolean late) {
    touch(row);
    row.waiting--;
    waitingHere--;
    row.late -= late ? 1 : 0;
    add(row, state, 1);
  }

  /// One waits again.
  void comeBack(LaneRow row, EntryState from) {
    touch(row);
    row.waiting++;
    waitingHere++;
    add(row, from, -1);
  }

  /// One is something else now, and did not wait before.
  void turn(LaneRow row, EntryState from, EntryState to) {
    touch(row);
    add(row, from, -1);
    add(row, to, 1);
  }

  private static void add(LaneRow row, EntryState state, long more) {
    switch (state) {
      case DELIVERED -> row.delivered += more;
      case FOLDED -> row.folded += more;
      case EXPIRED -> row.expired += more;
      case DEAD -> row.dead += more;
      case DISCARDED -> row.discarded += more;
      case WAITING -> throw new IllegalArgumentException("waiting is counted by itself");
    }
  }

  /// Counts a trigger as received and as what it became.
  void count(String route, Counted became) {
    var count = counts.computeIfAbsent(route, _ -> new EnumMap<>(Counted.class));
    count.merge(Counted.RECEIVED, 1L, Long::sum);
    count.merge(became, 1L, Long::sum);
  }

  @Override
  public void beforeCommit(Tx tx) {
    touched.forEach(row -> {
      if (row.otherwise) {
        row.settleAlarm();
        tx.update(LaneRow.UPSERT, row.values());
      } else if (row.took) {
        tx.update(LaneRow.TOOK, row.took());
      }
    });
    counts.forEach((route, count) ->
        tx.update(
            COUNT,
            Buckets.of(route),
            route,
            count.getOrDefault(Counted.RECEIVED, 0L),
            count.getOrDefault(Counted.DUPLICATE, 0L),
            count.getOrDefault(Counted.FILTERED, 0L),
            count.getOrDefault(Counted.MUTED, 0L),
            count.getOrDefault(Counted.PLANNED, 0L)));
  }

  @Override
  public void committed() {
    touched.forEach(row -> {
      row.took = false;
      row.otherwise = false;
    });
    waiting.addAndGet(waitingHere);
    unproven += unprovenHere;
    clear();
  }

  @Override
  public void rolledBack() {
    touched.forEach(row -> rows.remove(row.lane.id())); // as they are on disk they are read again
    clear();
  }

  private void clear() {
    touched.clear();
    counts.clear();
    waitingHere = 0;
    unprovenHere = 0;
  }
}
