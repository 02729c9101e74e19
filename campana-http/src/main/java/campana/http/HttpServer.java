package campana.http;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A web server. The routes are Helidon's, and so are request and response in their handlers; what
/// is around them is here: limits, time-outs, errors in the wire's own form, TLS, an orderly stop.
///
/// Thread-safe. Not restartable.
public final class HttpServer implements AutoCloseable {
  private static final Duration TLS_POLL = Duration.ofSeconds(5);

  private final HttpSettings settings;
  private final Connections connections;
  private final @Nullable TlsKeys tls;
  private final WebServer server;
  private final Thread ticker;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// Starts nothing yet.
  ///
  /// @param routes adds the routes; error handlers of its own come before ours
  /// @throws CannotListenException if certificate or key cannot be used
  public HttpServer(HttpSettings settings, Consumer<HttpRouting.Builder> routes) {
    this.settings = settings;
    this.connections = new Connections(settings);
    this.tls = settings.tls().map(TlsKeys::load).orElse(null);
    var routing = HttpRouting.builder();
    routing.addFilter(OriginForm::filter);
    routing.addFilter(this::sayLast);
    routes.accept(routing);
    ErrorAnswers.addTo(routing);
    var builder =
        WebServer.builder()
            .address(resolve(settings.host()))
            .port(settings.port())
            .protocolsDiscoverServices(false)
            .featuresDiscoverServices(false)
            .addConnectionSelector(connections)
            .connectionOptions(connections.socketOptions())
            .maxTcpConnections(settings.limits().connections())
            .maxPayloadSize(settings.limits().bodyBytes())
            .contentEncoding(new BodiesAsTheyCome())
            .directHandlers(ErrorAnswers.direct(settings.limits()))
            .errorHandling(ErrorHandling.builder().includeEntity(true).build())
            .shutdownGracePeriod(settings.patience().grace())
            .idleConnectionTimeout(Duration.ofDays(1)) // ours are finer
            .shutdownHook(false)
            .routing(routing);
    if (tls != null) {
      // Helidon's TLS over channels looks up the client's name in DNS first; over sockets not.
      builder.useNio(false).tls(tls.helidon());
    }
    this.server = builder.build();
    this.ticker = Thread.ofVirtual().name("http-ticker").unstarted(this::tickOn);
  }

  /// Begins to listen; requests are served once this returns.
  ///
  /// @throws CannotListenException if the port is taken or the address is not this machine's
  public void start() {
    probe();
    server.start();
    if (!server.isRunning()) {
      throw new CannotListenException(taken(), new IOException("bind failed"));
    }
    ticker.start();
  }

  /// Where a client on this machine reaches the server, as `http://127.0.0.1:8080`; a host that
  /// means all addresses is told as loopback. Known once started.
  public String address() {
    var host = settings.host();
    var address = resolve(host);
    if (address.isAnyLocalAddress()) {
      host = address.getAddress().length == 4 ? "127.0.0.1" : "::1";
    }
    if (host.indexOf(':') >= 0) {
      host = "[" + host + "]";
    }
    return (tls == null ? "http://" : "https://") + host + ":" + server.port();
  }

  /// Takes changed TLS files now instead of within five seconds. A pair that cannot be used is
  /// logged in one line, and the old one stays.
  ///
  /// @return whether certificate and key on disk are in use now; true without TLS
  public boolean reload() {
    return tls == null || tls.reload();
  }

  /// Open connections at this moment, idle ones included.
  public int connections() {
    return connections.count();
  }

  private void sayLast(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    if (connections.stopping()) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    chain.proceed();
  }

  /// Refuses new connections, ends event streams at once, lets requests under way finish within the
  /// grace, and interrupts what is left. Each answer from now on ends its connection; one without a
  /// request ends after the farewell. Takes under 10 s with the usual patience.
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    connections.stop();
    server.stop();
    ticker.interrupt();
  }

  private void tickOn() {
    int untilPoll = Connections.ticks(TLS_POLL);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(Connections.TICK);
        connections.tick();
        untilPoll--;
        if (tls != null && untilPoll == 0) {
          tls.poll();
          untilPoll = Connections.ticks(TLS_POLL);
        }
      }
    } catch (InterruptedException e) {
      // closed: this thread ends
    }
  }

  /// Helidon logs a failed bind with a stack trace and goes on; an operator needs one line.
  private void probe() {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(resolve(settings.host()), settings.port()));
    } catch (IOException e) {
      var why = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
      if (why.contains("in use")) {
        throw new CannotListenException(taken(), e);
      }
      throw new CannotListenException(
          "Cannot listen at " + settings.host() + " port " + settings.port() + ": " + why, e);
    }
  }

  private String taken() {
    return "Port "
        + settings.port()
        + " at "
        + settings.host()
        + " is taken by another program; stop it, or choose another port (0 takes a free one)";
  }

  private static InetAddress resolve(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new CannotListenException("'" + host + "' is no address of this machine", e);
    }
  }
}
