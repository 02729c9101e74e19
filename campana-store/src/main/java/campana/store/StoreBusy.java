package campana.store;

import java.time.Duration;

/// Nothing was stored, and trying again later may help: too many units wait, or the disk is full.
public final class StoreBusy extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Duration retryIn;

  StoreBusy(String why, Duration retryIn) {
    super(why, null, false, false); // expected under load: a stack trace would only cost
    this.retryIn = retryIn;
  }

  /// A guess at when it may work again, at least a second.
  public Duration retryIn() {
    return retryIn;
  }
}
