package campana.relay.store;

import campana.store.Tx;
import java.time.Instant;
import java.util.List;

/// Strands whose head has failed, and that let others go first.
final class Asides {
  private static final String ADD =
      """
      insert into aside (bucket, lane, strand, seq, retry_at) values (?, ?, ?, ?, ?)
        on conflict (bucket, lane, strand) do update set seq = excluded.seq,
          retry_at = excluded.retry_at\
      """;
  private static final String HAS =
      "select 1 from aside where bucket = ? and lane = ? and strand = ?";
  private static final String DROP =
      "delete from aside where bucket = ? and lane = ? and strand = ?";
  private static final String DROP_HEAD =
      "delete from aside where bucket = ? and lane = ? and strand = ? and seq = ?";
  private static final String ALL =
      "select strand, seq from aside where bucket = ? and lane = ? order by seq";
  private static final String BACK =
      """
      update entry set ready = 0
       where bucket = ? and lane = ? and strand = ? and strand <> seq and state = 0 and ready > 0\
      """;
  private static final String BEGINNING_BACK =
      """
      update entry set ready = 0
       where bucket = ? and lane = ? and seq = ? and strand = seq and state = 0 and ready > 0\
      """;
  private static final String IN_LINE =
      """
      update entry set ready =
          (select case c.trust when 0 then 1 when 1 then 2 else 0 end from credential c
            where c.bucket = ? and c.lane = entry.lane
              and c.credential = entry.credential)\
      """;
  private static final String FORTH =
      IN_LINE + " where bucket = ? and lane = ? and strand = ? and strand <> seq and state = 0";
  private static final String BEGINNING_FORTH =
      IN_LINE + " where bucket = ? and lane = ? and seq = ? and strand = seq and state = 0";
  private static final String COUNT =
      """
      update entry set strikes = strikes + case when failures < ? then failures else ? end,
          failures = 0
       where bucket = ? and lane = ? and seq = ?\
      """;
  private static final String STRIKES =
      "select strikes from entry where bucket = ? and lane = ? and seq = ?";
  private static final String NOTHING =
      "update entry set failures = 0 where bucket = ? and lane = ? and seq = ?";

  private record Aside(long strand, long seq) {}

  private Asides() {}

  static void standBack(Tx tx, LaneRow lane, long seq, long strand, Instant retryAt) {
    if (tx.first(HAS, row -> true, lane.bucket, lane.lane.id(), strand).isEmpty()) {
      lane.asides++;
    }
    tx.update(ADD, lane.bucket, lane.lane.id(), strand, seq, retryAt);
    tx.update(BEGINNING_BACK, lane.bucket, lane.lane.id(), strand);
    tx.update(BACK, lane.bucket, lane.lane.id(), strand);
  }

  /// This strand is in line again.
  static void release(Tx tx, LaneRow lane, long strand) {
    if (lane.asides > 0 && tx.update(DROP, lane.bucket, lane.lane.id(), strand) > 0) {
      lane.asides--;
      forth(tx, lane, strand);
    }
  }

  private static void forth(Tx tx, LaneRow lane, long strand) {
    tx.update(BEGINNING_FORTH, lane.bucket, lane.bucket, lane.lane.id(), strand);
    tx.update(FORTH, lane.bucket, lane.bucket, lane.lane.id(), strand);
  }

  static void releaseAll(Tx tx, LaneRow lane) {
    all(tx, lane).forEach(aside -> release(tx, lane, aside.strand));
  }

  /// An entry waits no longer: if its strand stood back because of it, it does so no more.
  static void gone(Tx tx, LaneRow lane, long strand, long seq) {
    if (lane.asides > 0 && tx.update(DROP_HEAD, lane.bucket, lane.lane.id(), strand, seq) > 0) {
      lane.asides--;
      forth(tx, lane, strand);
    }
  }

  /// Another entry passed: what failed since the last time counts.
  ///
  /// @param atOnce at most so much of it
  /// @return those that have failed `most` times
  static List<Long> count(Tx tx, LaneRow lane, int atOnce, int most) {
    return all(tx, lane).stream()
        .map(Aside::seq)
        .filter(seq -> {
          tx.update(COUNT, atOnce, atOnce, lane.bucket, lane.lane.id(), seq);
          return tx.first(STRIKES, row -> row.number(1), lane.bucket, lane.lane.id(), seq)
                  .orElse(0L)
              >= most;
        })
        .toList();
  }

  /// It was the far side's fault.
  static void nothingCounts(Tx tx, LaneRow lane) {
    all(tx, lane).forEach(aside -> tx.update(NOTHING, lane.bucket, lane.lane.id(), aside.seq));
  }

  private static List<Aside> all(Tx tx, LaneRow lane) {
    return tx.query(
        ALL, row -> new Aside(row.number(1), row.number(2)), lane.bucket, lane.lane.id());
  }
}
