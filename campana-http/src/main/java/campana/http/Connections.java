package campana.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.Headers;
import io.helidon.http.HttpLogConfig;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// All open connections, and the clock they are measured by.
///
/// Helidon reads and writes without a time-out of its own. Here one thread counts ticks; a
/// connection only notes the tick at which it began to wait, two plain field writes per request,
/// and each tick looks for those that have waited too long. Time that the machine sleeps is not
/// counted, and no request reads a clock.
final class Connections implements ServerConnectionSelector {
  /// How exactly time-outs are kept.
  static final Duration TICK = Duration.ofMillis(250);

  private static final int CROWDED_IDLE = ticks(Duration.ofSeconds(2));

  private final HttpSettings settings;
  private final Http1ConnectionSelector http1;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
  // accepted, and not yet spoken for by a Connection; TLS handshakes are in here
  private final ConcurrentHashMap<SocketAddress, Arrival> arrivals = new ConcurrentHashMap<>();
  private volatile int now;
  private volatile boolean stopping;

  private record Arrival(SocketChannel channel, int since) {}

  Connections(HttpSettings settings) {
    this.settings = settings;
    var limits = settings.limits();
    var config =
        Http1Config.builder()
            .maxPrologueLength(limits.headBytes())
            .maxHeadersSize(limits.headBytes())
            // Real senders put braces, bars and raw UTF-8 into query and path; the router refuses
            // what it does not know, so nothing is gained by refusing these.
            .validatePrologue(false)
            .validatePath(false)
            .sendKeepAliveHeader(false)
            // Helidon's wire log would write URLs, which are secrets here.
            .log(HttpLogConfig.builder().receiveLog(false).sendLog(false).build())
            .addReceiveListener(new RequestEvents())
            .addSendListener(new AnswerEvents())
            .build();
    this.http1 = Http1ConnectionSelector.builder().config(config).build();
  }

  HttpSettings settings() {
    return settings;
  }

  int now() {
    return now;
  }

  boolean stopping() {
    return stopping;
  }

  int count() {
    return open.size();
  }

  static int ticks(Duration duration) {
    return (int) Math.max(1, Math.ceilDiv(duration.toMillis(), TICK.toMillis()));
  }

  /// One round: time goes on by one tick, and those who waited too long are let go.
  void tick() {
    int time = now + 1;
    now = time;
    int head = ticks(settings.patience().head());
    arrivals.forEach((address, arrival) -> {
      if (time - arrival.since > head && arrivals.remove(address, arrival)) {
        Connection.closeQuietly(arrival.channel);
      }
    });
    boolean crowded = open.size() > settings.limits().connections() / 10 * 9;
    int usual = ticks(settings.patience().idle());
    int idle =
        sayingFarewell()
            ? ticks(settings.patience().farewell())
            : crowded ? Math.min(usual, CROWDED_IDLE) : usual;
    open.forEach(connection -> connection.look(time, idle));
    if (stopping) {
      streams.forEach(EventStream::end); // one may have begun to write after it was told to end
      open.forEach(Connection::stopHanging);
    }
  }

  /// From now on nobody is lingered for or left hanging, and no event stream lasts.
  void stop() {
    stopping = true;
    streams.forEach(EventStream::end);
    open.forEach(Connection::stopHanging);
  }

  /// Whether connections are left to end by themselves.
  boolean sayingFarewell() {
    return stopping && settings.patience().farewell().isPositive();
  }

  void opened(EventStream stream) {
    streams.add(stream);
    if (stopping) {
      stream.end();
    }
  }

  void closed(EventStream stream) {
    streams.remove(stream);
  }

  void ended(Connection connection) {
    open.remove(connection);
  }

  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    var arrival = arrivals.remove(context.remotePeer().address());
    var connection =
        new Connection(this, context, arrival == null ? null : arrival.channel, http1::connection);
    open.add(connection);
    return connection;
  }

  /// Options of accepted sockets; the one place where Helidon shows us a channel.
  SocketOptions socketOptions() {
    return new Door(SocketOptions.builder().tcpNoDelay(true).build());
  }

  private final class Door extends ForwardingSocketOptions {
    Door(SocketOptions options) {
      super(options);
    }

    @Override
    public void configureSocket(SocketChannel channel) {
      super.configureSocket(channel);
      var address = remote(channel);
      if (address != null) {
        arrivals.put(address, new Arrival(channel, now));
      }
    }

    private static @Nullable SocketAddress remote(SocketChannel channel) {
      try {
        return channel.getRemoteAddress();
      } catch (java.io.IOException e) {
        return null; // gone already; Helidon finds out itself
      }
    }
  }

  /// Tells a connection how far its request has come.
  private static final class RequestEvents implements Http1ConnectionListener {
    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
      of(context).began(prologue.method());
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
      of(context).headRead(headers);
    }
  }

  /// Tells a connection what its answer is.
  private static final class AnswerEvents implements Http1ConnectionListener {
    @Override
    public void status(ConnectionContext context, Status status) {
      of(context).answering(status);
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
      of(context).answering(headers);
    }
  }

  private static Connection of(ConnectionContext context) {
    return ((WatchedContext) context).connection();
  }
}
