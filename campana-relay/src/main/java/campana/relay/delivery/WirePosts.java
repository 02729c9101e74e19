package campana.relay.delivery;

import campana.relay.outbox.Draft;

/// Takes posts that were meant for somebody else's server. Thread-safe.
public interface WirePosts {
  /// Queues it, and answers once it is on disk. Two kinds of post wait for the far side besides, at
  /// most 10 s: one of a credential that it has not accepted yet while too many of that credential
  /// wait, and one that wants to be told whether its thread is there where only the far side knows.
  Posted post(Draft draft);
}
