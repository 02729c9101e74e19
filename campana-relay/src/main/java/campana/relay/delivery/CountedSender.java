package campana.relay.delivery;

import campana.relay.outbox.Outcome;
import campana.relay.outbox.Turn;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// Counts attempts by what came of them, since the start. Thread-safe.
final class CountedSender implements Sender {
  private static final String DELIVERED = "delivered";
  private static final String QUOTA = "quota";
  private static final String FAILED = "failed";
  private static final String DENIED = "denied";
  private static final String REJECTED = "rejected";

  private final Sender sender;
  private final Map<String, LongAdder> counts = new LinkedHashMap<>(); // its keys never change

  CountedSender(Sender sender) {
    this.sender = sender;
    for (var outcome : new String[] {DELIVERED, QUOTA, FAILED, DENIED, REJECTED}) {
      counts.put(outcome, new LongAdder());
    }
  }

  @Override
  public Outcome send(Turn turn) {
    var outcome = sender.send(turn);
    Objects.requireNonNull(counts.get(word(outcome))).increment();
    return outcome;
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Delivered _ -> DELIVERED;
      case Outcome.Throttled _ -> QUOTA;
      case Outcome.Later _ -> FAILED;
      case Outcome.Denied _ -> DENIED;
      case Outcome.Rejected _, Outcome.Taken _ -> REJECTED;
    };
  }

  /// How many of each, in a steady order.
  Map<String, Long> counts() {
    var now = new LinkedHashMap<String, Long>();
    counts.forEach((outcome, count) -> now.put(outcome, count.sum()));
    return now;
  }
}
