package campana.server.webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The last uses that wait to be written down by rounds, so that a post costs no second write. What
/// a crash loses is at most one round.
final class LastUses {
  private static final int BATCH = 256;

  /// Beyond this many webhooks within one round the time of the others is not noted: bounded memory
  /// matters more.
  private static final int MOST = 200_000;

  private final Consumer<List<WebhookStore.Use>> write;
  private final ConcurrentLinkedQueue<LastUse> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger(); // waiting.size() would count

  /// @param write one transaction
  LastUses(Consumer<List<WebhookStore.Use>> write) {
    this.write = write;
  }

  void note(LastUse use, Instant when) {
    if (!use.note(when.toEpochMilli())) {
      return; // it waits already, and takes the newer time along
    }
    if (count.incrementAndGet() > MOST) {
      count.decrementAndGet();
      use.drop();
    } else {
      waiting.add(use);
    }
  }

  /// One round: writes down what was noted so far, in small transactions that posts can pass. Rows
  /// that lie together are written together, else each is a page of its own.
  void runOnce() {
    var round = new ArrayList<LastUse>();
    for (var left = count.get(); left > 0; left--) {
      var use = waiting.poll();
      if (use == null) {
        break;
      }
      round.add(use);
    }
    round.sort(LastUse.AS_MADE);
    var done = 0;
    try {
      while (done < round.size()) {
        var part = round.subList(done, Math.min(done + BATCH, round.size()));
        done += part.size();
        count.addAndGet(-part.size());
        write.accept(part.stream().map(LastUse::take).toList());
      }
    } finally {
      waiting.addAll(round.subList(done, round.size())); // the disk is full, say
    }
  }
}
