package campana.server.feed;

import campana.server.message.Message;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Tells subscribers of a space what was committed there, in position order. Each subscriber has a
/// bounded queue and a virtual thread of its own; one whose queue is full is let go and may catch
/// up by [campana.server.message.Messages#since]. Telling never waits.
public final class SpaceFeed implements AutoCloseable {
  private static final int QUEUE = 256;

  private final ConcurrentMap<String, List<Subscriber>> spaces = new ConcurrentHashMap<>();

  /// Ends by itself when the subscriber was too slow; closing twice is harmless.
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /// Calls `each` with every message of the space that is committed from now on.
  ///
  /// @param each may block; called by one thread at a time
  public Subscription subscribe(String spaceId, Consumer<Message> each) {
    return subscribe(spaceId, each, () -> {});
  }

  /// The same; calls `letGo` once, after the last message, when `each` was too slow or failed, or
  /// the feed was closed.
  public Subscription subscribe(String spaceId, Consumer<Message> each, Runnable letGo) {
    var subscriber = new Subscriber(spaceId, each, letGo);
    spaces.compute(
        spaceId,
        (_, before) -> {
          var all = before == null ? new CopyOnWriteArrayList<Subscriber>() : before;
          all.add(subscriber);
          return all;
        });
    Thread.ofVirtual().name("feed").start(subscriber::run);
    return subscriber;
  }

  /// Whether anybody would hear of a message in this space.
  public boolean heard(String spaceId) {
    return spaces.containsKey(spaceId);
  }

  /// The spaces of which somebody hears.
  public Set<String> heard() {
    return Set.copyOf(spaces.keySet());
  }

  /// Tells of a committed message. Called in position order; makes the message only where somebody
  /// hears it.
  public void tell(String spaceId, Supplier<Message> message) {
    var subscribers = spaces.get(spaceId);
    if (subscribers != null) {
      var told = message.get();
      subscribers.forEach(subscriber -> subscriber.offer(told));
    }
  }

  private void drop(Subscriber subscriber) {
    spaces.computeIfPresent(
        subscriber.spaceId,
        (_, all) -> {
          all.remove(subscriber);
          return all.isEmpty() ? null : all;
        });
  }

  /// Lets everybody go.
  @Override
  public void close() {
    spaces.values().forEach(all -> all.forEach(Subscriber::letGo));
  }

  private final class Subscriber implements Subscription {
    private final String spaceId;
    private final Consumer<Message> each;
    private final Runnable letGo;
    private final Queue<Message> waiting = new ArrayDeque<>(); // guarded by this, as are the flags
    private boolean ended;
    private boolean left; // by its own wish: then nobody needs to be called

    Subscriber(String spaceId, Consumer<Message> each, Runnable letGo) {
      this.spaceId = spaceId;
      this.each = each;
      this.letGo = letGo;
    }

    synchronized void offer(Message message) {
      if (ended) {
        return;
      }
      if (waiting.size() >= QUEUE) {
        letGo();
        return;
      }
      waiting.add(message);
      notifyAll();
    }

    synchronized void letGo() {
      ended = true;
      waiting.clear(); // a gap is found by position; half a queue would only delay that
      notifyAll();
    }

    private synchronized boolean await() throws InterruptedException {
      while (waiting.isEmpty() && !ended) {
        wait();
      }
      return !ended;
    }

    private synchronized @org.jspecify.annotations.Nullable Message poll() {
      return waiting.poll();
    }

    void run() {
      try {
        while (await()) {
          var message = poll();
          if (message != null) {
            each.accept(message);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        drop(this);
        letGo();
        if (!left()) {
          letGo.run();
        }
      }
    }

    private synchronized boolean left() {
      return left;
    }

    @Override
    public synchronized void close() {
      left = true;
      letGo();
    }
  }
}
