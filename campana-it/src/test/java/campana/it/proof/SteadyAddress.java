package campana.it.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// An address that stays, before a server that dies and comes back at another port. Passes bytes on
/// as they are; while nothing stands behind it, connections end at once.
final class SteadyAddress implements AutoCloseable {
  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile @Nullable URI behind;

  SteadyAddress() {
    try {
      socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /// Takes effect with the next connection.
  void leadsTo(@Nullable URI server) {
    behind = server;
  }

  private void accept() {
    try {
      while (true) {
        var near = socket.accept();
        threads.execute(() -> join(near));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void join(Socket near) {
    var to = behind;
    try (near;
        var far = to == null ? new Socket() : new Socket(to.getHost(), to.getPort())) {
      if (to != null) {
        var back = threads.submit(() -> pass(far, near));
        pass(near, far);
        back.get();
      }
    } catch (Exception e) {
      // the connection ends, as it would without us
    }
  }

  /// One direction, to its end; then the other one ends, too.
  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one of them is gone
    } finally {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // gone already
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
