package campana.relay.store;

import campana.relay.outbox.Caps;
import campana.relay.outbox.Draft;
import campana.relay.outbox.Enqueued;
import campana.relay.outbox.Fate;
import campana.relay.outbox.Outbox;
import campana.relay.outbox.Priority;
import campana.relay.outbox.Receipt;
import campana.relay.outbox.Trust;
import campana.relay.store.Credentials.Known;
import campana.relay.store.Entries.New;
import campana.relay.store.Entries.Times;
import campana.relay.store.LaneBook.Counted;
import campana.store.Buckets;
import campana.store.OutcomeUnknown;
import campana.store.StoreBusy;
import campana.store.Tx;
import campana.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The outbox's entrance.
final class SqlOutbox implements Outbox {
  private static final Duration SOON = Duration.ofSeconds(5);

  /// A refusal is believed this long: the far side may have taken the webhook back.
  private static final Duration REFUSED_FOR = Duration.ofHours(1);

  private static final String UNPROVEN =
      """
      select coalesce(sum(case when credential = ? then 1 else 0 end), 0),
          coalesce(sum(case when credential = ? then size else 0 end), 0), count(*)
        from entry where bucket = ? and lane = ? and ready = 1 and state = 0\
      """;

  /// So many times what one unproven credential may hold, all of a lane may.
  private static final int CROWD = 10;

  /// What the config says, for each call anew.
  record Rules(Caps caps, Duration alarmAfter) {}

  private final Arrivals arrivals;
  private final LaneBook book;
  private final Leases leases;
  private final Credentials credentials;
  private final Filing filing;
  private final Placing placing;
  private final Supplier<Rules> rules;
  private final BooleanSupplier diskLow;
  private final InstantSource clock;
  private final Consumer<LaneRow> wake;

  /// @param diskLow whether less of the disk is free than should be; quick
  /// @param wake hears, after the commit, where something is new; quick
  SqlOutbox(
      Arrivals arrivals,
      LaneBook book,
      Leases leases,
      Credentials credentials,
      Filing filing,
      Supplier<Rules> rules,
      BooleanSupplier diskLow,
      InstantSource clock,
      Consumer<LaneRow> wake) {
    this.arrivals = arrivals;
    this.book = book;
    this.leases = leases;
    this.credentials = credentials;
    this.filing = filing;
    this.placing = new Placing(filing.episodes());
    this.rules = rules;
    this.diskLow = diskLow;
    this.clock = clock;
    this.wake = wake;
  }

  @Override
  public Enqueued enqueueAll(String route, List<List<Draft>> triggers, List<Fate> others) {
    if ((triggers.isEmpty() && others.isEmpty()) || triggers.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("no drafts; wanted: at least one of each trigger");
    }
    if (!triggers.isEmpty() && diskLow.getAsBoolean()) {
      return new Enqueued.Full("the disk is almost full", SOON);
    }
    var now = clock.instant();
    var wanted =
        triggers.stream()
            .map(drafts -> drafts.stream().map(draft -> Wanted.of(draft, now)).toList())
            .toList();
    var ruling = rules.get();
    Work<Enqueued> work =
        tx -> {
          var objection = objection(tx, wanted, ruling.caps, now);
          return objection == null ? take(tx, route, wanted, others, ruling, now) : objection;
        };
    var on = new OnLanes<>(() -> lanes(triggers), Buckets.of(route), work);
    try {
      return triggers.stream().flatMap(List::stream).allMatch(Arrivals::isRoutes)
          ? arrivals.append(on)
          : arrivals.write(on);
    } catch (StoreBusy e) {
      return new Enqueued.Full("the disk takes no more right now", e.retryIn());
    } catch (OutcomeUnknown e) {
      return new Enqueued.Unknown();
    }
  }

  private static List<String> lanes(List<List<Draft>> triggers) {
    return triggers.stream()
        .flatMap(List::stream)
        .map(draft -> draft.credential().lane().id())
        .toList();
  }

  /// Why these are not taken, none of them; null: nothing stands against any.
  private @Nullable Enqueued objection(Tx tx, List<List<Wanted>> triggers, Caps caps, Instant now) {
    var ahead = new HashMap<String, Integer>(); // of this request, by lane
    var more = 0;
    for (var trigger : triggers) {
      for (var wanted : trigger) {
        var draft = wanted.draft();
        var lane = book.rowOrNew(tx, draft.credential().lane());
        if (filing.dedups().first(tx, lane, wanted, now) != null) {
          continue; // it needs no room
        }
        more++;
        if (book.waitingHere() + more > caps.waiting()) {
          return new Enqueued.Full("too many entries wait", SOON);
        }
        var before = ahead.merge(lane.lane.id(), 1, Integer::sum) - 1;
        var objection = objection(tx, lane, draft, before, caps, now);
        if (objection != null) {
          return objection;
        }
      }
    }
    return null;
  }

  private Enqueued take(
      Tx tx,
      String route,
      List<List<Wanted>> triggers,
      List<Fate> others,
      Rules ruling,
      Instant now) {
    var receipts = new ArrayList<Receipt>();
    var repeated = new ArrayList<Receipt>();
    for (var trigger : triggers) {
      take(tx, route, trigger, receipts, repeated, ruling, now);
    }
    for (var fate : others) {
      book.count(
          route,
          switch (fate) {
            case FILTERED -> Counted.FILTERED;
            case MUTED -> Counted.MUTED;
          });
    }
    if (!receipts.isEmpty()) {
      return new Enqueued.Queued(receipts);
    }
    return repeated.isEmpty() ? new Enqueued.Unopened() : new Enqueued.Duplicate(repeated);
  }

  /// @param receipts takes those of new entries
  /// @param repeated takes those of the entries that others repeat
  private void take(
      Tx tx,
      String route,
      List<Wanted> trigger,
      List<Receipt> receipts,
      List<Receipt> repeated,
      Rules ruling,
      Instant now) {
    var became = Counted.FILTERED;
    var arrived = false; // one of its entries was appended, and counts it
    for (var wanted : trigger) {
      var lane = book.rowOrNew(tx, wanted.draft().credential().lane());
      var first = filing.dedups().first(tx, lane, wanted, now);
      var entry = first == null ? entry(tx, lane, wanted, ruling, now) : null;
      if (entry != null) {
        if (arrivals.take(route, entry)) {
          arrivals.add(tx, entry, !arrived && became != Counted.PLANNED);
          arrived |= became != Counted.PLANNED;
          book.acceptArrival(lane);
        } else {
          Entries.add(tx, entry);
          book.accept(lane);
        }
        receipts.add(added(tx, entry, now));
        became = Counted.PLANNED;
      } else if (first != null) {
        repeated.add(first);
        became = became == Counted.PLANNED ? became : Counted.DUPLICATE;
      }
    }
    if (!arrived) {
      book.count(route, became);
    }
  }

  /// @param ahead how many of the same request go into this lane before it
  private @Nullable Enqueued objection(
      Tx tx, LaneRow lane, Draft draft, int ahead, Caps caps, Instant now) {
    var known = Credentials.find(tx, lane, draft.credential().id());
    var trust = trust(known, draft, now);
    if (trust == Trust.REFUSED && known != null) {
      return new Enqueued.Refused(known.reason());
    }
    if (lane.waiting + ahead >= caps.perLane()) {
      return new Enqueued.Full("too many entries wait for this space", SOON);
    }
    if (trust == Trust.UNPROVEN) {
      if (lane.accepted == 0 && book.unprovenLanes() >= caps.unprovenLanes()) {
        return new Enqueued.Full("too many spaces that were never reached", SOON);
      }
      if (exceeds(tx, lane, draft, caps)) {
        return new Enqueued.Unproven(SOON);
      }
    }
    return Placing.objection(tx, lane, draft, trust);
  }

  private static Trust trust(@Nullable Known known, Draft draft, Instant now) {
    var trust = Credentials.trust(known, draft.credential());
    var longAgo = known != null && !known.since().plus(REFUSED_FOR).isAfter(now);
    return trust == Trust.REFUSED && longAgo ? Trust.UNPROVEN : trust;
  }

  private static boolean exceeds(Tx tx, LaneRow lane, Draft draft, Caps caps) {
    var id = draft.credential().id();
    return tx.first(
            UNPROVEN,
            row ->
                row.number(1) + 1 > caps.unprovenEntries()
                    || row.number(2) + draft.body().quiet().length > caps.unprovenBytes()
                    || row.number(3) + 1 > (long) CROWD * caps.unprovenEntries(),
            id,
            id,
            lane.bucket,
            lane.lane.id())
        .orElse(false);
  }

  /// What is to be added; null: it is not told at all.
  private @Nullable New entry(Tx tx, LaneRow lane, Wanted wanted, Rules ruling, Instant now) {
    var draft = wanted.draft();
    var seq = lane.lastSeq + 1;
    var place = placing.place(tx, lane, wanted, seq, now);
    if (place == null) {
      return null;
    }
    var credential = draft.credential();
    var known = Credentials.find(tx, lane, credential.id());
    var trust = trust(known, draft, now);
    credentials.keep(tx, lane, known, credential, trust, now);
    var expires = now.plus(draft.keepTrying());
    var late = now.plus(ruling.alarmAfter);
    var untold = trust == Trust.HELD && draft.priority() == Priority.CRITICAL;
    var look = untold ? now : late.isBefore(expires) ? late : expires;
    return new New(lane, seq, wanted, place, trust, new Times(now, expires, look, now));
  }

  /// It stands in its row, and is counted as waiting.
  private Receipt added(Tx tx, New entry, Instant now) {
    var lane = entry.lane();
    lane.lastSeq = entry.seq();
    filing.added(entry);
    if (entry.trust() == Trust.PROVEN) {
      book.prove(lane);
    }
    if (leases.take(tx, lane.lane, now)) {
      tx.afterCommit(() -> wake.accept(lane));
    }
    return Dedups.receipt(lane, entry.draft(), entry.seq(), entry.place().opener());
  }

  /// Takes what Campana itself has to say: no trigger, and no cap stands against it.
  void addUncounted(Tx tx, Draft draft, Instant now) {
    var lane = book.rowOrNew(tx, draft.credential().lane());
    var entry = entry(tx, lane, Wanted.of(draft, now), rules.get(), now);
    if (entry != null) {
      Entries.add(tx, entry);
      book.accept(lane);
      added(tx, entry, now);
    }
  }
}
