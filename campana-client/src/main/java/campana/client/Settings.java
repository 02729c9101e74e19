package campana.client;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a client was built with. Immutable. */
final class Settings {
  final Exchange exchange;
  final Duration timeout;
  final Duration deadline;
  final long pace;
  final int queue;
  final RetryPolicy retry;
  final ErrorPolicy onError;
  final @Nullable SendListener listener;
  final boolean requestIds;
  final Lanes lanes;
  final Supplier<String> ids;
  final DoubleSupplier unit;

  Settings(WebhookClient.Builder from, Lanes lanes, Supplier<String> ids, DoubleSupplier unit) {
    exchange = from.exchange == null ? Poster.shared()::postAsync : from.exchange;
    timeout = from.timeout;
    deadline = from.deadline;
    pace = from.pace.toNanos();
    queue = from.queue;
    onError = from.onError;
    retry = new RetryPolicy(onError == ErrorPolicy.RETRY ? from.attempts : 1, from.backoff);
    listener = from.listener;
    requestIds = from.requestIds;
    this.lanes = lanes;
    this.ids = ids;
    this.unit = unit;
  }
}
