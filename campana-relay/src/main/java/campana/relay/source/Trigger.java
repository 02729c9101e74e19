package campana.relay.source;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One event from a source, in the words that all sources share.
///
/// @param source the adapter's name, as `alertmanager`
/// @param identity what makes it this very event
/// @param subjectId what it is about, over all its events; empty: nothing in particular
/// @param title Chat markup, one line
/// @param body Chat markup; may be empty
/// @param facts in the source's order
/// @param links http and https only
/// @param count how many alerts, commits or items it stands for, at least 1
/// @param occurredAt the source's own time, else the arrival's
/// @param raw the body as it was received, for replay and preview
@SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
public record Trigger(
    String source,
    Identity identity,
    String subjectId,
    State state,
    Severity severity,
    String title,
    String body,
    List<Fact> facts,
    List<Link> links,
    int count,
    Instant occurredAt,
    byte[] raw) {
  public Trigger {
    facts = List.copyOf(facts);
    links = List.copyOf(links);
  }

  /// The same id twice within the window is one event.
  ///
  /// @param dedupId empty: every event is a new one
  /// @param window 24 h for ids that the sender keeps over its retries, 2 min for ids that we
  ///   derive
  public record Identity(String dedupId, Duration window) {
    public static final Identity NONE = new Identity("", Duration.ZERO);

    public static Identity kept(String dedupId) {
      return new Identity(dedupId, Duration.ofHours(24));
    }

    public static Identity derived(String dedupId) {
      return new Identity(dedupId, Duration.ofMinutes(2));
    }
  }
}
