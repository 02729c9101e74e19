package campana.relay.store;

import campana.relay.outbox.EntryState;
import campana.relay.outbox.Lane;
import campana.store.Buckets;
import campana.store.Columns;
import campana.store.Database;
import campana.store.Lookup;
import campana.store.Participant;
import campana.store.Tx;
import campana.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The lanes' rows and the routes' counts, on the writer's thread: each is written once a
/// transaction, however many entries it was about. Everything but [#waiting] is for units of work
/// alone.
///
/// Where other processes write them, too, a row is locked when it is read, and known no longer than
/// its transaction lasts; the sums are read anew each second.
final class LaneBook implements Participant {
  private static final int KEPT = 20_000; // more than one transaction can touch

  private static final String ROW = LaneRow.SELECT + " where bucket = ? and lane = ?";
  private static final String ROW_LOCKED = ROW + " for update";
  private static final Lookup LOCK =
      new Lookup(
          LaneRow.SELECT
              + """
               join unnest(?::smallint[], ?::text[]) as w (b, id) on lane.bucket = w.b and lane.lane = w.id
               order by lane.bucket, lane.lane for update of lane\
              """,
          LaneRow.SELECT + " where lane = any(?::text[]) and bucket = ? order by lane for update",
          1);
  private static final String UNMAKE = "delete from lane where bucket = ? and lane = ?";
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String TOTALS =
      "select coalesce(sum(waiting), 0), coalesce(sum(1 - proven), 0) from lane";

  /// The same by lanes in which something waits, and those few without proof.
  static final String TOTALS_SHARED =
      """
      select (select coalesce(sum(waiting), 0) from lane where busy = 1),
             (select count(*) from lane where proven = 0)\
      """;

  /// The same in one scan of each node.
  private static final String TOTALS_SPREAD = TOTALS + " where busy = 1 or proven = 0";

  private static final String COUNT =
      """
      insert into route_tally (bucket, route, received, duplicate, filtered, muted, planned)
        values (?, ?, ?, ?, ?, ?, ?)
        on conflict (bucket, route) do update set received = route_tally.received + excluded.received,
          duplicate = route_tally.duplicate + excluded.duplicate,
          filtered = route_tally.filtered + excluded.filtered,
          muted = route_tally.muted + excluded.muted,
          planned = route_tally.planned + excluded.planned\
      """;

  /// What a trigger can become; the first one is counted with each other.
  enum Counted {
    RECEIVED,
    DUPLICATE,
    FILTERED,
    MUTED,
    PLANNED
  }

  private final Database database;
  private final Arrivals arrivals;
  private final boolean shared;
  private final InstantSource clock;
  private final Map<String, LaneRow> rows =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LaneRow> eldest) {
          return size() > KEPT;
        }
      };
  private final Set<LaneRow> touched = new LinkedHashSet<>();
  private final Set<LaneRow> made = new LinkedHashSet<>(); // in this transaction, where shared
  private final Map<String, Map<Counted, Long>> counts = new HashMap<>();
  private final AtomicLong waiting = new AtomicLong(); // as committed
  private long unproven; // lanes without a proven credential, as committed
  private long waitingHere;
  private long unprovenHere;
  private int home = Work.ANY; // what its transaction keeps to: a route's counts are summed anyway
  private Instant summedAt = Instant.EPOCH;

  private LaneBook(Database database, Arrivals arrivals, InstantSource clock) {
    this.database = database;
    this.arrivals = arrivals;
    this.shared = database.shared();
    this.clock = clock;
  }

  static LaneBook open(Database database, Arrivals arrivals, InstantSource clock) {
    var book = new LaneBook(database, arrivals, clock);
    database.read(book::sum);
    database.join(book);
    return book;
  }

  private boolean sum(Tx tx) {
    summedAt = clock.instant();
    return tx.first(
            tx.spread() ? TOTALS_SPREAD : shared ? TOTALS_SHARED : TOTALS,
            row -> {
              waiting.set(row.number(1));
              unproven = row.number(2);
              return true;
            })
        .orElseThrow();
  }

  /// Of all buckets, and so not in a transaction that keeps to one.
  private void sumApart(Tx tx) {
    if (tx.spread()) {
      database.read(this::sum);
    } else {
      sum(tx);
    }
  }

  @Override
  public void begun(Tx tx, List<Work<?>> units) {
    if (!shared) {
      return;
    }
    if (Duration.between(summedAt, clock.instant()).abs().compareTo(SECOND) >= 0) {
      sumApart(tx);
    }
    home = tx.spread() ? units.getFirst().bucket() : Work.ANY;
    var wanted = new ArrayList<String>();
    for (var unit : units) {
      if (unit instanceof OnLanes<?> on) {
        wanted.addAll(on.lanes().get());
      }
    }
    lock(tx, wanted);
  }

  /// Reads those that are there, where shared under lock and in one order everywhere, so that no
  /// two transactions wait for one another.
  void lock(Tx tx, Collection<String> laneIds) {
    var missing = laneIds.stream().distinct().filter(id -> !rows.containsKey(id)).toList();
    if (shared && !missing.isEmpty()) {
      LOCK.query(
          tx,
          row -> {
            var lane = LaneRow.of(row);
            rows.put(lane.lane.id(), lane);
            return true;
          },
          missing,
          Buckets::of,
          some -> Columns.texts(some, id -> id));
    }
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
      var sql = shared ? ROW_LOCKED : ROW;
      row = tx.first(sql, LaneRow::of, Buckets.of(laneId), laneId).orElse(null);
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
    if (row != null) {
      return row;
    }
    return shared ? make(tx, lane) : new LaneRow(lane);
  }

  /// Whoever comes at the same time waits for this transaction, and finds what it has made.
  private LaneRow make(Tx tx, Lane lane) {
    while (true) {
      var ours = tx.update(LaneRow.BEGIN, new LaneRow(lane).values()) > 0;
      var row = find(tx, lane.id());
      if (row != null) { // else it was made and unmade meanwhile
        if (ours) {
          made.add(row);
        }
        return row;
      }
    }
  }

  /// It has changed.
  void touch(LaneRow row) {
    row.otherwise = true;
    change(row);
  }

  private void change(LaneRow row) {
    var isNew = rows.putIfAbsent(row.lane.id(), row) == null;
    if (touched.add(row) && (isNew || made.contains(row))) {
      unprovenHere++;
    }
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
    if (shared) {
      writeAll(tx);
    } else {
      touched.forEach(row -> {
        if (row.otherwise) {
          row.settleAlarm();
          tx.update(LaneRow.UPSERT, row.values());
        } else if (row.took) {
          tx.update(LaneRow.TOOK, row.took());
        }
      });
    }
    counts.forEach((route, count) ->
        tx.update(
            COUNT,
            home == Work.ANY ? Buckets.of(route) : home,
            route,
            count.getOrDefault(Counted.RECEIVED, 0L),
            count.getOrDefault(Counted.DUPLICATE, 0L),
            count.getOrDefault(Counted.FILTERED, 0L),
            count.getOrDefault(Counted.MUTED, 0L),
            count.getOrDefault(Counted.PLANNED, 0L)));
  }

  private void writeAll(Tx tx) {
    for (var row : made) {
      if (!touched.contains(row)) { // it was only asked about
        tx.update(UNMAKE, row.bucket, row.lane.id());
      }
    }
    var whole = new ArrayList<@Nullable Object[]>();
    var took = new ArrayList<@Nullable Object[]>();
    for (var row : touched) {
      if (row.otherwise) {
        row.settleAlarm();
        whole.add(row.values());
      } else if (row.took) {
        took.add(row.took());
      }
    }
    tx.updateAll(LaneRow.UPSERT, whole);
    tx.updateAll(LaneRow.TOOK, took);
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
    if (shared) {
      rows.clear();
      made.clear();
    }
    touched.clear();
    counts.clear();
    waitingHere = 0;
    unprovenHere = 0;
  }
}
