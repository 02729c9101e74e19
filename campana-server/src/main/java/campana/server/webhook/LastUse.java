package campana.server.webhook;

import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;

/// When one webhook was used last, until a round has written it down. Safe for use by many threads.
public final class LastUse {
  private static final long NONE = Long.MIN_VALUE;

  /// As a table that rows are appended to has them.
  static final Comparator<LastUse> AS_MADE =
      Comparator.<LastUse>comparingLong(use -> use.created)
          .thenComparing(use -> use.spaceId)
          .thenComparing(use -> use.id);

  private final String spaceId;
  private final String id;
  private final long created;
  private final AtomicLong millis = new AtomicLong(NONE);

  public LastUse(Webhook webhook) {
    this.spaceId = webhook.spaceId();
    this.id = webhook.id();
    this.created = webhook.createTime().toEpochMilli();
  }

  /// @return whether it is the first one since [#take]
  boolean note(long epochMillis) {
    return millis.getAndSet(epochMillis) == NONE;
  }

  WebhookStore.Use take() {
    return new WebhookStore.Use(spaceId, id, Instant.ofEpochMilli(millis.getAndSet(NONE)));
  }

  /// It is not written down: the next use waits again.
  void drop() {
    millis.set(NONE);
  }
}
