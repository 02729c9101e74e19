package campana.relay.store;

import campana.relay.outbox.Body.Voice;
import campana.relay.outbox.Draft;
import campana.relay.outbox.Enqueued;
import campana.relay.outbox.EntryId;
import campana.relay.outbox.Episode;
import campana.relay.outbox.Episode.Told;
import campana.relay.outbox.Strands;
import campana.relay.outbox.Threading.Apart;
import campana.relay.outbox.Threading.InLine;
import campana.relay.outbox.Threading.Incident;
import campana.relay.outbox.Threading.Keyed;
import campana.relay.outbox.Threading.Missing;
import campana.relay.outbox.Threading.WireKey;
import campana.relay.outbox.Threading.WireName;
import campana.relay.outbox.Threading.WireReply;
import campana.relay.outbox.Trust;
import campana.relay.store.Entries.Heard;
import campana.relay.store.Entries.Place;
import campana.relay.store.Episodes.Kept;
import campana.store.Tx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds the thread that a draft belongs to, within the transaction that stores it.
final class Placing {
  private static final int HASH = 16;

  private final Episodes episodes;

  Placing(Episodes episodes) {
    this.episodes = episodes;
  }

  /// Whether the far side alone can tell what becomes of it, or it is lost already; null: it can be
  /// queued.
  static @Nullable Enqueued objection(Tx tx, LaneRow lane, Draft draft, Trust trust) {
    return switch (draft.threading()) {
      case WireKey(var key, var or) when or == Missing.FAIL -> {
        var opener = Entries.opener(tx, lane, Strands.key(draft.credential(), key));
        var known = opener == 0 ? null : Entries.find(tx, lane, opener);
        yield known != null && known.stands() ? null : new Enqueued.NeedsAttempt(trust);
      }
      case WireName(_, var or) when or == Missing.FAIL -> new Enqueued.NeedsAttempt(trust);
      case WireReply(var opener, var or) when or == Missing.FAIL -> {
        var known = Entries.find(tx, lane, opener.seq());
        yield known != null && known.stands() ? null : new Enqueued.NoThread();
      }
      case WireKey _, WireName _, WireReply _, Apart _, InLine _, Keyed _, Incident _ -> null;
    };
  }

  /// Its place; null: it is not told at all.
  ///
  /// @param seq what its number will be
  @Nullable Place place(Tx tx, LaneRow lane, Wanted wanted, long seq, Instant now) {
    var draft = wanted.draft();
    var credential = draft.credential();
    return switch (draft.threading()) {
      case Apart _ -> alone(seq, Voice.LOUD);
      case InLine _ -> new Place(Strands.inLine(credential), null, 0, seq, Voice.QUIET);
      case Keyed(var key) -> new Place(Strands.key(credential, key), key, 0, seq, Voice.LOUD);
      case Incident incident -> incident(tx, wanted, incident, seq, now);
      case WireName(var name, _) -> new Place(Strands.thread(name), null, 0, seq, Voice.QUIET);
      case WireKey(var key, var or) -> {
        var strand = Strands.key(credential, key);
        var opener = opener(tx, lane, strand, seq, or != Missing.NEW_THREAD, now);
        yield new Place(strand, null, 0, opener, Voice.QUIET);
      }
      case WireReply(var opener, _) -> {
        var known = Entries.find(tx, lane, opener.seq());
        if (known != null && known.stands()) {
          yield new Place(known.strand(), null, opener.seq(), opener.seq(), Voice.QUIET);
        }
        var orphans = Strands.orphans(opener);
        var first = opener(tx, lane, orphans, seq, true, now);
        yield new Place(orphans, null, first == seq ? 0 : first, first, Voice.QUIET);
      }
    };
  }

  private static Place alone(long seq, Voice voice) {
    return new Place(Strands.begunBy(seq), null, 0, seq, voice);
  }

  /// Who opened the thread of this strand: whoever did and stands, else this one.
  ///
  /// @param joins whether this one goes into that thread, or opens another that nobody joins
  private static long opener(
      Tx tx, LaneRow lane, long strand, long seq, boolean joins, Instant now) {
    var before = Entries.opener(tx, lane, strand);
    var known = before == 0 ? null : Entries.find(tx, lane, before);
    if (known == null || !known.stands()) {
      Entries.use(tx, lane, strand, seq, now);
      return seq;
    }
    return joins ? before : seq;
  }

  private @Nullable Place incident(Tx tx, Wanted wanted, Incident event, long seq, Instant now) {
    var draft = wanted.draft();
    var subject = Objects.requireNonNull(wanted.subject());
    var last = episodes.find(tx, subject);
    var before = last == null ? null : last.episode();
    return switch (Episode.tell(before, draft.route(), event, now, wanted.firstKey())) {
      case Told.Dropped() -> null;
      case Told.Alone() -> alone(seq, Voice.QUIET);
      case Told.In(var episode, var voice) -> {
        var strand =
            last != null && last.episode().number() == episode.number()
                ? last.strand(draft.credential())
                : Strands.begunBy(seq);
        episodes.keep(subject, new Kept(episode, draft.title(), strand));
        var heard = new Heard(subject, episode);
        yield new Place(strand, episode.threadKey(), 0, seq, voice, heard);
      }
    };
  }

  /// Long enough that two texts never share it.
  static byte[] hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return Arrays.copyOf(digest.digest(text.getBytes(StandardCharsets.UTF_8)), HASH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  static EntryId id(LaneRow lane, long seq) {
    return new EntryId(lane.lane.id(), seq);
  }
}
