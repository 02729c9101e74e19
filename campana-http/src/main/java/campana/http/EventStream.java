package campana.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Server-sent events to one viewer.
///
/// The handler opens it, sends what the viewer missed, subscribes it to whatever offers events, and
/// then [#run]s it on its own thread until the viewer leaves or the server stops:
///
/// ```java
/// try (var stream = EventStream.open(request, response)) {
///   missedSince(stream.lastEventId()).forEach(stream::send);
///   try (var subscription = feed.subscribe(stream::offer)) {
///     stream.run();
///   }
/// }
/// ```
///
/// [#offer] never blocks. A viewer that falls behind by more than the queue holds is cut off; its
/// browser connects again with `Last-Event-ID` and gets what it missed in one go.
public final class EventStream implements AutoCloseable {
  /// One event; the browser repeats the last id when it connects again.
  ///
  /// @param id a position; empty: none, the browser keeps the one before
  /// @param name what listeners are told by; empty: `message`
  /// @param data any text, several lines too
  public record Event(String id, String name, String data) {
    public Event {
      if (breaksLine(id) || breaksLine(name)) {
        throw new IllegalArgumentException("id and name of an event are single lines");
      }
    }

    private static boolean breaksLine(String text) {
      return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0;
    }
  }

  private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
  private static final HeaderName ACCEL = HeaderNames.create("X-Accel-Buffering");
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int QUEUE = 256;
  private static final Event END = new Event("", "", "");

  private final Connection connection;
  private final Connections connections;
  private final OutputStream out;
  private final Optional<String> lastEventId;
  private final BlockingQueue<Event> queue;
  private final Duration heartbeat;
  private volatile boolean ended;

  private EventStream(
      Connection connection,
      OutputStream out,
      Optional<String> lastEventId,
      Duration heartbeat,
      int queue) {
    this.connection = connection;
    this.connections = connection.owner();
    this.out = out;
    this.lastEventId = lastEventId;
    this.heartbeat = heartbeat;
    this.queue = new ArrayBlockingQueue<>(queue);
  }

  /// Begins the answer; the browser knows from here on that it is connected.
  public static EventStream open(ServerRequest request, ServerResponse response) {
    return open(request, response, HEARTBEAT, QUEUE);
  }

  static EventStream open(
      ServerRequest request, ServerResponse response, Duration heartbeat, int queue) {
    response.header(HeaderNames.CONTENT_TYPE, "text/event-stream; charset=UTF-8");
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    response.header(ACCEL, "no"); // nginx would hold events back
    var lastEventId =
        request.headers().first(LAST_EVENT_ID).map(String::strip).filter(id -> !id.isEmpty());
    var stream =
        new EventStream(
            Connection.CURRENT.get(), response.outputStream(), lastEventId, heartbeat, queue);
    stream.connections.opened(stream);
    stream.write("retry: 1000\n: connected\n\n");
    return stream;
  }

  /// What the browser saw last, when it connects again. It comes from the client: check it.
  public Optional<String> lastEventId() {
    return lastEventId;
  }

  /// Writes an event now, on the handler's thread; blocks while the viewer is slow.
  ///
  /// @throws CloseConnectionException when the viewer has left; let it pass
  public void send(Event event) {
    write(text(event));
  }

  /// Queues an event, from any thread, never blocking.
  ///
  /// @return false if this viewer is gone, or was cut off now because its queue is full
  public boolean offer(Event event) {
    if (ended) {
      return false;
    }
    if (queue.offer(event)) {
      return true;
    }
    ended = true;
    connection.abort();
    return false;
  }

  /// Sends what is offered, and a comment now and then that finds out who has left. Returns when
  /// the server stops, or it was to [#finish].
  ///
  /// @throws CloseConnectionException when the viewer has left; let it pass
  public void run() {
    try {
      while (!ended) {
        var event = queue.poll(heartbeat.toMillis(), TimeUnit.MILLISECONDS);
        if (event == null) {
          write(":\n\n");
        } else if (event.equals(END)) {
          return;
        } else {
          // what waits goes out in one piece
          var text = new StringBuilder(text(event));
          for (var next = queue.peek(); next != null && !next.equals(END); next = queue.peek()) {
            text.append(text(queue.remove()));
          }
          write(text.toString());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server stops
    }
  }

  /// Ends the stream once what was offered so far is sent.
  public void finish() {
    if (!queue.offer(END)) {
      ended = true;
      connection.abort();
    }
  }

  /// Ends the stream from outside: at once, even if the viewer takes nothing.
  void end() {
    ended = true;
    if (!queue.offer(END) || connection.isWriting()) {
      connection.abort();
    }
  }

  /// The viewer is told no more; does not touch the connection.
  @Override
  public void close() {
    ended = true;
    connections.closed(this);
  }

  private void write(String text) {
    try {
      out.write(text.getBytes(UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new CloseConnectionException("the viewer has left", e);
    }
  }

  private static String text(Event event) {
    var text = new StringBuilder(event.data().length() + 64);
    if (!event.id().isEmpty()) {
      text.append("id: ").append(event.id()).append('\n');
    }
    if (!event.name().isEmpty()) {
      text.append("event: ").append(event.name()).append('\n');
    }
    event.data().lines().forEach(line -> text.append("data: ").append(line).append('\n'));
    if (event.data().isEmpty()) {
      text.append("data:\n");
    }
    return text.append('\n').toString();
  }
}
