package campana.relay.store;

import campana.relay.outbox.Attempt;
import campana.relay.outbox.Backlog;
import campana.relay.outbox.Busy;
import campana.relay.outbox.Draft;
import campana.relay.outbox.EntryId;
import campana.relay.outbox.Lane;
import campana.relay.outbox.Next;
import campana.relay.outbox.Order;
import campana.relay.outbox.Rest;
import campana.relay.outbox.Step;
import campana.store.Buckets;
import campana.store.OutcomeUnknown;
import campana.store.Row;
import campana.store.StoreBusy;
import campana.store.Tx;
import campana.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The outbox's exit.
final class SqlBacklog implements Backlog {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LONGEST_ASIDE = Duration.ofMinutes(1);

  private static final String LOOSE_WHERE =
      """
      select l.lane, l.name, l.answered_at, l.free_at, l.slow_until from lane l
       where %s and l.paused = 0 and not exists
         (select 1 from lease s where s.bucket = l.bucket and s.lane = l.lane and s.until > ?)\
      """;

  private static final String LOOSE = LOOSE_WHERE.formatted("l.waiting > 0");

  /// The same where others take lanes, too: also those that are ours, as what others put into them
  /// is not told here.
  private static final String FREE_OR_OURS =
      """
      select l.lane, l.name, l.answered_at, l.free_at, l.slow_until,
          case when s.holder = ? and s.until > ? then 1 end as ours
        from lane l left join lease s on s.bucket = l.bucket and s.lane = l.lane
       where l.busy = 1 and l.paused = 0
         and (s.lane is null or s.until <= ? or s.holder = ?)\
      """;

  private static final String FREE =
      LOOSE_WHERE.formatted("l.busy = 1")
          + " order by l.bucket, l.lane limit 1000 for update of l skip locked";
  private static final String FREE_HERE =
      """
      select l.lane, l.name, l.answered_at, l.free_at, l.slow_until from lane l
       where l.bucket = ? and l.busy = 1 and l.paused = 0 and not exists
         (select 1 from lease s where s.bucket = ? and s.lane = l.lane and s.until > ?)
       order by l.lane limit 1000 for update of l skip locked\
      """;
  private static final String CLOSER = "update aside set retry_at = ? where retry_at > ?";

  private final boolean shared;
  private final boolean spread;
  private final Arrivals arrivals;
  private final LaneBook book;
  private final Leases leases;
  private final Credentials credentials;
  private final Settling settling;
  private final InstantSource clock;

  /// @param shared whether other processes empty lanes of this database, too
  /// @param spread [campana.store.Database#spread]
  SqlBacklog(
      boolean shared,
      boolean spread,
      Arrivals arrivals,
      LaneBook book,
      Leases leases,
      Credentials credentials,
      Settling settling,
      InstantSource clock) {
    this.shared = shared;
    this.spread = spread;
    this.arrivals = arrivals;
    this.book = book;
    this.leases = leases;
    this.credentials = credentials;
    this.settling = settling;
    this.clock = clock;
  }

  @Override
  public void voidLeases() {
    if (shared) {
      return; // they are others', or end by themselves
    }
    var soon = clock.instant().plus(LONGEST_ASIDE);
    write(tx -> {
      leases.voidAll(tx);
      return tx.update(CLOSER, soon, soon); // the clock may have been set back since
    });
  }

  @Override
  public List<Held> lease(Instant now) {
    if (shared) {
      return leaseBesideOthers(now);
    }
    var loose = arrivals.read(tx -> loose(tx, now));
    if (loose.isEmpty()) {
      return loose;
    }
    return write(
        tx -> loose(tx, now).stream().filter(held -> leases.take(tx, held.lane(), now)).toList());
  }

  private static List<Held> loose(Tx tx, Instant now) {
    return tx.query(LOOSE, SqlBacklog::held, now);
  }

  private static Held held(Row row) {
    return new Held(
        new Lane(row.text("lane"), row.text("name")),
        row.instant("answered_at"),
        new Rest(row.instant("free_at"), row.instant("slow_until")));
  }

  private record Seen(Held held, boolean ours) {}

  private List<Held> leaseBesideOthers(Instant now) {
    var holder = leases.holder();
    var seen =
        arrivals.read(tx ->
            tx.query(
                FREE_OR_OURS,
                row -> new Seen(held(row), row.numberOrNull("ours") != null),
                holder,
                now,
                now,
                holder));
    var all = new ArrayList<Held>();
    seen.stream().filter(Seen::ours).map(Seen::held).forEach(all::add);
    if (all.size() < seen.size()) {
      all.addAll(spread ? takeFree(seen, now) : write(tx -> take(tx, free(tx, now), now)));
    }
    return all;
  }

  /// Those that somebody else is about to change are his to take.
  private static List<Held> free(Tx tx, Instant now) {
    return tx.query(FREE, SqlBacklog::held, now);
  }

  /// The same, one bucket after the other.
  private List<Held> takeFree(List<Seen> seen, Instant now) {
    var taken = new ArrayList<Held>();
    seen.stream()
        .filter(it -> !it.ours)
        .map(it -> Buckets.of(it.held.lane().id()))
        .distinct()
        .forEach(bucket ->
            taken.addAll(
                write(
                    new OnBucket<>(
                        bucket,
                        tx ->
                            take(
                                tx,
                                tx.query(FREE_HERE, SqlBacklog::held, bucket, bucket, now),
                                now)))));
    return taken;
  }

  private List<Held> take(Tx tx, List<Held> free, Instant now) {
    if (free.isEmpty()) {
      return free;
    }
    var taken = Set.copyOf(leases.takeAll(tx, free.stream().map(Held::lane).toList(), now));
    return free.stream().filter(held -> taken.contains(held.lane().id())).toList();
  }

  @Override
  public Optional<Held> hold(Lane lane, Instant now) {
    if (!shared || leases.sure(lane.id(), now)) {
      return Optional.of(new Held(lane));
    }
    return write(
        OnLanes.one(
            lane.id(),
            tx -> {
              var row = book.find(tx, lane.id()); // under its lock, where it is there
              var held =
                  row == null
                      ? new Held(lane)
                      : new Held(lane, Instant.ofEpochMilli(row.answeredAt), row.rest());
              return leases.take(tx, lane, now) ? Optional.of(held) : Optional.<Held>empty();
            }));
  }

  @Override
  public void leave() {
    if (shared) {
      write(tx -> {
        leases.leave(tx);
        return true;
      });
    }
  }

  @Override
  public void renew(Instant now) {
    if (spread) {
      for (var bucket : leases.buckets()) {
        write(
            new OnBucket<>(
                bucket,
                tx -> {
                  leases.renew(tx, bucket, now);
                  return true;
                }));
      }
      return;
    }
    write(tx -> {
      leases.renew(tx, now);
      return true;
    });
  }

  @Override
  public Next next(Lane lane, Instant now, Order order) {
    var next = next(lane, now, order, arrivals.first(lane));
    if (next.isEmpty() && arrivals.moved()) {
      next = next(lane, now, order, null);
    }
    // what came last may be the first to go
    return next.map(Supplier::get).orElseGet(() -> new Next.NotBefore(now.plus(SOON)));
  }

  private Optional<Supplier<Next>> next(
      Lane lane, Instant now, Order order, @Nullable Long arrived) {
    return arrivals.readAsIs(tx ->
        shared && !leases.stillHas(tx, lane.id(), clock.instant())
            ? Optional.of(Next.Nothing::new)
            : new Choosing(tx, lane, credentials).next(now, order, arrived));
  }

  @Override
  public Settled settle(Lane lane, EntryId id, Attempt attempt, Step step) {
    return busy(() ->
        arrivals.append(
            OnLanes.one(
                lane.id(),
                tx -> {
                  if (!leases.has(tx, lane.id())) {
                    return new Settled(false, false);
                  }
                  var row = book.row(tx, lane.id());
                  if (!(step instanceof Step.Finish) || row.asides > 0 || row.held > 0) {
                    arrivals.move(tx); // it may be about others, too
                  }
                  settling.settle(tx, row, id.seq(), attempt, step);
                  row.answered(attempt);
                  return left(tx, row);
                })));
  }

  @Override
  public Settled bury(Lane lane, EntryId id, String why) {
    var now = clock.instant();
    return write(
        OnLanes.one(
            lane.id(),
            tx -> {
              var row = book.row(tx, lane.id());
              settling.bury(tx, row, id.seq(), why, now);
              return left(tx, row);
            }));
  }

  private Settled left(Tx tx, LaneRow row) {
    if (row.waiting == 0) {
      leases.drop(tx, row.lane.id());
    }
    return new Settled(true, row.waiting > 0);
  }

  @Override
  public void record(Draft draft, String requestId, Attempt attempt, Step step) {
    var lane = draft.credential().lane();
    write(
        OnLanes.one(
            lane.id(),
            tx -> {
              settling.record(tx, draft, requestId, attempt, step);
              if (shared && book.row(tx, lane.id()).waiting == 0) {
                leases.drop(tx, lane.id());
              }
              return true;
            }));
  }

  private <T> T write(Work<T> work) {
    return busy(() -> arrivals.write(work));
  }

  private static <T> T busy(Supplier<T> writing) {
    try {
      return writing.get();
    } catch (StoreBusy | OutcomeUnknown e) {
      throw new Busy(String.valueOf(e.getMessage()));
    }
  }
}
