package campana.relay.outbox;

import campana.relay.source.Severity;
import campana.relay.source.State;

/// Which thread an entry belongs to: where it is shown, and what it may not overtake.
public sealed interface Threading {
  /// A thread of its own, behind nobody.
  record Apart() implements Threading {}

  /// A key that stays the same, as for a whole route or a day. It is put into the body on sending.
  record Keyed(String key) implements Threading {}

  /// The subject's open episode, or a new one: found out in the transaction. The episode's key is
  /// put into the body on sending.
  ///
  /// @param source as in the trigger
  /// @param subject as in the trigger, not empty
  /// @param standing as in the trigger
  /// @param rules the route's
  record Incident(
      String source,
      String subject,
      State state,
      Severity severity,
      String standing,
      EpisodeRules rules)
      implements Threading {}

  /// A post to the proxy that names no thread: all of a credential are one queue.
  record InLine() implements Threading {}

  /// A post to the proxy with a thread key, which stands in its body or query as it came.
  ///
  /// @param or what the sender wants where the thread is not there
  record WireKey(String key, Missing or) implements Threading {}

  /// A post to the proxy with a real thread's name, which stands in its body as it came.
  record WireName(String name, Missing or) implements Threading {}

  /// A post to the proxy into a thread that we have named ourselves. Its body has no `thread`: the
  /// real name is put in on sending.
  ///
  /// @param opener whose provisional name it is, see [Names]
  record WireReply(EntryId opener, Missing or) implements Threading {}

  /// What to do where the thread is not there.
  enum Missing {
    /// The key is for this message alone: no option was given.
    NEW_THREAD,
    FALLBACK,
    FAIL
  }
}
