package campana.relay.store;

import campana.relay.outbox.Attempt;
import campana.relay.outbox.Backlog;
import campana.relay.outbox.Busy;
import campana.relay.outbox.Draft;
import campana.relay.outbox.EntryId;
import campana.relay.outbox.Lane;
import campana.relay.outbox.Next;
import campana.relay.outbox.Order;
import campana.relay.outbox.Step;
import campana.store.OutcomeUnknown;
import campana.store.StoreBusy;
import campana.store.Tx;
import campana.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// The outbox's exit, on SQLite.
final class SqlBacklog implements Backlog {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LONGEST_ASIDE = Duration.ofMinutes(1);

  private static final String LOOSE =
      """
      select l.lane, l.name, l.answered_at from lane l
       where l.waiting > 0 and l.paused = 0 and not exists
         (select 1 from lease s where s.bucket = l.bucket and s.lane = l.lane and s.until > ?)\
      """;
  private static final String CLOSER = "update aside set retry_at = ? where retry_at > ?";

  private final Arrivals arrivals;
  private final LaneBook book;
  private final Leases leases;
  private final Credentials credentials;
  private final Settling settling;
  private final InstantSource clock;

  SqlBacklog(
      Arrivals arrivals,
      LaneBook book,
      Leases leases,
      Credentials credentials,
      Settling settling,
      InstantSource clock) {
    this.arrivals = arrivals;
    this.book = book;
    this.leases = leases;
    this.credentials = credentials;
    this.settling = settling;
    this.clock = clock;
  }

  @Override
  public void voidLeases() {
    var soon = clock.instant().plus(LONGEST_ASIDE);
    write(tx -> {
      leases.voidAll(tx);
      return tx.update(CLOSER, soon, soon); // the clock may have been set back since
    });
  }

  @Override
  public List<Held> lease(Instant now) {
    var loose = arrivals.read(tx -> loose(tx, now));
    if (loose.isEmpty()) {
      return loose;
    }
    return write(
        tx -> loose(tx, now).stream().filter(held -> leases.take(tx, held.lane(), now)).toList());
  }

  private static List<Held> loose(Tx tx, Instant now) {
    return tx.query(
        LOOSE,
        row -> new Held(new Lane(row.text("lane"), row.text("name")), row.instant("answered_at")),
        now);
  }

  @Override
  public void renew(Instant now) {
    write(tx -> {
      leases.renew(tx, now);
      return true;
    });
  }

  @Override
  public Next next(Lane lane, Instant now, Order order) {
    if (!arrivals.moved()) {
      return new Next.NotBefore(now.plus(SOON)); // what came last may be the first to go
    }
    Supplier<Next> next = arrivals.read(tx -> new Choosing(tx, lane, credentials).next(now, order));
    return next.get();
  }

  @Override
  public Settled settle(Lane lane, EntryId id, Attempt attempt, Step step) {
    return write(tx -> {
      if (!leases.has(tx, lane.id())) {
        return new Settled(false, false);
      }
      var row = book.row(tx, lane.id());
      settling.settle(tx, row, id.seq(), attempt, step);
      row.answeredAt = Math.max(row.answeredAt, attempt.endedAt().toEpochMilli());
      return left(tx, row);
    });
  }

  @Override
  public Settled bury(Lane lane, EntryId id, String why) {
    var now = clock.instant();
    return write(tx -> {
      var row = book.row(tx, lane.id());
      settling.bury(tx, row, id.seq(), why, now);
      return left(tx, row);
    });
  }

  private Settled left(Tx tx, LaneRow row) {
    if (row.waiting == 0) {
      leases.drop(tx, row.lane.id());
    }
    return new Settled(true, row.waiting > 0);
  }

  @Override
  public void record(Draft draft, String requestId, Attempt attempt, Step step) {
    write(tx -> {
      settling.record(tx, draft, requestId, attempt, step);
      return true;
    });
  }

  private <T> T write(Work<T> work) {
    try {
      return arrivals.write(work);
    } catch (StoreBusy | OutcomeUnknown e) {
      throw new Busy(String.valueOf(e.getMessage()));
    }
  }
}
