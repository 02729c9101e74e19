package campana.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/// An HTTP double that answers posts by script, on a real socket: each request takes the next
/// answer of the script, and when that is used up, what `otherwise` says, which is success.
///
/// Its URLs carry a key and a token by which leaks are found.
public final class ScriptedChat implements AutoCloseable {
  /// In each URL it gives out: seen anywhere else, it leaked.
  public static final String KEY = "AIzaSyScriptedChatKeyThatNobodyMayPrint";

  /// In each URL it gives out, encoded there.
  public static final String TOKEN = "scripted-token-that-nobody-may-print_0123456789=";

  private final ServerSocket door;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Queue<ScriptedAnswer> script = new ArrayDeque<>(); // guarded by this
  private final List<ScriptedRequest> requests = new ArrayList<>(); // guarded by this
  private Function<ScriptedRequest, ScriptedAnswer> otherwise; // guarded by this
  private int open; // guarded by this
  private int mostOpen; // guarded by this

  private ScriptedChat(ServerSocket door) {
    this.door = door;
    this.otherwise = request -> ScriptedAnswer.sent(request, requests().size());
  }

  /// One on a free port of this machine, answering each post with success.
  public static ScriptedChat start() {
    try {
      var chat = new ScriptedChat(new ServerSocket(0, 2_000, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("scripted-chat").start(chat::listen);
      return chat;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Adds answers to the script.
  public synchronized ScriptedChat then(ScriptedAnswer... answers) {
    script.addAll(List.of(answers));
    return this;
  }

  /// What requests get once the script is used up. Called for one request at a time.
  public synchronized ScriptedChat otherwise(Function<ScriptedRequest, ScriptedAnswer> answers) {
    otherwise = answers;
    return this;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  /// A webhook URL of a space here.
  public String url(String space) {
    return address()
        + "/v1/spaces/"
        + space
        + "/messages?key="
        + KEY
        + "&token="
        + TOKEN.replace("=", "%3D");
  }

  /// All requests whose body was read, in the order of their arrival.
  public synchronized List<ScriptedRequest> requests() {
    return List.copyOf(requests);
  }

  /// The most requests that were under way at once.
  public synchronized int mostOpen() {
    return mostOpen;
  }

  /// Waits until so many requests came.
  ///
  /// @throws IllegalStateException if they do not within the time
  public void await(int count, Duration atMost) {
    var until = System.nanoTime() + atMost.toNanos();
    synchronized (this) {
      while (requests.size() < count) {
        var left = (until - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new IllegalStateException(
              "wanted " + count + " requests within " + atMost + ", got " + requests.size());
        }
        try {
          wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("interrupted while waiting for requests", e);
        }
      }
    }
  }

  private void listen() {
    while (!door.isClosed()) {
      try {
        var socket = door.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        Thread.ofVirtual().name("scripted-chat").start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = socket.getInputStream();
      while (true) {
        var head = ScriptedRequest.head(in);
        if (head.isEmpty()) {
          return;
        }
        var early = refusal();
        if (early != null) {
          early.write(socket, end);
          return;
        }
        var request = ScriptedRequest.read(head.get(), in, System.nanoTime());
        var keep = answer(request).write(socket, end);
        synchronized (this) {
          open--;
        }
        if (!keep) {
          return;
        }
      }
    } catch (IOException e) {
      // the other side went away: that is its right
    } finally {
      sockets.remove(socket);
    }
  }

  /// The next answer, if it is one that does not wait for the body.
  private synchronized @org.jspecify.annotations.Nullable ScriptedAnswer refusal() {
    var next = script.peek();
    return next != null && next.beforeBody() ? script.poll() : null;
  }

  private synchronized ScriptedAnswer answer(ScriptedRequest request) {
    requests.add(request);
    open++;
    mostOpen = Math.max(mostOpen, open);
    notifyAll();
    var next = script.poll();
    return next == null ? otherwise.apply(request) : next;
  }

  /// Ends all connections, hanging ones too.
  @Override
  public void close() {
    end.countDown();
    try {
      door.close();
      for (var socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
