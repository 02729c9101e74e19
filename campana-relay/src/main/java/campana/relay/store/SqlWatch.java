package campana.relay.store;

import campana.relay.outbox.Busy;
import campana.relay.outbox.Credential;
import campana.relay.outbox.Draft;
import campana.relay.outbox.EntryId;
import campana.relay.outbox.EntryState;
import campana.relay.outbox.Lane;
import campana.relay.outbox.Priority;
import campana.relay.outbox.Watch;
import campana.store.Buckets;
import campana.store.OutcomeUnknown;
import campana.store.Row;
import campana.store.StoreBusy;
import campana.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Expiry, alarms and retention, on SQLite.
final class SqlWatch implements Watch {
  private static final int PART = 500;

  private static final String DUE =
      """
      select lane, seq, priority, late, expires_at, accepted_at, destination, title, body from entry
       where state = 0 and look_at <= ? order by look_at limit ?\
      """;
  private static final String LOOKED =
      "update entry set late = ?, look_at = ? where bucket = ? and lane = ? and seq = ?";
  private static final String UNTOLD =
      """
      select l.lane, l.name, l.untold_since, l.paused, l.waiting,
          (select group_concat(c.destination, char(10)) from credential c
            where c.bucket = l.bucket and c.lane = l.lane) as destinations,
          (select group_concat(c.destination, char(10)) from credential c
            where c.bucket = l.bucket and c.lane = l.lane and c.trust = 2) as held,
          (select group_concat(c.reason, char(10)) from credential c
            where c.bucket = l.bucket and c.lane = l.lane and c.trust = 2) as reasons
        from lane l where l.untold_since is not null and l.told_at is null\
      """;
  private static final String CARRIED =
      "update entry set late = 2 where bucket = ? and lane = ? and seq = ? and state = 0";

  private final Arrivals arrivals;
  private final LaneBook book;
  private final Settling settling;
  private final SqlOutbox outbox;
  private final Adopting adopting;
  private final Tidying tidying;

  SqlWatch(
      Arrivals arrivals, LaneBook book, Settling settling, SqlOutbox outbox, Adopting adopting) {
    this.arrivals = arrivals;
    this.book = book;
    this.settling = settling;
    this.outbox = outbox;
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
  public Looked look(Instant now, Duration alarmAfter) {
    return write(tx -> {
      var expired = 0;
      var late = 0;
      var untold = new ArrayList<Critical>();
      var all = tx.query(DUE, Due::of, now, PART);
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
                new Critical(id, lane.lane, entry.destination(), entry.title(), entry.body()));
          }
          var mark = Math.max(due.late, 1);
          tx.update(LOOKED, mark, due.expires, lane.bucket, id.lane(), id.seq());
        }
      }
      return new Looked(expired, late, untold, all.size() == PART);
    });
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
    write(tx -> {
      credentials.forEach(credential -> adopting.adopt(tx, credential, now));
      return true;
    });
  }

  @Override
  public List<Untold> untold() {
    return arrivals.read(tx ->
        tx.query(
            UNTOLD,
            row ->
                new Untold(
                    new Lane(row.text("lane"), row.text("name")),
                    row.instant("untold_since"),
                    row.flag("paused"),
                    row.number("waiting"),
                    lines(row, "destinations"),
                    lines(row, "held"),
                    lines(row, "reasons"))));
  }

  private static List<String> lines(Row row, String column) {
    var joined = row.textOrNull(column);
    return joined == null ? List.of() : Arrays.stream(joined.split("\n", -1)).distinct().toList();
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
    return write(tx -> tidying.part(tx, deliveries, deadLetters, bodies, names, now));
  }

  private <T> T write(Work<T> work) {
    try {
      return arrivals.write(work);
    } catch (StoreBusy | OutcomeUnknown e) {
      throw new Busy(String.valueOf(e.getMessage()));
    }
  }
}
