package campana.relay.store;

import campana.relay.outbox.Attempt;
import campana.relay.outbox.Draft;
import campana.relay.outbox.EntryState;
import campana.relay.outbox.Step;
import campana.relay.outbox.Step.Bury;
import campana.relay.outbox.Step.Doubts;
import campana.relay.outbox.Step.Finish;
import campana.relay.outbox.Step.Hold;
import campana.relay.outbox.Step.Refuse;
import campana.relay.outbox.Step.Retry;
import campana.relay.outbox.Step.StandBack;
import campana.relay.outbox.Step.Wait;
import campana.relay.outbox.Strands;
import campana.relay.outbox.Trust;
import campana.relay.store.Entries.New;
import campana.relay.store.Entries.Times;
import campana.relay.store.LaneBook.Counted;
import campana.store.Row;
import campana.store.Tx;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is written after an attempt. Everything here runs inside units of work.
final class Settling {
  /// An entry that failed this often while others passed is a dead letter.
  static final int MOST_STRIKES = 20;

  /// At most so much of what failed is held against an entry by one delivery of another.
  private static final int AT_ONCE = 5;

  private static final String FIND =
      """
      select strand, credential, late, attempts, strikes, reply_to, dedup_scope, dedup_id from entry
       where bucket = ? and lane = ? and seq = ? and state = 0\
      """;
  private static final String TRIED =
      """
      update entry set attempts = attempts + 1, failures = failures + ?,
          unanswered = case when ? = 1 then 1 else unanswered end, reason = ?
       where bucket = ? and lane = ? and seq = ?\
      """;
  private static final String ATTEMPT =
      """
      insert into attempt (bucket, lane, seq, slot, number, status, reason, started_at, ended_at,
          answer) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (bucket, lane, seq, slot) do update set number = excluded.number,
          status = excluded.status, reason = excluded.reason, started_at = excluded.started_at,
          ended_at = excluded.ended_at, answer = excluded.answer\
      """;
  private static final String DONE =
      """
      update entry set state = ?, done_at = ?, reason = ?, message_name = ?, thread_name = ?
       where bucket = ? and lane = ? and seq = ?\
      """;
  private static final String OF_CREDENTIAL =
      """
      select seq from entry where bucket = ? and lane = ? and ready < 2 and state = 0
         and credential = ?\
      """;

  private final LaneBook book;
  private final Credentials credentials;
  private final Filing filing;
  private final Placing placing;

  Settling(LaneBook book, Credentials credentials, Filing filing) {
    this.book = book;
    this.credentials = credentials;
    this.filing = filing;
    this.placing = new Placing(filing.episodes());
  }

  private record Waiting(
      long strand,
      String credential,
      boolean late,
      int attempts,
      @Nullable Long replyTo,
      String dedupScope,
      byte @Nullable [] dedupId) {
    static Waiting of(Row row) {
      return new Waiting(
          row.number("strand"),
          row.text("credential"),
          row.flag("late"),
          (int) row.number("attempts"),
          row.numberOrNull("reply_to"),
          row.text("dedup_scope"),
          row.bytesOrNull(8));
    }
  }

  private static @Nullable Waiting find(Tx tx, LaneRow lane, long seq) {
    return tx.first(FIND, Waiting::of, lane.bucket, lane.lane.id(), seq).orElse(null);
  }

  void settle(Tx tx, LaneRow lane, long seq, Attempt attempt, Step step) {
    var entry = find(tx, lane, seq);
    book.touch(lane);
    if (entry == null) {
      return; // somebody discarded it meanwhile
    }
    keep(tx, lane, seq, entry.attempts + 1, attempt);
    var at = attempt.endedAt();
    switch (step) {
      case Finish finish -> {
        tried(tx, lane, seq, 0, false, "");
        finish(tx, lane, seq, entry, finish, at);
      }
      case Wait() -> tried(tx, lane, seq, 0, false, attempt.answer().reason());
      case Retry(var unanswered) -> tried(tx, lane, seq, 1, unanswered, attempt.answer().reason());
      case StandBack(var unanswered, var retryAt, var down) -> {
        tried(tx, lane, seq, 1, unanswered, attempt.answer().reason());
        Asides.standBack(tx, lane, seq, entry.strand, retryAt);
        if (down) {
          Asides.nothingCounts(tx, lane);
        }
      }
      case Bury(var why) -> {
        tried(tx, lane, seq, 0, false, why);
        end(tx, lane, seq, entry, EntryState.DEAD, why, at);
      }
      case Hold(var why, var probeAt) -> {
        tried(tx, lane, seq, 0, false, why);
        Holds.hold(tx, book, lane, entry.credential, why, at, probeAt);
      }
      case Refuse(var why) -> {
        tried(tx, lane, seq, 0, false, why);
        refuse(tx, lane, entry.credential, why, at);
      }
    }
  }

  private static void keep(Tx tx, LaneRow lane, long seq, int number, Attempt attempt) {
    var answer = attempt.answer();
    tx.update(
        ATTEMPT,
        lane.bucket,
        lane.lane.id(),
        seq,
        slot(number),
        number,
        answer.status(),
        answer.reason(),
        attempt.startedAt(),
        attempt.endedAt(),
        answer.body());
  }

  /// The first five attempts are kept, and the last fifteen.
  static int slot(int number) {
    return number <= 5 ? number : 6 + (number - 6) % 15;
  }

  private static void tried(
      Tx tx, LaneRow lane, long seq, int failures, boolean unanswered, String reason) {
    tx.update(TRIED, failures, unanswered, reason, lane.bucket, lane.lane.id(), seq);
  }

  private void finish(Tx tx, LaneRow lane, long seq, Waiting entry, Finish finish, Instant at) {
    done(tx, lane, seq, EntryState.DELIVERED, at, "", finish);
    book.leave(lane, EntryState.DELIVERED, entry.late);
    Asides.release(tx, lane, entry.strand);
    if (entry.replyTo != null) {
      takePlace(tx, lane, seq, entry.replyTo, at);
    }
    proven(tx, lane, entry.credential, at);
    if (lane.asides > 0) {
      if (finish.doubts() == Doubts.FORGIVE) {
        Asides.nothingCounts(tx, lane);
        Asides.releaseAll(tx, lane);
      } else {
        for (var dead : Asides.count(tx, lane, AT_ONCE, MOST_STRIKES)) {
          bury(tx, lane, dead, "it failed " + MOST_STRIKES + " times while others passed", at);
        }
      }
    }
  }

  /// An answer to a thread that was never opened has opened one: further ones go there.
  private static void takePlace(Tx tx, LaneRow lane, long seq, long opener, Instant at) {
    var before = Entries.find(tx, lane, opener);
    var orphans = Strands.orphans(Placing.id(lane, opener));
    if ((before == null || before.state() != EntryState.DELIVERED)
        && Entries.opener(tx, lane, orphans) == 0) {
      Entries.use(tx, lane, orphans, seq, at);
    }
  }

  private void proven(Tx tx, LaneRow lane, String credential, Instant at) {
    var known = Credentials.find(tx, lane, credential);
    book.prove(lane);
    if (known != null && known.trust() != Trust.PROVEN) {
      Credentials.set(tx, lane, credential, Trust.PROVEN, at, "", 0, null);
      Holds.release(tx, book, lane, credential, known.trust() == Trust.HELD);
    }
  }

  /// The credential's entries are dead letters.
  private void refuse(Tx tx, LaneRow lane, String credential, String why, Instant at) {
    Credentials.set(tx, lane, credential, Trust.REFUSED, at, why, 0, null);
    var all =
        tx.query(OF_CREDENTIAL, row -> row.number(1), lane.bucket, lane.lane.id(), credential);
    all.forEach(seq -> bury(tx, lane, seq, why, at));
  }

  /// Makes a dead letter of one that waits.
  void bury(Tx tx, LaneRow lane, long seq, String why, Instant at) {
    end(tx, lane, seq, EntryState.DEAD, why, at);
  }

  /// Ends the wait of one, if it waits.
  ///
  /// @param state DEAD, EXPIRED or DISCARDED
  /// @return whether it waited
  boolean end(Tx tx, LaneRow lane, long seq, EntryState state, String why, Instant at) {
    var entry = find(tx, lane, seq);
    if (entry != null) {
      end(tx, lane, seq, entry, state, why, at);
    }
    return entry != null;
  }

  private void end(
      Tx tx, LaneRow lane, long seq, Waiting entry, EntryState state, String why, Instant at) {
    done(tx, lane, seq, state, at, why, new Finish("", "", Doubts.COUNT));
    book.leave(lane, state, entry.late);
    Asides.gone(tx, lane, entry.strand, seq);
    if (entry.dedupId != null) {
      filing.dedups().forget(tx, lane, entry.dedupScope, entry.dedupId, seq);
    }
  }

  private static void done(
      Tx tx, LaneRow lane, long seq, EntryState state, Instant at, String why, Finish names) {
    tx.update(
        DONE,
        state.number(),
        at,
        why,
        names.messageName(),
        names.threadName(),
        lane.bucket,
        lane.lane.id(),
        seq);
  }

  /// After an attempt that its sender waited for.
  void record(Tx tx, Draft draft, String requestId, Attempt attempt, Step step) {
    var lane = book.rowOrNew(tx, draft.credential().lane());
    book.touch(lane);
    var at = attempt.endedAt();
    lane.answered(attempt);
    var credential = draft.credential();
    var known = Credentials.find(tx, lane, credential.id());
    var trust = Credentials.trust(known, credential);
    switch (step) {
      case Finish finish -> {
        var wanted = Wanted.of(draft, requestId, at);
        if (filing.dedups().first(tx, lane, wanted, at) != null) {
          book.count(draft.route(), Counted.DUPLICATE); // its sender lost patience and tried again
          return;
        }
        var seq = lane.lastSeq + 1;
        var place = placing.place(tx, lane, wanted, seq, at);
        if (place == null) {
          return;
        }
        credentials.keep(tx, lane, known, credential, trust, at);
        var times = new Times(attempt.startedAt(), at.plus(draft.keepTrying()), at, at);
        var entry = new New(lane, seq, wanted, place, trust, times);
        Entries.add(tx, entry);
        filing.added(entry);
        lane.lastSeq = seq;
        book.accept(lane);
        book.count(draft.route(), Counted.PLANNED);
        settle(tx, lane, seq, attempt, finish);
      }
      case Hold(var why, var probeAt) -> {
        credentials.keep(tx, lane, known, credential, trust, at);
        Holds.hold(tx, book, lane, credential.id(), why, at, probeAt);
      }
      case Refuse(var why) -> {
        credentials.keep(tx, lane, known, credential, trust, at);
        refuse(tx, lane, credential.id(), why, at);
      }
      case Wait _, Retry _, StandBack _, Bury _ -> {}
    }
  }
}
