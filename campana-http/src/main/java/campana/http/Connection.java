package campana.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One connection around Helidon's own: knows what it waits for and since when, makes HTTP/1.0
/// speakable, and closes so that the last answer arrives.
///
/// Everything is done by the connection's own thread, save [#look] and [#abort]; what those touch
/// is volatile.
final class Connection implements ServerConnection, InterruptableTask<@Nullable Void> {
  /// Bound while the connection's thread runs, so handlers find theirs.
  static final ScopedValue<Connection> CURRENT = ScopedValue.newInstance();

  /// What a read would wait for.
  private enum Phase {
    IDLE,
    HEAD,
    HANDLED,
    BODY,
    HANG,
    LINGER
  }

  private static final int LINGER_TICKS = Connections.ticks(Duration.ofSeconds(2));
  private static final long LINGER_BYTES = 16L * 1024 * 1024;
  private static final int NOT_WRITING = -1;

  private final Connections owner;
  private final ConnectionContext context;
  private final @Nullable SocketChannel channel;
  private final WatchedContext watched;
  private final ServerConnection http1;
  private final long bodyLimit;

  private volatile Phase phase = Phase.IDLE;
  private volatile int since;
  private volatile boolean reading;
  private volatile int writingSince = NOT_WRITING;
  private volatile boolean late;
  private volatile boolean aborted;
  private volatile int hangTicks;

  private @Nullable FirstRequest first = new FirstRequest();
  private @Nullable AnswerShape shape;
  private boolean old;
  private boolean ended;
  private boolean refused;
  private boolean last;
  private long taken;

  Connection(
      Connections owner,
      ConnectionContext context,
      @Nullable SocketChannel channel,
      Function<ConnectionContext, ServerConnection> http1) {
    this.owner = owner;
    this.context = context;
    this.channel = channel;
    // small chunks cost up to six bytes each
    this.bodyLimit = 6L * owner.settings().limits().bodyBytes();
    this.since = owner.now();
    this.watched = new WatchedContext(context, this);
    this.http1 = http1.apply(watched);
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    try {
      ScopedValue.where(CURRENT, this)
          .<@Nullable Void, InterruptedException>call(() -> {
            http1.handle(limit);
            return null;
          });
    } finally {
      linger();
      owner.ended(this);
    }
  }

  /// The next bytes, or null at the end of a body that is not whole.
  byte @Nullable [] read() {
    if (phase == Phase.HANDLED) {
      enter(Phase.BODY); // a handler that was busy first does not count against the client
    }
    byte[] bytes = receive();
    if (bytes == null) {
      if (phase != Phase.BODY) {
        throw new CloseConnectionException("the client has ended the connection");
      }
      return null;
    }
    if (phase == Phase.IDLE) {
      shape = null;
      enter(Phase.HEAD);
    }
    taken += bytes.length;
    if (taken > bodyLimit) {
      throw new CloseConnectionException("the client sends without end");
    }
    return first == null ? bytes : firstBytes(first, bytes);
  }

  private byte @Nullable [] receive() {
    if (ended || late) {
      return null;
    }
    reading = true;
    byte[] bytes;
    try {
      bytes = context.serverSocket().get();
    } catch (UncheckedIOException e) {
      throw new ServerConnectionException("cannot read from the client", e);
    } finally {
      reading = false;
    }
    if (bytes == null || late) {
      ended = !late;
      return null;
    }
    return bytes;
  }

  /// Waits until it is known which HTTP the client speaks; an HTTP/1.0 head comes out as HTTP/1.1.
  private byte[] firstBytes(FirstRequest request, byte[] bytes) {
    int limit = owner.settings().limits().headBytes();
    while (true) {
      var ready = request.add(bytes, limit, context.localPeer());
      if (ready != null) {
        first = null;
        old = request.old();
        return ready;
      }
      var more = receive();
      if (more == null) {
        throw new CloseConnectionException("the client left within its first request");
      }
      bytes = more;
    }
  }

  void began(Method method) {
    boolean head = method.equals(Method.HEAD);
    shape = old || head ? new AnswerShape(old, head) : null;
  }

  void headRead(Headers headers) {
    last = closes(headers);
    taken = 0;
    enter(Phase.HANDLED);
  }

  void answering(Status status) {
    refused = status.code() >= 400;
  }

  /// Helidon says `Connection: close` and then waits for the client to do it; we do it ourselves.
  void answering(Headers headers) {
    // before the head is read Helidon leaves by itself, and would interrupt this very thread here
    if (phase != Phase.IDLE && phase != Phase.HEAD && (last || closes(headers))) {
      http1.close(false);
    }
  }

  private static boolean closes(Headers headers) {
    return headers.contains(HeaderNames.CONNECTION)
        && headers.containsToken(HeaderValues.CONNECTION_CLOSE);
  }

  BufferData shape(BufferData buffer) {
    return shape == null ? buffer : shape.apply(buffer);
  }

  void writing() {
    writingSince = owner.now();
  }

  void written() {
    writingSince = NOT_WRITING;
    taken = 0;
    enter(Phase.IDLE);
  }

  private void enter(Phase next) {
    since = owner.now();
    phase = next;
  }

  Connections owner() {
    return owner;
  }

  /// Whether a write is under way, perhaps to a client that takes nothing.
  boolean isWriting() {
    return writingSince != NOT_WRITING;
  }

  /// Whether the client was given up because it took too long.
  boolean late() {
    return late;
  }

  /// Called at each tick by another thread.
  ///
  /// @param idle how many ticks it may wait for its next request at the moment
  void look(int time, int idle) {
    var patience = owner.settings().patience();
    if (reading) {
      int limit =
          switch (phase) {
            case IDLE -> idle;
            case HEAD, HANDLED -> Connections.ticks(patience.head());
            case BODY -> Connections.ticks(patience.body());
            case HANG -> hangTicks;
            case LINGER -> LINGER_TICKS;
          };
      if (time - since > limit) {
        late = true;
        endInput();
      }
    }
    int writes = writingSince;
    if (writes != NOT_WRITING && time - writes > Connections.ticks(patience.write())) {
      abort();
    }
  }

  /// Ends the connection at once, whatever it does. Any thread may call this.
  void abort() {
    aborted = true;
    if (channel != null) {
      closeQuietly(channel);
    } else {
      context.serverSocket().close();
    }
  }

  /// Says nothing until the client leaves, the server stops or `longest` is over; then ends the
  /// connection. What the client sends meanwhile is dropped.
  void hang(Duration longest) {
    hangTicks = Connections.ticks(longest);
    enter(Phase.HANG);
    try {
      while (!owner.stopping() && receive() != null) {
        // only a read finds out that the client has left
      }
    } catch (ServerConnectionException e) {
      // left, and not politely
    } finally {
      abort();
    }
  }

  /// Lets go of a client that [#hang] holds. Any thread may call this.
  void stopHanging() {
    if (phase == Phase.HANG) {
      endInput();
    }
  }

  /// Ends the connection so that the client sees it reset, and no orderly end.
  void reset() {
    if (channel != null) {
      try {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0); // close then sends RST
      } catch (IOException e) {
        // gone already
      }
    }
    abort();
  }

  /// A read under way sees the end of the stream; an answer can still be written.
  private void endInput() {
    if (channel == null) {
      abort();
      return;
    }
    try {
      channel.shutdownInput();
    } catch (IOException e) {
      closeQuietly(channel);
    }
  }

  /// A socket closed with unread bytes in it resets the connection, and the client may lose the
  /// answer that tells what was wrong. So: end our half, and read on for a moment.
  private void linger() {
    if (ended || late || aborted || owner.stopping() || channel == null) {
      return;
    }
    if (context.isSecure() && !refused) {
      return; // such a client may wait for the close_notify that only closing sends
    }
    taken = 0;
    enter(Phase.LINGER);
    try {
      if (!context.isSecure()) {
        channel.shutdownOutput();
      }
      byte[] bytes;
      do {
        bytes = receive();
        taken += bytes == null ? 0 : bytes.length;
      } while (bytes != null && taken < LINGER_BYTES);
    } catch (IOException | ServerConnectionException e) {
      // gone already
    }
  }

  static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // closed is what we want
    }
  }

  /// Never while farewell is said: the next request may be on its way here, or half read.
  @Override
  public boolean canInterrupt() {
    return phase == Phase.LINGER
        || (!owner.sayingFarewell()
            && http1 instanceof InterruptableTask<?> task
            && task.canInterrupt());
  }

  @Override
  public Duration idleTime() {
    return http1.idleTime();
  }

  @Override
  public void close(boolean interrupt) {
    if (interrupt || !owner.sayingFarewell()) {
      http1.close(interrupt);
    }
  }
}
