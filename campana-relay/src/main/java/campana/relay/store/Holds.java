package campana.relay.store;

import campana.relay.outbox.Priority;
import campana.relay.outbox.Trust;
import campana.store.Tx;
import java.time.Instant;

/// Credentials that were proven once and are refused now: their queues are kept.
final class Holds {
  private static final String BACK =
      """
      update entry set ready = 0, look_at = case when priority = ? and late < 2 then ? else look_at end
       where bucket = ? and lane = ? and ready in (1, 2) and state = 0 and credential = ?\
      """;
  private static final String FORTH =
      """
      update entry set ready = 2
       where bucket = ? and lane = ? and ready in (0, 1) and state = 0 and credential = ?
         and not exists (select 1 from aside a where a.bucket = ?
                           and a.lane = entry.lane and a.strand = entry.strand)\
      """;
  private static final String DROP_ASIDES =
      """
      delete from aside where bucket = ? and lane = ? and exists
        (select 1 from entry e where e.bucket = ? and e.lane = aside.lane
            and e.seq = aside.seq and e.credential = ?)\
      """;

  private Holds() {}

  /// Its entries stand back until a probe of one is taken; the critical ones are told elsewhere.
  static void hold(
      Tx tx,
      LaneBook book,
      LaneRow lane,
      String credential,
      String why,
      Instant at,
      Instant probeAt) {
    var known = Credentials.find(tx, lane, credential);
    if (known == null) {
      throw new IllegalStateException("no credential " + credential);
    }
    book.touch(lane);
    var held = known.trust() == Trust.HELD;
    var since = held ? known.since() : at;
    Credentials.set(tx, lane, credential, Trust.HELD, since, why, known.probes() + 1, probeAt);
    if (!held) {
      lane.held++;
      lane.asides -= tx.update(DROP_ASIDES, lane.bucket, lane.lane.id(), lane.bucket, credential);
      tx.update(
          BACK, Codes.PRIORITY.of(Priority.CRITICAL), at, lane.bucket, lane.lane.id(), credential);
      if (lane.untoldSince == null) {
        lane.untoldSince = at.toEpochMilli();
      }
    }
  }

  /// It was taken: its entries are in line.
  ///
  /// @param held whether it was held, and not only unproven
  static void release(Tx tx, LaneBook book, LaneRow lane, String credential, boolean held) {
    tx.update(FORTH, lane.bucket, lane.lane.id(), credential, lane.bucket);
    if (held) {
      book.touch(lane);
      lane.held--;
    }
  }
}
