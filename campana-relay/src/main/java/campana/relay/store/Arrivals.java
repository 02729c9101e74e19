package campana.relay.store;

import campana.relay.outbox.Draft;
import campana.relay.outbox.Lane;
import campana.relay.outbox.Threading.Apart;
import campana.relay.outbox.Threading.InLine;
import campana.relay.outbox.Threading.Incident;
import campana.relay.outbox.Threading.Keyed;
import campana.relay.outbox.Threading.WireKey;
import campana.relay.outbox.Threading.WireName;
import campana.relay.outbox.Threading.WireReply;
import campana.relay.outbox.Trust;
import campana.relay.store.Entries.New;
import campana.store.Buckets;
import campana.store.Database;
import campana.store.OutcomeUnknown;
import campana.store.Participant;
import campana.store.StoreBusy;
import campana.store.Tx;
import campana.store.Work;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What triggers brought into lanes with a backlog, in the order in which it came. As entries they
/// would each change a page of their lane in each index, and be written at once; here they are
/// appended, and moved many at a time. That is done before anybody else reads or changes entries,
/// so nobody sees them anywhere but in their places: all but the outbox's entrance come through
/// [#read] and [#write].
///
/// Where other processes write into the same lanes, nothing is appended: they would not know it.
final class Arrivals implements Participant {
  /// The more at a time, the more of them share a page, and the longer one transaction waits.
  private static final int MANY = 1_000;

  private static final String ADD =
      """
      insert into arrival (bucket, lane, seq, ready, priority, strand, credential, destination,
          route, title, query, request_id, missing, body, accepted_at, expires_at, look_at, tally)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;
  private static final String ADD_KNOWN =
      """
      insert into arrival (bucket, lane, seq, ready, priority, strand, credential, destination,
          route, title, query, request_id, missing, body, accepted_at, expires_at, look_at, tally,
          thread_key, dedup_scope, dedup_id, dedup_until, subject, episode, worst, standing,
          opened_at, closed_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;
  private static final String MOVE =
      """
      insert into entry (bucket, lane, seq, state, ready, priority, strand, credential, destination,
          route, title, query, request_id, missing, thread_key, opener, body, size, accepted_at,
          expires_at, look_at, late, attempts, failures, strikes, unanswered, reason,
          message_name, thread_name, dedup_scope, dedup_id, dedup_until, subject, episode, worst,
          standing, opened_at, closed_at)
        select bucket, lane, seq, 0, ready, priority, strand, credential, destination, route, title,
            query, request_id, missing, thread_key, seq, body, length(body), accepted_at,
            expires_at, look_at, 0, 0, 0, 0, 0, '', '', '', dedup_scope, dedup_id, dedup_until,
            subject, episode, worst, standing, opened_at, closed_at
          from arrival order by rowid\
      """;

  /// A lane's row that was written meanwhile counts some of them already; numbers have no gaps.
  private static final String COUNT =
      """
      update lane set last_seq = a.seq, accepted = accepted + a.seq - last_seq,
          waiting = waiting + a.seq - last_seq
        from (select bucket, lane, max(seq) as seq from arrival group by bucket, lane) a
       where lane.bucket = a.bucket and lane.lane = a.lane and lane.last_seq < a.seq\
      """;

  private static final String TALLY =
      """
      insert into route_tally (bucket, route, received, duplicate, filtered, muted, planned)
        select tally, route, count(*), 0, 0, 0, count(*) from arrival where tally is not null
          group by tally, route
        on conflict (bucket, route) do update set received = received + excluded.received,
          planned = planned + excluded.planned\
      """;
  private static final int COMMON = 18; // arguments of ADD
  private static final String CLEAR = "delete from arrival";
  private static final String LEFT = "select count(*) from arrival";

  private final Database database;
  private volatile int committed;
  private int here; // with what the open transaction did
  private final List<@Nullable Object[]> plain = new ArrayList<>(); // of it, for ADD
  private final List<@Nullable Object[]> known = new ArrayList<>(); // of it, for ADD_KNOWN
  private final Map<String, Long> first = new ConcurrentHashMap<>(); // rank, by lane
  private final Map<String, Long> since = new HashMap<>(); // the same since a move
  private boolean moved; // in the open transaction

  private Arrivals(Database database, int committed) {
    this.database = database;
    this.committed = committed;
    this.here = committed;
  }

  static Arrivals open(Database database) {
    if (database.shared()) {
      return new Arrivals(database, 0);
    }
    long left = database.read(tx -> tx.first(LEFT, row -> row.number(1)).orElse(0L));
    var arrivals = new Arrivals(database, (int) left);
    database.join(arrivals);
    if (left > 0) {
      database.write(arrivals::move);
    }
    return arrivals;
  }

  /// Whether a draft that is sure to be sent may be appended. In an empty lane it goes out at once.
  boolean take(String route, New entry) {
    return !database.shared()
        && entry.lane().waiting > 0
        && entry.trust() == Trust.PROVEN
        && isRoutes(entry.draft())
        && entry.draft().route().equals(route);
  }

  /// Whether it is a route's, and so neither asks for entries nor comes from elsewhere.
  static boolean isRoutes(Draft draft) {
    return switch (draft.threading()) {
      case Apart _, Keyed _, Incident _ ->
          !draft.route().isEmpty() && draft.trail().relays().isEmpty();
      case InLine _, WireKey _, WireName _, WireReply _ -> false;
    };
  }

  /// @param counts whether its trigger is to be counted with it
  void add(Tx tx, New entry, boolean counts) {
    here++;
    var rank = rank(Codes.PRIORITY.of(entry.draft().priority()), entry.seq());
    first.merge(entry.lane().lane.id(), rank, Math::min);
    if (moved) {
      since.merge(entry.lane().lane.id(), rank, Math::min);
    }
    var tally = counts ? Buckets.of(entry.draft().route()) : null;
    if (entry.wanted().dedup() == null && entry.place().threadKey() == null) {
      plain.add(common(tx, entry, tally));
      return;
    }
    var place = entry.place();
    var heard = place.heard();
    var episode = heard == null ? null : heard.episode();
    var args = Arrays.copyOf(common(tx, entry, tally), COMMON + 10);
    args[COMMON] = place.threadKey();
    args[COMMON + 1] = entry.dedupScope();
    args[COMMON + 2] = entry.wanted().dedupId();
    args[COMMON + 3] = entry.dedupUntil();
    args[COMMON + 4] = heard == null ? null : heard.subject().hash();
    args[COMMON + 5] = episode == null ? null : episode.number();
    args[COMMON + 6] = episode == null ? null : Codes.SEVERITY.of(episode.worst());
    args[COMMON + 7] = episode == null ? null : episode.standing();
    args[COMMON + 8] = episode == null ? null : episode.openedAt();
    args[COMMON + 9] = episode == null ? null : episode.closedAt();
    known.add(args);
  }

  private void write(Tx tx) {
    tx.updateAll(ADD, plain);
    tx.updateAll(ADD_KNOWN, known);
    clear();
  }

  private void clear() {
    plain.clear();
    known.clear();
  }

  private static @Nullable Object[] common(Tx tx, New entry, @Nullable Integer tally) {
    var lane = entry.lane();
    var draft = entry.draft();
    var place = entry.place();
    return new @Nullable Object[] {
      lane.bucket,
      lane.lane.id(),
      entry.seq(),
      Entries.ready(tx, lane, entry.trust(), place.strand()),
      Codes.PRIORITY.of(draft.priority()),
      place.strand(),
      draft.credential().id(),
      draft.credential().destination(),
      draft.route(),
      draft.title(),
      draft.query(),
      entry.wanted().requestId(),
      Codes.MISSING.of(Entries.missing(draft.threading())),
      draft.body().in(place.voice()),
      entry.times().accepted(),
      entry.times().expires(),
      entry.times().look(),
      tally
    };
  }

  /// Puts all into their places.
  boolean move(Tx tx) {
    if (here > 0) {
      write(tx);
      placeAll(tx);
      here = 0;
      moved = true;
      since.clear();
    }
    return true;
  }

  /// The same for those in the table, where nobody else has any in mind.
  static void placeAll(Tx tx) {
    tx.update(COUNT);
    tx.update(TALLY);
    tx.update(MOVE);
    tx.update(CLEAR);
  }

  /// As [Database#write], with all entries in their places.
  <T> T write(Work<T> work) {
    return database.shared()
        ? database.write(work)
        : database.write(tx -> {
          move(tx);
          return work.run(tx);
        });
  }

  /// As [Database#write], for what needs no entries in their places, or says so by [#move].
  <T> T append(Work<T> work) {
    return database.write(work);
  }

  /// As [Database#read], with all entries in their places; where the disk takes nothing, the newest
  /// are missing.
  <T> T read(Work<T> work) {
    moved();
    return database.read(work);
  }

  /// As [Database#read], for whoever knows by [#first] what may be missing.
  <T> T readAsIs(Work<T> work) {
    return database.read(work);
  }

  /// @return false: the disk takes nothing right now, and the newest are still here
  boolean moved() {
    if (committed > 0) {
      try {
        return database.write(this::move);
      } catch (StoreBusy | OutcomeUnknown e) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void beforeCommit(Tx tx) {
    write(tx);
    if (here >= MANY) {
      move(tx);
    }
  }

  /// The rank of what would go first of a lane's that is here, or about to be; null: nothing is.
  /// For any thread.
  @Nullable Long first(Lane lane) {
    return first.get(lane.id());
  }

  /// What is more urgent has a lower one, and of what is as urgent the older.
  ///
  /// @param priority as it is stored
  static long rank(long priority, long seq) {
    return (priority << Integer.SIZE) + seq;
  }

  @Override
  public void committed() {
    committed = here;
    if (moved) {
      first.keySet().retainAll(since.keySet());
      first.putAll(since);
      moved = false;
    }
  }

  @Override
  public void rolledBack() {
    here = committed;
    moved = false;
    clear();
  }
}
