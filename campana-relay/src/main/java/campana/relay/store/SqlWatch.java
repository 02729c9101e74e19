package campana.relay.store;

import campana.relay.outbox.Busy;
import campana.relay.outbox.Credential;
import campana.relay.outbox.Draft;
import campana.relay.outbox.EntryId;
import campana.relay.outbox.EntryState;
import campana.relay.outbox.Lane;
import campana.relay.outbox.Priority;
import campana.relay.outbox.Trust;
import campana.relay.outbox.Watch;
import campana.store.Buckets;
import campana.store.Database;
import campana.store.OutcomeUnknown;
import campana.store.Row;
import campana.store.StoreBusy;
import campana.store.Tx;
import campana.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Expiry, alarms and retention.
final class SqlWatch implements Watch {
  private static final int PART = 500;

  private static final String DUE_COLUMNS =
      """
      select lane, seq, priority, late, expires_at, accepted_at, destination, title, body from entry
       where state = 0 and look_at <= ?\
      """;
  private static final String DUE = DUE_COLUMNS + " order by look_at limit ?";
  private static final String DUE_HERE =
      DUE_COLUMNS + " and bucket = ? order by look_at limit " + PART;
  private static final String DUE_BUCKETS =
      "select distinct bucket from entry where state = 0 and look_at <= ?";
  private static final String LOOKED =
      "update entry set late = ?, look_at = ? where bucket = ? and lane = ? and seq = ?";
  private static final String UNTOLD =
      """
      select lane, name, untold_since, paused, waiting from lane
       where untold_since is not null and told_at is null\
      """;
  private static final String WHOSE =
      """
      select destination, trust, reason from credential where bucket = ? and lane = ?
       order by credential\
      """;
  private static final String CARRIED =
      """
      update entry set late = 2
       where bucket = ? and lane = ? and seq = ? and state = 0 and late < 2\
      """;

  private final Database database;
  private final boolean shared;
  private final Arrivals arrivals;
  private final LaneBook book;
  private final Leases leases;
  private final Settling settling;
  private final SqlOutbox outbox;
  private final Filing filing;
  private final Adopting adopting;
  private final Tidying tidying;

  SqlWatch(
      Database database,
      Arrivals arrivals,
      LaneBook book,
      Leases leases,
      Settling settling,
      SqlOutbox outbox,
      Filing filing,
      Adopting adopting) {
    this.database = database;
    this.shared = database.shared();
    this.arrivals = arrivals;
    this.book = book;
    this.leases = leases;
    this.settling = settling;
    this.outbox = outbox;
    this.filing = filing;
    this.adopting = adopting;
    this.tidying = new Tidying(book);
  }

  private record Due(
      Critical entry, Priority priority, int late, Instant expires, Instant accepted) {
    static Due of(Row row) {
      var id = new EntryId(row.text("lane"), row.number("seq"));
      var entry =
          new Critical(
              id,
              new Lane(id.lane(), ""),
              row.text("destination"),
              row.text("title"),
              row.bytes("body"));
      return new Due(
          entry,
          Codes.PRIORITY.at(row.number("priority")),
          (int) row.number("late"),
          row.instant("expires_at"),
          row.instant("accepted_at"));
    }
  }

  @Override
  public boolean ours(Instant now) {
    return !shared
        || leases.hasCare(now)
        || write(new OnBucket<>(Leases.careBucket(), tx -> leases.takeCare(tx, now)));
  }

  /// Where others change entries, too, they are read again once their lanes are locked.
  ///
  /// @param bucket [Work#ANY]: of all
  private List<Due> due(Tx tx, int bucket, Instant now) {
    var due = read(tx, bucket, now);
    if (!shared || due.isEmpty()) {
      return due;
    }
    var lanes = due.stream().map(it -> it.entry.id().lane()).collect(Collectors.toSet());
    book.lock(tx, lanes);
    return read(tx, bucket, now).stream()
        .filter(it -> lanes.contains(it.entry.id().lane()))
        .toList();
  }

  private static List<Due> read(Tx tx, int bucket, Instant now) {
    return bucket == Work.ANY
        ? tx.query(DUE, Due::of, now, PART)
        : tx.query(DUE_HERE, Due::of, now, bucket);
  }

  @Override
  public Looked look(Instant now, Duration alarmAfter) {
    if (!database.spread()) {
      return look(Work.ANY, now, alarmAfter);
    }
    var buckets = arrivals.read(tx -> tx.query(DUE_BUCKETS, row -> (int) row.number(1), now));
    var all = new Looked(0, 0, List.of(), false);
    for (var bucket : buckets) {
      all = all.and(look(bucket, now, alarmAfter));
    }
    return all;
  }

  private Looked look(int bucket, Instant now, Duration alarmAfter) {
    return write(
        new OnBucket<>(
            bucket,
            tx -> {
              var expired = 0;
              var late = 0;
              var untold = new ArrayList<Critical>();
              var all = due(tx, bucket, now);
              for (var due : all) {
                var id = due.entry.id();
                var lane = book.row(tx, id.lane());
                if (!due.expires.isAfter(now)) {
                  settling.end(tx, lane, id.seq(), EntryState.EXPIRED, "it waited too long", now);
                  expired++;
                } else {
                  if (due.late == 0) {
                    late(lane, due, alarmAfter, now);
                    late++;
                  }
                  if (due.priority == Priority.CRITICAL && due.late < 2) {
                    var entry = due.entry;
                    untold.add(
                        new Critical(
                            id, lane.lane, entry.destination(), entry.title(), entry.body()));
                  }
                  var mark = Math.max(due.late, 1);
                  tx.update(LOOKED, mark, due.expires, lane.bucket, id.lane(), id.seq());
                }
              }
              return new Looked(expired, late, untold, all.size() == PART);
            }));
  }

  private void late(LaneRow lane, Due due, Duration alarmAfter, Instant now) {
    book.touch(lane);
    lane.late++;
    if (lane.untoldSince == null) {
      var since = due.accepted.plus(alarmAfter);
      lane.untoldSince = (since.isBefore(now) ? since : now).toEpochMilli();
    }
  }

  @Override
  public void adopt(List<Credential> credentials, Instant now) {
    if (database.spread()) {
      credentials.forEach(one -> adopt(one.lane().id(), List.of(one), now));
    } else {
      adopt("", credentials, now);
    }
  }

  private void adopt(String laneId, List<Credential> credentials, Instant now) {
    Work<Boolean> work =
        tx -> {
          credentials.forEach(credential -> adopting.adopt(tx, credential, now));
          return true;
        };
    write(laneId.isEmpty() ? work : OnLanes.one(laneId, work));
  }

  @Override
  public List<Untold> untold() {
    return arrivals.read(
        tx -> tx.query(UNTOLD, Silent::of).stream().map(it -> untold(tx, it)).toList());
  }

  private record Silent(Lane lane, Instant since, boolean paused, long waiting) {
    static Silent of(Row row) {
      return new Silent(
          new Lane(row.text("lane"), row.text("name")),
          row.instant("untold_since"),
          row.flag("paused"),
          row.number("waiting"));
    }
  }

  private record Whose(String destination, boolean held, String reason) {}

  private static Untold untold(Tx tx, Silent silent) {
    var id = silent.lane.id();
    var all =
        tx.query(
            WHOSE,
            row -> new Whose(row.text(1), row.number(2) == Codes.TRUST.of(Trust.HELD), row.text(3)),
            Buckets.of(id),
            id);
    var held = all.stream().filter(Whose::held).toList();
    return new Untold(
        silent.lane,
        silent.since,
        silent.paused,
        silent.waiting,
        all.stream().map(Whose::destination).distinct().toList(),
        held.stream().map(Whose::destination).distinct().toList(),
        held.stream().map(Whose::reason).distinct().toList());
  }

  @Override
  public void told(Lane lane, List<Draft> notices, Instant now) {
    write(tx -> {
      var row = book.row(tx, lane.id());
      if (row.untoldSince != null && row.toldAt == null) {
        book.touch(row);
        row.toldAt = now.toEpochMilli();
        notices.forEach(notice -> outbox.addUncounted(tx, notice, now));
      }
      return true;
    });
  }

  @Override
  public void carried(EntryId id, List<Draft> copies, Instant now) {
    write(tx -> {
      var marked = tx.update(CARRIED, Buckets.of(id.lane()), id.lane(), id.seq());
      if (marked > 0) {
        var row = book.row(tx, id.lane());
        book.touch(row);
        row.carried += copies.isEmpty() ? 0 : 1;
        copies.forEach(copy -> outbox.addUncounted(tx, copy, now));
      }
      return marked;
    });
  }

  @Override
  public boolean tidy(
      Instant deliveries, Instant deadLetters, Instant bodies, Instant names, Instant now) {
    var ages = new Tidying.Ages(deliveries, deadLetters, bodies, names, now);
    var more = false;
    if (database.spread()) {
      for (var number = 0; number < Buckets.COUNT; number++) {
        var bucket = number;
        more |= write(new OnBucket<>(bucket, tx -> tidying.part(tx, bucket, ages)));
      }
    } else {
      more = write(tx -> tidying.part(tx, Work.ANY, ages));
    }
    if (!more) {
      busied(() -> {
        filing.learn();
        return true;
      });
    }
    return more;
  }

  private <T> T write(Work<T> work) {
    return busied(() -> arrivals.write(work));
  }

  private static <T> T busied(Supplier<T> work) {
    try {
      return work.get();
    } catch (StoreBusy | OutcomeUnknown e) {
      throw new Busy(String.valueOf(e.getMessage()));
    }
  }
}
