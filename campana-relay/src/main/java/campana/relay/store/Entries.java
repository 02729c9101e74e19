package campana.relay.store;

import campana.relay.outbox.Body.Voice;
import campana.relay.outbox.Draft;
import campana.relay.outbox.EntryState;
import campana.relay.outbox.Episode;
import campana.relay.outbox.Threading;
import campana.relay.outbox.Threading.Missing;
import campana.relay.outbox.Trust;
import campana.store.Row;
import campana.store.Tx;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The statements of entries that more than one class needs.
final class Entries {
  /// Values of `ready`.
  static final int BACK = 0;

  static final int UNPROVEN = 1;
  static final int TRUSTED = 2;

  private static final String ADD =
      """
      insert into entry (bucket, lane, seq, state, ready, priority, strand, credential, destination,
          route, title, query, request_id, missing, thread_key, reply_to, opener, body, size,
          accepted_at, expires_at, look_at, late, attempts, failures, strikes, unanswered, reason,
          message_name, thread_name, dedup_scope, dedup_id, trail, dedup_until, subject, episode,
          worst, standing, opened_at, closed_at)
        values (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, '',
          '', '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;
  static final String FIND =
      """
      select state, strand, credential, opener, thread_name from entry
       where bucket = ? and lane = ? and seq = ?\
      """;
  static final String USED =
      "select opener from key_use where bucket = ? and lane = ? and strand = ?";
  private static final String USE =
      """
      insert into key_use (bucket, lane, strand, opener, used_at) values (?, ?, ?, ?, ?)
        on conflict (bucket, lane, strand) do update set opener = excluded.opener,
          used_at = excluded.used_at\
      """;
  private static final String ASIDE =
      "select 1 from aside where bucket = ? and lane = ? and strand = ?";

  private Entries() {}

  /// What others need of an entry that went before them.
  record Known(EntryState state, long strand, String credential, long opener, String threadName) {
    static Known of(Row row) {
      return new Known(
          EntryState.of(row.number("state")),
          row.number("strand"),
          row.text("credential"),
          row.number("opener"),
          row.text("thread_name"));
    }

    /// Whether its thread is there, or will be.
    boolean stands() {
      return state == EntryState.WAITING || state == EntryState.DELIVERED;
    }
  }

  static @Nullable Known find(Tx tx, LaneRow lane, long seq) {
    return tx.first(FIND, Known::of, lane.bucket, lane.lane.id(), seq).orElse(null);
  }

  /// Who opened the thread of a strand; 0: nobody has.
  static long opener(Tx tx, LaneRow lane, long strand) {
    return tx.first(USED, row -> row.number(1), lane.bucket, lane.lane.id(), strand).orElse(0L);
  }

  static void use(Tx tx, LaneRow lane, long strand, long opener, Instant now) {
    tx.update(USE, lane.bucket, lane.lane.id(), strand, opener, now);
  }

  /// Where an entry stands in its lane.
  ///
  /// @param threadKey put into its body on sending; null: none
  /// @param replyTo whose thread's name is put into it; 0: nobody's
  /// @param heard null: it is no episode's
  record Place(
      long strand,
      @Nullable String threadKey,
      long replyTo,
      long opener,
      Voice voice,
      @Nullable Heard heard) {
    Place(long strand, @Nullable String threadKey, long replyTo, long opener, Voice voice) {
      this(strand, threadKey, replyTo, opener, voice, null);
    }
  }

  /// The episode as it stands with this entry.
  record Heard(LaterKey subject, Episode episode) {}

  /// An entry to be.
  record New(LaneRow lane, long seq, Wanted wanted, Place place, Trust trust, Times times) {
    Draft draft() {
      return wanted.draft();
    }

    String dedupScope() {
      return wanted.dedup() == null ? "" : draft().dedup().scope();
    }

    @Nullable Instant dedupUntil() {
      return wanted.dedup() == null ? null : times.known.plus(draft().dedup().window());
    }
  }

  static void add(Tx tx, New entry) {
    var lane = entry.lane;
    var draft = entry.draft();
    var place = entry.place;
    var times = entry.times;
    var body = draft.body().in(place.voice());
    var heard = place.heard();
    var episode = heard == null ? null : heard.episode();
    tx.update(
        ADD,
        lane.bucket,
        lane.lane.id(),
        entry.seq,
        ready(tx, lane, entry.trust, place.strand()),
        Codes.PRIORITY.of(draft.priority()),
        place.strand(),
        draft.credential().id(),
        draft.credential().destination(),
        draft.route(),
        draft.title(),
        draft.query(),
        entry.wanted.requestId(),
        Codes.MISSING.of(missing(draft.threading())),
        place.threadKey(),
        place.replyTo() == 0 ? null : place.replyTo(),
        place.opener(),
        body,
        body.length,
        times.accepted(),
        times.expires(),
        times.look(),
        entry.dedupScope(),
        entry.wanted.dedupId(),
        draft.trail().text(),
        entry.dedupUntil(),
        heard == null ? null : heard.subject().hash(),
        episode == null ? null : episode.number(),
        episode == null ? null : Codes.SEVERITY.of(episode.worst()),
        episode == null ? null : episode.standing(),
        episode == null ? null : episode.openedAt(),
        episode == null ? null : episode.closedAt());
  }

  /// @param look when housekeeping has to look at it
  /// @param known since when its dedup id is
  record Times(Instant accepted, Instant expires, Instant look, Instant known) {}

  static int ready(Tx tx, LaneRow lane, Trust trust, long strand) {
    if (lane.asides > 0
        && tx.first(ASIDE, row -> true, lane.bucket, lane.lane.id(), strand).isPresent()) {
      return BACK;
    }
    return ready(trust);
  }

  static int ready(Trust trust) {
    return switch (trust) {
      case PROVEN -> TRUSTED;
      case UNPROVEN -> UNPROVEN;
      case HELD, REFUSED -> BACK;
    };
  }

  static Missing missing(Threading threading) {
    return switch (threading) {
      case Threading.WireKey(_, var or) -> or;
      case Threading.WireName(_, var or) -> or;
      case Threading.WireReply(_, var or) -> or;
      case Threading.Apart _, Threading.InLine _ -> Missing.NEW_THREAD;
      case Threading.Keyed _, Threading.Incident _ -> Missing.FALLBACK;
    };
  }
}
