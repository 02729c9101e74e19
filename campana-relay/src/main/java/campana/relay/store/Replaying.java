package campana.relay.store;

import campana.relay.outbox.EntryState;
import campana.relay.outbox.Records.Replayed;
import campana.relay.outbox.Trust;
import campana.store.Row;
import campana.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/// What people change by hand. Everything here runs inside units of work.
final class Replaying {
  private static final String FIND =
      """
      select state, strand, credential, accepted_at, expires_at,
          case when body is null then 1 else 0 end as bodiless
        from entry where bucket = ? and lane = ? and seq = ?\
      """;
  private static final String AGAIN =
      """
      update entry set state = 0, ready = ?, expires_at = ?, look_at = ?, late = 0, failures = 0,
          strikes = 0, done_at = null, reason = ''
       where bucket = ? and lane = ? and seq = ?\
      """;
  private static final String GIVE_UP =
      """
      update entry set state = ?, done_at = ?, reason = 'discarded by hand'
       where bucket = ? and lane = ? and seq = ?\
      """;

  private final LaneBook book;
  private final Leases leases;
  private final Settling settling;
  private final Consumer<LaneRow> wake;

  Replaying(LaneBook book, Leases leases, Settling settling, Consumer<LaneRow> wake) {
    this.book = book;
    this.leases = leases;
    this.settling = settling;
    this.wake = wake;
  }

  private record Found(
      EntryState state,
      long strand,
      String credential,
      Instant acceptedAt,
      Instant expiresAt,
      boolean bodiless) {
    static Found of(Row row) {
      return new Found(
          EntryState.of(row.number("state")),
          row.number("strand"),
          row.text("credential"),
          row.instant("accepted_at"),
          row.instant("expires_at"),
          row.flag("bodiless"));
    }
  }

  /// @param remembered what was accepted before may be forgotten by the far side
  Replayed replay(Tx tx, LaneRow lane, long seq, Instant now, Instant remembered) {
    var found = tx.first(FIND, Found::of, lane.bucket, lane.lane.id(), seq).orElse(null);
    if (found == null || found.bodiless || Credentials.find(tx, lane, found.credential) == null) {
      return new Replayed.Gone();
    }
    return switch (found.state) {
      case WAITING, DELIVERED, FOLDED -> new Replayed.NotDead(found.state);
      case DEAD, EXPIRED, DISCARDED -> {
        var trust = trust(tx, lane, found.credential, now);
        var expires = now.plus(Duration.between(found.acceptedAt, found.expiresAt));
        var ready = Entries.ready(tx, lane, trust, found.strand);
        tx.update(AGAIN, ready, expires, expires, lane.bucket, lane.lane.id(), seq);
        book.comeBack(lane, found.state);
        wake(tx, lane, now);
        yield new Replayed.Waiting(found.acceptedAt.isBefore(remembered));
      }
    };
  }

  /// Who replays wants the far side asked again.
  private static Trust trust(Tx tx, LaneRow lane, String credential, Instant now) {
    var known = Credentials.find(tx, lane, credential);
    if (known == null) {
      throw new IllegalStateException("no credential " + credential);
    }
    if (known.trust() != Trust.REFUSED) {
      return known.trust();
    }
    Credentials.set(tx, lane, credential, Trust.UNPROVEN, now, "", 0, null);
    return Trust.UNPROVEN;
  }

  /// Whoever empties the lane may have chosen already what goes next, and looks again.
  private void wake(Tx tx, LaneRow lane, Instant now) {
    if (lane.waiting == 0 || leases.take(tx, lane.lane, now)) {
      tx.afterCommit(() -> wake.accept(lane));
    }
  }

  boolean discard(Tx tx, LaneRow lane, long seq, Instant now) {
    var found = tx.first(FIND, Found::of, lane.bucket, lane.lane.id(), seq).orElse(null);
    if (found == null) {
      return false;
    }
    return switch (found.state) {
      case WAITING -> {
        var ended = settling.end(tx, lane, seq, EntryState.DISCARDED, "discarded by hand", now);
        wake(tx, lane, now);
        yield ended;
      }
      case DEAD, EXPIRED -> {
        var state = EntryState.DISCARDED;
        tx.update(GIVE_UP, state.number(), now, lane.bucket, lane.lane.id(), seq);
        book.turn(lane, found.state, state);
        yield true;
      }
      case DELIVERED, FOLDED, DISCARDED -> false;
    };
  }

  void pause(Tx tx, LaneRow lane, boolean paused, Instant now) {
    book.touch(lane);
    lane.paused = paused;
    if (paused && lane.untoldSince == null) {
      lane.untoldSince = now.toEpochMilli();
    }
    wake(tx, lane, now);
  }
}
