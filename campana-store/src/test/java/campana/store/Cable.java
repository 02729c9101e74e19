package campana.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A way to a server that breaks on command, also in the middle of a commit.
final class Cable implements AutoCloseable {
  /// What it does from now on.
  enum Way {
    OPEN,
    /// The first commit that comes is not passed on.
    BREAKS_BEFORE_COMMIT,
    /// The first commit that comes is passed on, its answer is not.
    BREAKS_AFTER_COMMIT,
    /// The same, and nothing gets through afterwards.
    BREAKS_AFTER_COMMIT_FOR_GOOD,
    CLOSED
  }

  private final ServerSocket door;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Way way = Way.OPEN;

  Cable(int port) {
    this.port = port;
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  void set(Way next) {
    way = next;
    if (next == Way.CLOSED) {
      cutAll();
    }
  }

  void cutAll() {
    open.forEach(Cable::close);
  }

  private void accept() {
    try {
      while (true) {
        var here = door.accept();
        if (way == Way.CLOSED) {
          close(here);
        } else {
          var there = new Socket(InetAddress.getLoopbackAddress(), port);
          var strand = new Strand(here, there);
          open.add(here);
          open.add(there);
          Thread.ofVirtual().start(() -> strand.pass(here, there, true));
          Thread.ofVirtual().start(() -> strand.pass(there, here, false));
        }
      }
    } catch (IOException e) {
      // closed
    }
  }

  /// One connection.
  private final class Strand {
    private final Socket here;
    private final Socket there;
    private volatile boolean deaf; // answers do not come back any more

    Strand(Socket here, Socket there) {
      this.here = here;
      this.there = there;
    }

    void pass(Socket from, Socket to, boolean asks) {
      var buffer = new byte[65_536];
      try {
        for (int read; (read = from.getInputStream().read(buffer)) > 0; ) {
          if (asks && holdsCommit(buffer, read)) {
            if (way == Way.BREAKS_BEFORE_COMMIT) {
              way = Way.OPEN;
              break;
            }
            deaf = way != Way.OPEN;
            way = way == Way.BREAKS_AFTER_COMMIT_FOR_GOOD ? Way.CLOSED : Way.OPEN;
          }
          if (!asks && deaf) {
            break; // it has answered, so it is done
          }
          to.getOutputStream().write(buffer, 0, read);
        }
      } catch (IOException e) {
        // cut
      }
      Cable.close(here);
      Cable.close(there);
    }
  }

  private static boolean holdsCommit(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains("COMMIT");
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      // it is
    }
    cutAll();
  }
}
