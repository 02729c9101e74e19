package campana.relay.store;

import campana.relay.outbox.Credential;
import campana.relay.outbox.Trust;
import campana.store.Tx;
import java.time.Instant;
import java.util.function.Consumer;

/// A destination's address was changed: its queue goes out under the new one.
final class Adopting {
  private static final String OTHERS =
      """
      select credential, trust from credential
       where bucket = ? and lane = ? and destination = ? and credential <> ?\
      """;
  private static final String TAKE =
      """
      update entry set credential = ?
       where bucket = ? and lane = ? and credential = ? and state = 0 and ready in (0, 1, 2)\
      """;
  private static final String DROP =
      "delete from credential where bucket = ? and lane = ? and credential = ?";

  private final LaneBook book;
  private final Leases leases;
  private final Credentials credentials;
  private final Consumer<LaneRow> wake;

  Adopting(LaneBook book, Leases leases, Credentials credentials, Consumer<LaneRow> wake) {
    this.book = book;
    this.leases = leases;
    this.credentials = credentials;
    this.wake = wake;
  }

  private record Old(String id, boolean held) {}

  void adopt(Tx tx, Credential now, Instant at) {
    var lane = book.find(tx, now.lane().id());
    if (lane == null) {
      return;
    }
    var olds =
        tx.query(
            OTHERS,
            row -> new Old(row.text(1), row.number(2) == Codes.TRUST.of(Trust.HELD)),
            lane.bucket,
            lane.lane.id(),
            now.destination(),
            now.id());
    for (var old : olds) {
      var known = Credentials.find(tx, lane, now.id());
      var trust = Credentials.trust(known, now);
      credentials.keep(tx, lane, known, now, trust, at);
      book.touch(lane);
      tx.update(TAKE, now.id(), lane.bucket, lane.lane.id(), old.id);
      tx.update(DROP, lane.bucket, lane.lane.id(), old.id);
      lane.credentials.remove(old.id);
      lane.held -= old.held ? 1 : 0;
      if (trust == Trust.PROVEN) {
        Holds.release(tx, book, lane, now.id(), false);
      }
      if (lane.waiting > 0 && leases.take(tx, lane.lane, at)) {
        tx.afterCommit(() -> wake.accept(lane));
      }
    }
  }
}
