package campana.relay.store;

import campana.relay.outbox.Answer;
import campana.relay.outbox.Attempt;
import campana.relay.outbox.Busy;
import campana.relay.outbox.Entry;
import campana.relay.outbox.EntryId;
import campana.relay.outbox.EntryState;
import campana.relay.outbox.Lane;
import campana.relay.outbox.LaneStatus;
import campana.relay.outbox.OpenEpisode;
import campana.relay.outbox.Overview;
import campana.relay.outbox.Records;
import campana.relay.outbox.Sums;
import campana.store.Buckets;
import campana.store.OutcomeUnknown;
import campana.store.Row;
import campana.store.StoreBusy;
import campana.store.Tx;
import campana.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What people see of the outbox.
final class SqlRecords implements Records {
  /// Far sides remember a requestId at least this long, as ours does.
  private static final Duration REMEMBERED = Duration.ofDays(7);

  private static final String TRIGGERS =
      """
      select coalesce(sum(received), 0), coalesce(sum(duplicate), 0), coalesce(sum(filtered), 0),
          coalesce(sum(muted), 0), coalesce(sum(planned), 0) from route_tally\
      """;
  private static final String ENTRIES =
      """
      select coalesce(sum(accepted), 0), coalesce(sum(delivered), 0), coalesce(sum(folded), 0),
          coalesce(sum(expired), 0), coalesce(sum(dead), 0), coalesce(sum(discarded), 0),
          coalesce(sum(waiting), 0) from lane\
      """;
  private static final String OVERVIEW =
      """
      select count(*), count(case when waiting > 0 then 1 end), coalesce(sum(paused), 0),
          count(case when late > 0 then 1 end), count(untold_since),
          coalesce(sum(case when untold_since is null then 0 else waiting end), 0),
          min(untold_since) as since from lane\
      """;

  /// By the heads of each lane's lines: however much waits, a few look-ups a lane.
  private static final String OLDEST =
      """
      select min((select e.accepted_at from entry e
                   where e.bucket = l.bucket and e.lane = l.lane and e.ready = r.column1
                     and e.priority = p.column1 and e.state = 0
                   order by e.seq limit 1)) as at
        from lane l, (values (0), (1), (2)) r, (values (0), (1), (2)) p
       where l.waiting > 0\
      """;

  /// Where an index has them by time.
  private static final String OLDEST_BY_TIME =
      "select min(accepted_at) as at from entry where state = 0";

  private static final String KEYS =
      """
      select credential, destination, trust, since, reason, probe_at from credential
       where bucket = ? and lane = ? order by credential\
      """;
  private static final String COLUMNS =
      """
      select e.lane, e.seq, l.name, e.state, e.priority, e.destination, e.route, e.title,
          e.request_id, e.accepted_at, e.expires_at, e.done_at, e.attempts, e.reason,
          e.message_name, e.thread_name
        from entry e join lane l on l.bucket = e.bucket and l.lane = e.lane\
      """;
  private static final String NEWEST =
      COLUMNS
          + """
           where e.state = ? and e.state > 0 and e.done_at <= ?
             and (e.done_at < ? or (e.lane, e.seq) < (?, ?))
           order by e.state, e.done_at desc, e.lane desc, e.seq desc limit ?\
          """;
  private static final String WAITING =
      COLUMNS
          + """
           where e.state = 0 and e.rowid < ? order by e.rowid desc limit ?\
          """;

  /// Where rows have no place of their own, those that came last are first.
  private static final String WAITING_BY_TIME =
      COLUMNS
          + """
           where e.state = 0 and (e.accepted_at, e.lane, e.seq) < (?, ?, ?)
           order by e.accepted_at desc, e.lane desc, e.seq desc limit ?\
          """;

  private static final String TIMES =
      "select accepted_at, done_at from entry where bucket = ? and lane = ? and seq = ?";
  private static final String ROWID =
      "select rowid, done_at from entry where bucket = ? and lane = ? and seq = ?";
  private static final String ONE = COLUMNS + " where e.bucket = ? and e.lane = ? and e.seq = ?";
  private static final String BODY =
      "select body from entry where bucket = ? and lane = ? and seq = ?";
  private static final String ATTEMPTS =
      """
      select status, reason, answer, started_at, ended_at from attempt
       where bucket = ? and lane = ? and seq = ? order by number\
      """;

  private static final String INCIDENTS =
      """
      select p.bucket, p.lane, p.route, p.subject, l.name, p.worst, p.title, p.opened_at, p.heard_at
        from episode p join lane l on l.bucket = p.bucket and l.lane = p.lane
       where p.closed_at is null order by p.opened_at desc limit ?\
      """;
  private static final String NAME = "select name from lane where bucket = ? and lane = ?";

  private final boolean shared;
  private final Arrivals arrivals;
  private final LaneBook book;
  private final Episodes episodes;
  private final Replaying replaying;
  private final InstantSource clock;

  SqlRecords(
      boolean shared,
      Arrivals arrivals,
      LaneBook book,
      Episodes episodes,
      Replaying replaying,
      InstantSource clock) {
    this.shared = shared;
    this.arrivals = arrivals;
    this.book = book;
    this.episodes = episodes;
    this.replaying = replaying;
    this.clock = clock;
  }

  @Override
  public Sums sums() {
    return arrivals.read(tx ->
        new Sums(
            tx.first(TRIGGERS, SqlRecords::triggers).orElseThrow(),
            tx.first(ENTRIES, SqlRecords::entries).orElseThrow()));
  }

  private static Sums.Triggers triggers(Row row) {
    return new Sums.Triggers(
        row.number(1), row.number(2), row.number(3), row.number(4), row.number(5));
  }

  private static Sums.Entries entries(Row row) {
    return new Sums.Entries(
        row.number(1),
        row.number(2),
        row.number(3),
        row.number(4),
        row.number(5),
        row.number(6),
        row.number(7));
  }

  @Override
  public Overview overview() {
    return arrivals.read(tx -> {
      var oldest =
          tx.first(
                  shared ? OLDEST_BY_TIME : OLDEST,
                  row -> Optional.ofNullable(row.instantOrNull("at")))
              .flatMap(at -> at)
              .orElse(null);
      return tx.first(OVERVIEW, row -> overview(row, oldest)).orElseThrow();
    });
  }

  private static Overview overview(Row row, @Nullable Instant oldest) {
    return new Overview(
        row.number(1),
        row.number(2),
        row.number(3),
        row.number(4),
        row.number(5),
        row.number(6),
        instant(row.numberOrNull("since")),
        oldest);
  }

  @Override
  public List<LaneStatus> lanes() {
    return arrivals.read(tx ->
        tx.query(LaneRow.SELECT + " order by name", LaneRow::of).stream()
            .map(lane -> status(tx, lane))
            .toList());
  }

  private static LaneStatus status(Tx tx, LaneRow lane) {
    return new LaneStatus(
        lane.lane,
        lane.paused,
        lane.entries(),
        lane.late,
        instant(lane.untoldSince),
        lane.answeredAt == 0 ? null : instant(lane.answeredAt),
        tx.query(KEYS, SqlRecords::key, lane.bucket, lane.lane.id()));
  }

  private static @Nullable Instant instant(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  private static LaneStatus.Key key(Row row) {
    return new LaneStatus.Key(
        row.text("credential"),
        row.text("destination"),
        Codes.TRUST.at(row.number("trust")),
        row.instant("since"),
        row.text("reason"),
        row.instantOrNull("probe_at"));
  }

  @Override
  public List<OpenEpisode> incidents(int most) {
    var unwritten = write(_ -> episodes.unwritten());
    return arrivals.read(tx -> {
      var open = new HashMap<LaterKey, OpenEpisode>();
      tx.query(
          INCIDENTS,
          row -> {
            open.put(episodeKey(row), incident(row));
            return true;
          },
          most + unwritten.size());
      unwritten.forEach((key, kept) -> {
        if (kept.episode().closedAt() == null) {
          open.put(key, incident(tx, key, kept));
        } else {
          open.remove(key);
        }
      });
      return open.values().stream()
          .sorted(Comparator.comparing(OpenEpisode::openedAt).reversed())
          .limit(most)
          .toList();
    });
  }

  private static LaterKey episodeKey(Row row) {
    return LaterKey.of(row, row.text("route"), row.bytes("subject"));
  }

  private static OpenEpisode incident(Tx tx, LaterKey key, Episodes.Kept kept) {
    var name = tx.first(NAME, row -> row.text(1), key.bucket(), key.lane()).orElseThrow();
    var episode = kept.episode();
    return new OpenEpisode(
        new Lane(key.lane(), name),
        key.name(),
        episode.worst(),
        kept.title(),
        episode.openedAt(),
        episode.heardAt());
  }

  private static OpenEpisode incident(Row row) {
    return new OpenEpisode(
        new Lane(row.text("lane"), row.text("name")),
        row.text("route"),
        Codes.SEVERITY.at(row.number("worst")),
        row.text("title"),
        row.instant("opened_at"),
        row.instant("heard_at"));
  }

  /// @param place its row's number or, where shared, when it came
  private record Place(long place, long doneAt) {}

  @Override
  public List<Entry> entries(EntryState state, Optional<EntryId> after, int most) {
    return arrivals.read(tx -> {
      var place = after.flatMap(id -> place(tx, id));
      var lane = after.map(EntryId::lane).orElse("");
      var seq = after.map(EntryId::seq).orElse(0L);
      if (state == EntryState.WAITING) {
        var before = place.map(Place::place).orElse(Long.MAX_VALUE);
        return shared
            ? tx.query(WAITING_BY_TIME, SqlRecords::entry, before, lane, seq, most)
            : tx.query(WAITING, SqlRecords::entry, before, most);
      }
      var doneAt = place.map(Place::doneAt).orElse(Long.MAX_VALUE);
      return tx.query(NEWEST, SqlRecords::entry, state.number(), doneAt, doneAt, lane, seq, most);
    });
  }

  private Optional<Place> place(Tx tx, EntryId id) {
    return tx.first(
        shared ? TIMES : ROWID,
        row -> new Place(row.number(1), row.number(2)),
        Buckets.of(id.lane()),
        id.lane(),
        id.seq());
  }

  private static Entry entry(Row row) {
    return new Entry(
        new EntryId(row.text("lane"), row.number("seq")),
        row.text("name"),
        EntryState.of(row.number("state")),
        Codes.PRIORITY.at(row.number("priority")),
        row.text("destination"),
        row.text("route"),
        row.text("title"),
        row.text("request_id"),
        row.instant("accepted_at"),
        row.instant("expires_at"),
        row.instantOrNull("done_at"),
        (int) row.number("attempts"),
        row.text("reason"),
        row.text("message_name"),
        row.text("thread_name"));
  }

  @Override
  public Optional<Entry.Whole> entry(EntryId id) {
    var bucket = Buckets.of(id.lane());
    return arrivals.read(tx ->
        tx.first(ONE, SqlRecords::entry, bucket, id.lane(), id.seq())
            .map(entry ->
                new Entry.Whole(
                    entry,
                    tx.first(
                            BODY,
                            row -> Optional.ofNullable(row.bytesOrNull(1)).orElse(new byte[0]),
                            bucket,
                            id.lane(),
                            id.seq())
                        .orElse(new byte[0]),
                    tx.query(ATTEMPTS, SqlRecords::attempt, bucket, id.lane(), id.seq()))));
  }

  private static Attempt attempt(Row row) {
    var answer = new Answer((int) row.number("status"), row.text("reason"), row.bytes("answer"));
    return new Attempt(answer, row.instant("started_at"), row.instant("ended_at"));
  }

  @Override
  public Replayed replay(EntryId id, Instant now) {
    return write(
        id.lane(),
        tx -> {
          var lane = book.find(tx, id.lane());
          return lane == null
              ? new Replayed.Gone()
              : replaying.replay(tx, lane, id.seq(), now, now.minus(REMEMBERED));
        });
  }

  @Override
  public boolean discard(EntryId id, Instant now) {
    return write(
        id.lane(),
        tx -> {
          var lane = book.find(tx, id.lane());
          return lane != null && replaying.discard(tx, lane, id.seq(), now);
        });
  }

  @Override
  public boolean pause(String laneId, boolean paused) {
    var now = clock.instant();
    return write(
        laneId,
        tx -> {
          var lane = book.find(tx, laneId);
          if (lane == null) {
            return false;
          }
          replaying.pause(tx, lane, paused, now);
          return true;
        });
  }

  private <T> T write(String laneId, Work<T> work) {
    return write(OnLanes.one(laneId, work));
  }

  private <T> T write(Work<T> work) {
    try {
      return arrivals.write(work);
    } catch (StoreBusy | OutcomeUnknown e) {
      throw new Busy(String.valueOf(e.getMessage()));
    }
  }
}
