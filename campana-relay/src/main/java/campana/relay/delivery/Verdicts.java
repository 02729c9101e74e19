package campana.relay.delivery;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Tells who waits for it that the far side has answered to a credential, and that it is stored.
/// Thread-safe.
final class Verdicts {
  private final Map<String, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

  /// Completes with the next verdict about this credential.
  CompletableFuture<Void> next(String credential) {
    return waiting.computeIfAbsent(credential, _ -> new CompletableFuture<>());
  }

  void tell(String credential) {
    var future = waiting.remove(credential);
    if (future != null) {
      future.complete(null);
    }
  }
}
