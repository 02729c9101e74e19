package campana.relay.outbox;

import java.util.List;

/// Takes entries. What it answers is on disk by then.
public interface Outbox {
  /// As [#enqueueAll], for a single trigger.
  default Enqueued enqueue(String route, List<Draft> drafts) {
    return enqueueAll(route, List.of(drafts), List.of());
  }

  /// Stores all that one request says, or nothing of it: the drafts of its triggers, with episodes
  /// and dedup ids, in one transaction. It counts each trigger as received and as duplicate,
  /// filtered, muted or planned.
  ///
  /// @param route for the sums; empty: a post to the proxy, which is no trigger but counted as one
  /// @param triggers each one's drafts, at least one
  /// @param others what becomes of those of its triggers that go nowhere
  /// @return the receipts of all; `Unopened` where none of them goes anywhere
  Enqueued enqueueAll(String route, List<List<Draft>> triggers, List<Fate> others);
}
