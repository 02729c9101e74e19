package campana.testdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// A way to a PostgreSQL of this machine that fails on command: breaks, also in the middle of a
/// commit, stalls, is shut, or leads elsewhere. Passes bytes on as they are.
public final class Cable implements AutoCloseable {
  /// What it does from now on.
  public enum Way {
    OPEN,
    /// Connections stay, and begin, and nothing gets through them; what was on its way does later.
    STALLED,
    /// The first commit of a writer that comes is not passed on.
    BREAKS_BEFORE_COMMIT,
    /// The first commit that comes is passed on, its answer is not.
    BREAKS_AFTER_COMMIT,
    /// The same, and nothing gets through afterwards.
    BREAKS_AFTER_COMMIT_FOR_GOOD,
    /// Connections are reset, and new ones end at once.
    CLOSED
  }

  /// A commit's statement is sent with its text once, and later by its name.
  private static final Pattern COMMIT = Pattern.compile("(S_\\d+)?\0COMMIT\0");

  private final ServerSocket door;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Way way = Way.OPEN;

  public Cable(int port) {
    this.port = port;
    try {
      door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return door.getLocalPort();
  }

  public synchronized void set(Way next) {
    way = next;
    notifyAll();
    if (next == Way.CLOSED) {
      cutAll();
    }
  }

  public Way way() {
    return way;
  }

  public void cutAll() {
    open.forEach(Cable::reset);
  }

  /// Waits while nothing gets through.
  private synchronized void flow() throws IOException {
    try {
      while (way == Way.STALLED) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        var here = door.accept();
        if (way == Way.CLOSED) {
          reset(here);
        } else {
          Thread.ofVirtual().start(() -> join(here));
        }
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void join(Socket here) {
    try {
      var there = new Socket(InetAddress.getLoopbackAddress(), port);
      var strand = new Strand(here, there);
      open.add(here);
      open.add(there);
      Thread.ofVirtual().start(() -> strand.pass(here, there, true));
      strand.pass(there, here, false);
    } catch (IOException e) {
      reset(here); // nobody is there
    }
  }

  /// One connection.
  private final class Strand {
    private final Socket here;
    private final Socket there;
    private volatile boolean deaf; // answers do not come back any more
    private final Set<String> commits = new HashSet<>(); // their names; of the asking side's thread
    private boolean writes; // of the same

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
          flow();
          to.getOutputStream().write(buffer, 0, read);
        }
      } catch (IOException e) {
        // cut
      }
      open.remove(here);
      open.remove(there);
      reset(here);
      reset(there);
    }

    private boolean holdsCommit(byte[] bytes, int length) {
      var text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
      var named = COMMIT.matcher(text);
      while (named.find()) {
        if (named.group(1) != null) {
          commits.add("\0" + named.group(1) + "\0");
        }
      }
      writes |= text.contains("insert into commit_mark"); // who only reads, or asks, makes none
      return writes && (text.contains("COMMIT") || commits.stream().anyMatch(text::contains));
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // it is closed
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
