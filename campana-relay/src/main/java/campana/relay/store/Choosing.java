package campana.relay.store;

import campana.relay.outbox.Credential;
import campana.relay.outbox.EntryId;
import campana.relay.outbox.EntryState;
import campana.relay.outbox.Lane;
import campana.relay.outbox.Next;
import campana.relay.outbox.Order;
import campana.relay.outbox.Splice;
import campana.relay.outbox.Strands;
import campana.relay.outbox.Threading.Missing;
import campana.relay.outbox.Trail;
import campana.relay.outbox.Trust;
import campana.relay.outbox.Turn;
import campana.store.Buckets;
import campana.store.Row;
import campana.store.Tx;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads what a lane sends next: a few look-ups by index, however much waits. Each table is told
/// the bucket, as a database that is spread over nodes does not conclude it from a subquery's
/// outside.
final class Choosing {
  private static final String LANE =
      "select paused, waiting, asides, held from lane where bucket = ? and lane = ?";
  private static final String BEST =
      """
      select seq, strand, priority from entry
       where bucket = ? and lane = ? and ready = ? and state = 0
       order by priority, seq limit 1\
      """;
  private static final String HEAD =
      """
      select seq, ready from entry
       where bucket = ? and lane = ? and strand = ? and strand <> seq and state = 0
       order by seq limit 1\
      """;
  private static final String BEGINNING =
      """
      select seq, ready from entry
       where bucket = ? and lane = ? and seq = ? and strand = seq and state = 0\
      """;
  private static final String ASIDE =
      """
      select seq from aside where bucket = ? and lane = ? and retry_at <= ?
       order by retry_at, seq limit 1\
      """;
  private static final String PROBE =
      """
      select (select e.seq from entry e where e.bucket = ? and e.lane = c.lane
                and e.ready = 0 and e.state = 0 and e.credential = c.credential
               order by e.priority, e.seq limit 1) as head
        from credential c where c.bucket = ? and c.lane = ? and c.trust = 2 and c.probe_at <= ?
       order by c.probe_at\
      """;
  private static final String LATER =
      """
      select min(at) as at from (
        select min(retry_at) as at from aside where bucket = ? and lane = ?
        union all
        select min(c.probe_at) from credential c where c.bucket = ? and c.lane = ? and c.trust = 2
           and exists (select 1 from entry e where e.bucket = ? and e.lane = c.lane
                         and e.ready = 0 and e.state = 0 and e.credential = c.credential)) as t\
      """;
  private static final String TURN =
      """
      select e.priority, e.strand, e.query, e.request_id, e.missing, e.thread_key, e.reply_to,
          e.body, e.accepted_at, e.trail, e.attempts, e.failures, e.strikes, e.unanswered,
          c.credential, c.url, c.destination, c.trust, c.probes,
          case when exists (select 1 from aside a where a.bucket = ? and a.lane = e.lane
                              and a.strand = e.strand) then 1 else 0 end as aside
        from entry e join credential c on c.bucket = e.bucket and c.lane = e.lane
          and c.credential = e.credential
       where e.bucket = ? and e.lane = ? and e.seq = ?\
      """;

  private final Tx tx;
  private final Lane lane;
  private final int bucket;
  private final Credentials credentials;

  Choosing(Tx tx, Lane lane, Credentials credentials) {
    this.tx = tx;
    this.lane = lane;
    this.bucket = Buckets.of(lane.id());
    this.credentials = credentials;
  }

  private record LaneNow(boolean paused, long waiting, boolean asides, boolean held) {
    static LaneNow of(Row row) {
      return new LaneNow(
          row.flag("paused"), row.number("waiting"), row.flag("asides"), row.flag("held"));
    }
  }

  private record At(long seq, long other) {}

  private record Best(long seq, long strand, long priority) {}

  /// The answer is made outside the transaction: it opens a sealed address.
  ///
  /// @param arrived the rank of what is not in its place yet, see [Arrivals#first]; null: all are
  /// @return empty: that may go first
  Optional<Supplier<Next>> next(Instant now, Order order, @Nullable Long arrived) {
    var state = tx.first(LANE, LaneNow::of, bucket, lane.id()).orElse(null);
    if (state == null || state.paused || (state.waiting == 0 && arrived == null)) {
      return Optional.of(Next.Nothing::new);
    }
    for (var from : order.preference()) {
      if (from == Order.From.TRUSTED && arrived != null && goesFirst(arrived)) {
        return Optional.empty();
      }
      var seq =
          switch (from) {
            case PROBE -> state.held ? probe(now) : 0;
            case ASIDE -> state.asides ? aside(now) : 0;
            case UNPROVEN -> head(Entries.UNPROVEN);
            case TRUSTED -> head(Entries.TRUSTED);
          };
      if (seq > 0) {
        return Optional.of(turn(seq));
      }
    }
    return arrived == null ? Optional.of(later(state)) : Optional.empty();
  }

  private Supplier<Next> later(LaneNow state) {
    if (!state.asides && !state.held) {
      return Next.Nothing::new;
    }
    var at =
        tx.first(
            LATER,
            row -> Optional.ofNullable(row.instantOrNull("at")),
            bucket,
            lane.id(),
            bucket,
            lane.id(),
            bucket);
    return at.flatMap(later -> later)
        .<Supplier<Next>>map(later -> () -> new Next.NotBefore(later))
        .orElse(Next.Nothing::new);
  }

  private long probe(Instant now) {
    var heads =
        tx.query(
            PROBE,
            row -> Optional.ofNullable(row.numberOrNull("head")).orElse(0L),
            bucket,
            bucket,
            lane.id(),
            now);
    return heads.stream().filter(seq -> seq > 0).findFirst().orElse(0L);
  }

  private long aside(Instant now) {
    return tx.first(ASIDE, row -> row.number(1), bucket, lane.id(), now).orElse(0L);
  }

  private @Nullable Best best(int ready) {
    return tx.first(
            BEST,
            row -> new Best(row.number(1), row.number(2), row.number(3)),
            bucket,
            lane.id(),
            ready)
        .orElse(null);
  }

  private boolean goesFirst(long arrived) {
    var best = best(Entries.TRUSTED);
    return best == null || arrived < Arrivals.rank(best.priority, best.seq);
  }

  /// The head of the strand in which the best entry is: what waits behind it lifts it up.
  private long head(int ready) {
    var best = best(ready);
    if (best == null) {
      return 0;
    }
    if (best.strand == best.seq) {
      return best.seq;
    }
    return tx.first(BEGINNING, Choosing::at, bucket, lane.id(), best.strand)
        .or(() -> tx.first(HEAD, Choosing::at, bucket, lane.id(), best.strand))
        .filter(head -> head.other != Entries.BACK)
        .map(At::seq)
        .orElse(best.seq);
  }

  private static At at(Row row) {
    return new At(row.number(1), row.number(2));
  }

  private record Found(
      String query,
      String requestId,
      Missing missing,
      @Nullable String threadKey,
      @Nullable Long replyTo,
      byte[] body,
      Instant acceptedAt,
      String trail,
      int attempts,
      int failures,
      boolean unanswered,
      String credential,
      String url,
      String destination,
      Trust trust,
      int probes,
      boolean aside) {
    static Found of(Row row) {
      return new Found(
          row.text("query"),
          row.text("request_id"),
          Codes.MISSING.at(row.number("missing")),
          row.textOrNull("thread_key"),
          row.numberOrNull("reply_to"),
          row.bytes("body"),
          row.instant("accepted_at"),
          row.text("trail"),
          (int) row.number("attempts"),
          (int) (row.number("failures") + row.number("strikes")),
          row.flag("unanswered"),
          row.text("credential"),
          row.text("url"),
          row.text("destination"),
          Codes.TRUST.at(row.number("trust")),
          (int) row.number("probes"),
          row.flag("aside"));
    }
  }

  private Supplier<Next> turn(long seq) {
    var id = new EntryId(lane.id(), seq);
    var found =
        tx.first(TURN, Found::of, bucket, bucket, lane.id(), seq)
            .orElseThrow(() -> new IllegalStateException("entry " + id + " has no credential"));
    var thread = found.replyTo == null ? "" : threadName(found.replyTo);
    if (found.replyTo != null && thread.isEmpty() && found.missing == Missing.FAIL) {
      return () -> new Next.Lost(id, "the thread that it answers was never opened");
    }
    return () -> new Next.Try(turn(id, found, thread));
  }

  /// The real name of the thread that an entry opened; empty: it has none, nor has whoever took its
  /// place.
  private String threadName(long opener) {
    var name = delivered(opener);
    if (name.isPresent()) {
      return name.get();
    }
    var orphans = Strands.orphans(new EntryId(lane.id(), opener));
    return tx.first(Entries.USED, row -> row.number(1), bucket, lane.id(), orphans)
        .flatMap(this::delivered)
        .orElse("");
  }

  private Optional<String> delivered(long seq) {
    return tx.first(Entries.FIND, Entries.Known::of, bucket, lane.id(), seq)
        .filter(known -> known.state() == EntryState.DELIVERED && !known.threadName().isEmpty())
        .map(Entries.Known::threadName);
  }

  private Turn turn(EntryId id, Found found, String thread) {
    var body = found.body;
    if (found.threadKey != null) {
      body = Splice.threadKey(body, found.threadKey);
    } else if (!thread.isEmpty()) {
      body = Splice.threadName(body, thread);
    }
    var url = credentials.open(found.url);
    return new Turn(
        id,
        new Credential(lane, found.credential, url, found.destination),
        body,
        found.query,
        found.requestId,
        found.missing,
        found.attempts,
        found.failures,
        found.unanswered,
        found.trust,
        found.trust == Trust.HELD ? found.probes : 0,
        found.aside,
        found.acceptedAt,
        Trail.parse(found.trail));
  }
}
