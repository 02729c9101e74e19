package campana.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/// Helidon's view of a connection, with our reader and writer in it.
final class WatchedContext implements ConnectionContext {
  private final ConnectionContext context;
  private final Connection connection;
  private final DataReader reader;
  private final DataWriter writer;

  WatchedContext(ConnectionContext context, Connection connection) {
    this.context = context;
    this.connection = connection;
    this.reader = DataReader.create(connection::read);
    this.writer = new Writer(context.dataWriter(), connection);
  }

  Connection connection() {
    return connection;
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public ListenerContext listenerContext() {
    return context.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return context.executor();
  }

  @Override
  public Router router() {
    return context.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return context.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return context.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return context.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return context.localPeer();
  }

  @Override
  public boolean isSecure() {
    return context.isSecure();
  }

  @Override
  public String socketId() {
    return context.socketId();
  }

  @Override
  public String childSocketId() {
    return context.childSocketId();
  }

  /// Measures how long a write takes, and lets the connection shape the answer. Helidon sends
  /// answers by `write` and `100 Continue` by `writeNow`.
  private record Writer(DataWriter writer, Connection connection) implements DataWriter {
    @Override
    public void write(BufferData... buffers) {
      write(BufferData.create(buffers));
    }

    @Override
    public void write(BufferData buffer) {
      var shaped = connection.shape(buffer);
      connection.writing();
      try {
        writer.write(shaped);
      } finally {
        connection.written();
      }
    }

    @Override
    public void writeNow(BufferData... buffers) {
      writer.writeNow(buffers);
    }

    @Override
    public void writeNow(BufferData buffer) {
      writer.writeNow(buffer);
    }

    @Override
    public void flush() {
      writer.flush();
    }

    @Override
    public void close() {
      writer.close();
    }
  }
}
