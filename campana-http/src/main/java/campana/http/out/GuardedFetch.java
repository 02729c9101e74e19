package campana.http.out;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Gets what a URL names, as long as [OutgoingGuard] has nothing against the address behind it.
///
/// Java's own HTTP client looks names up itself, a second time after any check, so a small one of
/// ours connects to the very address that was checked; TLS still names and verifies the host.
/// Thread-safe.
public final class GuardedFetch implements AutoCloseable {
  /// How much one fetch may take.
  public record Limits(Duration timeout, int bytes, int redirects) {
    /// 5 s, 2 MiB, 3 redirects.
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(5), 2 * 1024 * 1024, 3);
  }

  /// Looks a name up.
  interface Resolver {
    List<InetAddress> resolve(String host) throws UnknownHostException;
  }

  private static final int THREADS = 8;

  private final OutgoingGuard guard;
  private final Limits limits;
  private final Resolver resolver;
  private final SSLSocketFactory tls;
  private final ExecutorService threads;

  public GuardedFetch(OutgoingGuard guard, Limits limits) {
    this(
        guard,
        limits,
        host -> List.of(InetAddress.getAllByName(host)),
        (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  GuardedFetch(OutgoingGuard guard, Limits limits, Resolver resolver, SSLSocketFactory tls) {
    this.guard = guard;
    this.limits = limits;
    this.resolver = resolver;
    this.tls = tls;
    this.threads =
        new ThreadPoolExecutor(
            0,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("fetch-", 0).factory());
  }

  /// Gets a URL, following redirects. Blocks no longer than the time-out.
  ///
  /// @param accept what kinds of content are wanted, as `image/png, image/*`
  public Fetched get(URI url, String accept) {
    var socket = new AtomicReference<@Nullable Socket>();
    var aborted = new Aborted(socket);
    try {
      var result = threads.submit(() -> follow(url, accept, aborted));
      try {
        return result.get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        result.cancel(true);
        aborted.now();
        return new Fetched.TimedOut(limits.timeout());
      } catch (InterruptedException e) {
        result.cancel(true);
        aborted.now();
        Thread.currentThread().interrupt();
        return new Fetched.Unreachable("interrupted");
      } catch (ExecutionException e) {
        throw new IllegalStateException("fetching from " + Fetched.host(url), e.getCause());
      }
    } catch (RejectedExecutionException e) {
      return new Fetched.Unreachable("too many fetches at once");
    }
  }

  /// No further fetch; those under way end with their time-out.
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private Fetched follow(URI first, String accept, Aborted aborted) {
    var url = first;
    for (int hop = 0; hop <= limits.redirects(); hop++) {
      switch (step(url, accept, aborted)) {
        case Step.Done(var fetched) -> {
          return fetched;
        }
        case Step.Redirect(var next) -> url = next;
      }
    }
    return new Fetched.Refused("more than " + limits.redirects() + " redirects");
  }

  private sealed interface Step {
    record Done(Fetched fetched) implements Step {}

    record Redirect(URI to) implements Step {}
  }

  private Step step(URI url, String accept, Aborted aborted) {
    var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    var host = url.getHost();
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return done(new Fetched.Refused("only http and https are fetched"));
    }
    if (host == null || url.getRawUserInfo() != null) {
      return done(new Fetched.Refused("a URL needs a host, and no user name before it"));
    }
    boolean secure = scheme.equals("https");
    int port = url.getPort() < 0 ? (secure ? 443 : 80) : url.getPort();
    try {
      var addresses = resolver.resolve(host);
      // one bad address among good ones is somebody trying
      for (var address : addresses) {
        var objection = guard.objection(address);
        if (objection.isPresent()) {
          return done(new Fetched.Refused(host + " " + objection.get()));
        }
      }
      try (var socket = connect(addresses, port, aborted)) {
        socket.setSoTimeout((int) limits.timeout().toMillis());
        if (!secure) {
          return exchange(url, socket, accept);
        }
        try (var encrypted = handshake(socket, host, port)) {
          return exchange(url, encrypted, accept);
        }
      }
    } catch (UnknownHostException e) {
      return done(new Fetched.Unreachable(host + " is not known"));
    } catch (SSLException e) {
      return done(new Fetched.Unreachable(host + " shows no certificate that fits it"));
    } catch (SocketTimeoutException e) { // the socket's own time, a moment before ours
      return done(new Fetched.TimedOut(limits.timeout()));
    } catch (IOException e) {
      return done(new Fetched.Unreachable(host + " cannot be reached, or speaks no HTTP"));
    }
  }

  private static Step done(Fetched fetched) {
    return new Step.Done(fetched);
  }

  /// The first address that answers; the socket is known to `aborted` before it blocks.
  private Socket connect(List<InetAddress> addresses, int port, Aborted aborted)
      throws IOException {
    IOException last = null;
    for (var address : addresses) {
      var socket = new Socket();
      aborted.watch(socket);
      try {
        // half of the time for a dead first address leaves half for the next
        int wait = (int) limits.timeout().toMillis() / (addresses.size() > 1 ? 2 : 1);
        socket.connect(new InetSocketAddress(address, port), wait);
        return socket;
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw last == null ? new UnknownHostException() : last;
  }

  private SSLSocket handshake(Socket socket, String host, int port) throws IOException {
    var name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    var encrypted = (SSLSocket) tls.createSocket(socket, name, port, true);
    var parameters = encrypted.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    encrypted.setSSLParameters(parameters);
    encrypted.startHandshake();
    return encrypted;
  }

  private Step exchange(URI url, Socket socket, String accept) throws IOException {
    var exchange = new Exchange(socket, limits.bytes());
    exchange.ask(url, accept);
    var head = exchange.head();
    var location = head.header("location");
    if (head.isRedirect() && location != null) {
      try {
        return new Step.Redirect(url.resolve(new URI(location)));
      } catch (URISyntaxException e) {
        return done(new Fetched.Failed(head.status()));
      }
    }
    if (head.status() < 200 || head.status() > 299) {
      return done(new Fetched.Failed(head.status()));
    }
    var body = exchange.body(head);
    if (body == null) {
      return done(new Fetched.TooLarge(limits.bytes()));
    }
    var type = head.header("content-type");
    return done(new Fetched.Complete(head.status(), type == null ? "" : type, body));
  }

  /// Closes the socket of a fetch that took too long, also one that is opened only then.
  private static final class Aborted {
    private final AtomicReference<@Nullable Socket> socket;
    private volatile boolean over;

    Aborted(AtomicReference<@Nullable Socket> socket) {
      this.socket = socket;
    }

    void watch(Socket next) throws IOException {
      socket.set(next);
      if (over) {
        next.close();
      }
    }

    void now() {
      over = true;
      var open = socket.get();
      if (open != null) {
        try {
          open.close();
        } catch (IOException e) {
          // closed is what we want
        }
      }
    }
  }
}
