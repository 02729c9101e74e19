package campana.server.webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentHashMap;

/// When each webhook was used last, kept in memory and written down by rounds, so that a post costs
/// no second write. What a crash loses is at most one round.
final class LastUse {
  private static final int BATCH = 256;

  /// Beyond this many webhooks within one round the time of the others is not noted: bounded memory
  /// matters more.
  private static final int MOST = 200_000;

  private record Key(String spaceId, String id) {}

  private final WebhookStore store;
  private final ConcurrentHashMap<Key, Instant> waiting = new ConcurrentHashMap<>();

  LastUse(WebhookStore store) {
    this.store = store;
  }

  void note(Webhook webhook, Instant when) {
    if (waiting.size() < MOST) {
      waiting.put(new Key(webhook.spaceId(), webhook.id()), when);
    }
  }

  /// One round: writes down what was noted so far, in small transactions that posts can pass.
  void runOnce() {
    var batch = new ArrayList<WebhookStore.Use>(BATCH);
    for (var key : waiting.keySet()) {
      var when = waiting.remove(key);
      if (when != null) {
        batch.add(new WebhookStore.Use(key.spaceId(), key.id(), when));
      }
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
