package campana.it.proof;

import campana.it.CampanaProcess;
import campana.it.CampanaProcess.NewSpace;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Tools before a relay that may be gone at any moment, or before several: they send one event
/// after the other, each until it is answered, as often as they are let, and write down what was
/// promised.
///
/// Three kinds: alarms of subjects of their own, each with an id, for two spaces at once; plain
/// texts without an id, which nobody sends twice; and posts to the proxy with a key and a
/// requestId.
final class Senders implements AutoCloseable {
  /// Events of one subject, and so of one thread: it fires, two updates, its resolution, and fires
  /// again within the grace time.
  static final int OF_A_SUBJECT = 16;

  private static final List<String> STATES = List.of("firing", "update", "update", "resolved");

  private static final int OF_EACH_KIND = 6;
  private static final int AGAIN = 50; // ms
  private static final String TOKEN = "senders-token";

  private final NewSpace one;
  private final NewSpace two;
  private final NewSpace proxied;
  private final Map<String, Boolean> accepted = new ConcurrentHashMap<>(); // by text
  private final Set<String> cut = ConcurrentHashMap.newKeySet(); // without an id, unanswered
  private final List<String> faults = new ArrayList<>(); // guarded by itself
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final Semaphore allowed = new Semaphore(0);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private volatile List<URI> relays = List.of();
  private volatile boolean flows;
  private volatile boolean over;

  private enum Answer {
    ACCEPTED,
    /// Perhaps stored.
    CUT,
    /// Not stored.
    NOT_TAKEN
  }

  /// @param chat where the messages go in the end; its three spaces are made here
  Senders(CampanaProcess chat) {
    one = chat.space("One");
    two = chat.space("Two");
    proxied = chat.space("Proxied");
  }

  /// The relay's config.
  ///
  /// @param far the chat server, as the relay reaches it
  String config(URI far, String rate) {
    return """
    relay:
      upstream: { url: "%s", rate: %s, allow-private: true }
      destinations:
        one: { webhook: "%s", rate: %s, allow-private: true }
        two: { webhook: "%s", rate: %s, allow-private: true }
      routes:
        alarms:
          source: json
          auth: { bearer: %s }
          to: [one, two]
          text: "{{trigger.title}}"
          map:
            id: /id
            subject: /subject
            title: /title
            state: /state
        texts: { source: text, auth: { bearer: %s }, to: [one], text: "{{trigger.title}}" }
    """
        .formatted(
            far, rate, far.resolve(one.path()), rate, far.resolve(two.path()), rate, TOKEN, TOKEN);
  }

  /// Begins. Each sender waits for [#allow] before each new event.
  void start() {
    for (int i = 0; i < OF_EACH_KIND; i++) {
      var sender = i;
      threads.execute(() -> send(n -> alarm(sender, n)));
      threads.execute(() -> send(n -> text(sender, n)));
      threads.execute(() -> send(n -> post(sender, n)));
    }
  }

  /// An event on its way.
  ///
  /// @param text unique over the whole run
  /// @param repeatable whether it has an id, so that it may be sent again after a cut
  private record Event(String path, String type, String text, String body, boolean repeatable) {
    /// What its sender takes for «not now»; a client of Google's repeats both.
    Set<Integer> refusals() {
      return path.startsWith("/in/") ? Set.of(503) : Set.of(429, 503);
    }
  }

  private interface Events {
    Event at(int number);
  }

  private static Event alarm(int sender, int n) {
    var text = "alarm %d %d".formatted(sender, n);
    var body =
        "{\"id\":\"%s\",\"subject\":\"subject %d %d\",\"title\":\"%s\",\"state\":\"%s\"}"
            .formatted(text, sender, n / OF_A_SUBJECT, text, STATES.get(n % STATES.size()));
    return new Event("/in/alarms", "application/json", text, body, true);
  }

  private static Event text(int sender, int n) {
    var text = "text %d %d".formatted(sender, n);
    return new Event("/in/texts", "text/plain", text, text, false);
  }

  private Event post(int sender, int n) {
    var text = "post %d %d".formatted(sender, n);
    var body = "{\"text\":\"%s\",\"thread\":{\"threadKey\":\"key %d\"}}".formatted(text, sender);
    var query =
        "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD&requestId=" + sender + "-" + n;
    return new Event(proxied.path() + query, "application/json", text, body, true);
  }

  private void send(Events events) {
    try {
      for (int n = 0; ; n++) {
        allowed.acquire();
        if (!sent(events.at(n))) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /// Each attempt at another relay, where there are several.
  ///
  /// @return whether it was answered, or may never be
  private boolean sent(Event event) throws InterruptedException {
    for (var attempt = event.text().hashCode() >>> 1; !over; attempt++) {
      var to = relays;
      switch (to.isEmpty()
          ? Answer.NOT_TAKEN
          : answer(to.get(Math.floorMod(attempt, to.size())), event)) {
        case ACCEPTED -> {
          accepted.put(event.text(), true);
          return true;
        }
        case CUT -> {
          unanswered.incrementAndGet();
          if (!event.repeatable()) {
            cut.add(event.text());
            return true;
          }
        }
        case NOT_TAKEN -> refused.incrementAndGet();
      }
      TimeUnit.MILLISECONDS.sleep(AGAIN);
    }
    return false;
  }

  private Answer answer(URI to, Event event) throws InterruptedException {
    try {
      var answer =
          http.send(
              HttpRequest.newBuilder(to.resolve(event.path()))
                  .timeout(Duration.ofSeconds(20))
                  .header("Content-Type", event.type())
                  .header("Authorization", "Bearer " + TOKEN)
                  .POST(HttpRequest.BodyPublishers.ofString(event.body()))
                  .build(),
              BodyHandlers.ofString());
      if (answer.statusCode() != 200 && !event.refusals().contains(answer.statusCode())) {
        fault(event.text() + ": " + answer.statusCode() + " " + answer.body());
      }
      return answer.statusCode() == 200 ? Answer.ACCEPTED : Answer.NOT_TAKEN;
    } catch (ConnectException e) {
      return Answer.NOT_TAKEN;
    } catch (IOException e) {
      return Answer.CUT;
    }
  }

  private void fault(String what) {
    synchronized (faults) {
      faults.add(what);
    }
  }

  /// Where the relay is from now on.
  void leadTo(URI... addresses) {
    relays = List.of(addresses);
  }

  /// So many events a second, until [#hold]. What is not begun in time is left out.
  void flow(int aSecond) {
    flows = true;
    threads.execute(() -> {
      try {
        while (flows) {
          allowed.release(Math.max(0, 3 * OF_EACH_KIND - allowed.availablePermits()));
          TimeUnit.MILLISECONDS.sleep(3 * OF_EACH_KIND * 1_000 / aSecond);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // closed
      }
    });
  }

  /// So many events more.
  void allow(int more) {
    allowed.release(more);
  }

  /// No new ones for now.
  void hold() {
    flows = false;
    allowed.drainPermits();
  }

  /// Events that were accepted so far.
  int accepted() {
    return accepted.size();
  }

  /// How often an event was answered with an error, or could not be sent.
  int refused() {
    return refused.get();
  }

  /// How often an event was not answered.
  int unanswered() {
    return unanswered.get();
  }

  /// Waits until so many more were accepted, at most the given time.
  void awaitAccepted(int more, Duration atMost) throws InterruptedException {
    var wanted = accepted.size() + more;
    var until = System.nanoTime() + atMost.toNanos();
    while (accepted.size() < wanted && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /// Waits until every event that was begun was answered, and ends.
  Told finish() throws InterruptedException {
    hold();
    var until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (allowed.getQueueLength() < 3 * OF_EACH_KIND && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    if (allowed.getQueueLength() < 3 * OF_EACH_KIND) {
      fault("some events were never answered");
    }
    over = true;
    threads.shutdownNow();
    synchronized (faults) {
      return new Told(one, two, proxied, Set.copyOf(accepted.keySet()), Set.copyOf(cut), faults);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    http.close();
  }
}
