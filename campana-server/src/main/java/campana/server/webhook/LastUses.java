package campana.server.webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// The last uses that wait to be written down by rounds, so that a post costs no second write. What
/// a crash loses is at most one round.
final class LastUses {
  private static final int BATCH = 256;

  /// Beyond this many webhooks within one round the time of the others is not noted: bounded memory
  /// matters more.
  private static final int MOST = 200_000;

  private final WebhookStore store;
  private final ConcurrentLinkedQueue<LastUse> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger(); // waiting.size() would count

  LastUses(WebhookStore store) {
    this.store = store;
  }

  void note(LastUse use, Instant when) {
    if (!use.note(when.toEpochMilli())) {
      return; // it waits already, and takes the newer time along
    }
    if (count.incrementAndGet() > MOST) {
      count.decrementAndGet();
      use.take();
    } else {
      waiting.add(use);
    }
  }

  /// One round: writes down what was noted so far, in small transactions that posts can pass.
  void runOnce() {
    var batch = new ArrayList<WebhookStore.Use>(BATCH);
    for (var left = count.get(); left > 0; left--) {
      var use = waiting.poll();
      if (use == null) {
        break;
      }
      count.decrementAndGet();
      var when = Instant.ofEpochMilli(use.take());
      batch.add(new WebhookStore.Use(use.spaceId, use.id, when));
      if (batch.size() == BATCH) {
        store.used(batch);
        batch = new ArrayList<>(BATCH);
      }
    }
    if (!batch.isEmpty()) {
      store.used(batch);
    }
  }
}
