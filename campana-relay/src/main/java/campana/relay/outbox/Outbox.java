package campana.relay.outbox;

import java.util.List;

/// Takes entries. What it answers is on disk by then.
public interface Outbox {
  /// Stores all drafts of one trigger, or none, with episode and dedup ids, in one transaction. It
  /// counts the trigger as received and as duplicate, filtered or planned.
  ///
  /// @param route for the sums; empty: a post to the proxy, which is no trigger but counted as one
  /// @param drafts at least one
  Enqueued enqueue(String route, List<Draft> drafts);

  /// Counts a trigger that goes nowhere.
  ///
  /// @return whether that is on disk
  boolean note(String route, Fate fate);
}
