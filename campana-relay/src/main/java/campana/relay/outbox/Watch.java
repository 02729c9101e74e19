package campana.relay.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// The outbox as those see it who look after it: what expires, what is late, what grows old. Every
/// writing method may throw [Busy].
public interface Watch {
  /// Whether this process is the one that looks after the outbox, for some seconds more: of several
  /// one does.
  boolean ours(Instant now);

  /// What a look found.
  ///
  /// @param untold critical entries that are late or held, and that no fallback has heard of
  /// @param more whether to look again at once
  record Looked(int expired, int late, List<Critical> untold, boolean more) {
    /// What both found.
    public Looked and(Looked other) {
      var all = Stream.concat(untold.stream(), other.untold.stream()).toList();
      return new Looked(expired + other.expired, late + other.late, all, more || other.more);
    }
  }

  /// An entry to be told to a fallback besides.
  ///
  /// @param destination whose it is; empty: the upstream's
  /// @param body without its thread
  @SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
  record Critical(EntryId id, Lane lane, String destination, String title, byte[] body) {}

  /// A lane of which nobody was told yet that it is late, held or paused.
  ///
  /// @param destinations whose entries it has; an empty name: the upstream's
  /// @param held those of them that are refused
  /// @param why the held credentials' reasons
  record Untold(
      Lane lane,
      Instant since,
      boolean paused,
      long waiting,
      List<String> destinations,
      List<String> held,
      List<String> why) {
    /// Whom it is about: where some are refused, the others may be well.
    public List<String> named() {
      return paused || held.isEmpty() ? destinations : held;
    }
  }

  /// Ends what has expired, marks what is late. In parts: see [Looked#more].
  ///
  /// @param alarmAfter an entry that waits longer is late
  Looked look(Instant now, Duration alarmAfter);

  /// Makes what waits for a destination go out under the credential that it has now, where the
  /// config has given it another one in the same lane.
  void adopt(List<Credential> credentials, Instant now);

  List<Untold> untold();

  /// Notes that the lane's fallbacks are told, and takes what they are told, in one transaction.
  ///
  /// @param notices none: there is nobody to tell
  void told(Lane lane, List<Draft> notices, Instant now);

  /// Notes that an entry's fallback is told of it, and takes what it is told.
  void carried(EntryId id, List<Draft> copies, Instant now);

  /// Deletes what is older than these say, in parts, and forgets strangers that were refused.
  ///
  /// @return whether there is more
  boolean tidy(Instant deliveries, Instant deadLetters, Instant bodies, Instant names, Instant now);
}
