package campana.server.webhook;

import java.util.concurrent.atomic.AtomicLong;

/// When one webhook was used last, until a round has written it down. Safe for use by many threads.
public final class LastUse {
  private static final long NONE = Long.MIN_VALUE;

  final String spaceId;
  final String id;
  private final AtomicLong millis = new AtomicLong(NONE);

  public LastUse(String spaceId, String id) {
    this.spaceId = spaceId;
    this.id = id;
  }

  /// @return whether it is the first one since [#take]
  boolean note(long epochMillis) {
    return millis.getAndSet(epochMillis) == NONE;
  }

  long take() {
    return millis.getAndSet(NONE);
  }
}
